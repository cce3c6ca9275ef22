/** The outside world as interfaces. `node.ts` and `browser.ts` fill them; tests pass small fakes. */

/** Why a file could not be read, in words for a person. */
export type ReadResult =
  | { readonly state: "read"; readonly text: string }
  | { readonly state: "absent" }
  | { readonly state: "failed"; readonly reason: string };

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: "file" | "directory" | "link" | "other";
  /** What a link leads to in the end; missing where it leads nowhere, or where the platform cannot tell. */
  readonly target?: "file" | "directory" | "link" | "other";
}

/** Files by absolute path with `/`, or by URI in the browser. Nothing here ever writes but `write`. */
export interface Files {
  /**
   * Reads a text file as UTF-8, without its byte-order mark.
   * @param maxBytes a larger file is `failed`, and so is one that is binary, not valid UTF-8, or not a regular file
   */
  read(path: string, maxBytes: number): Promise<ReadResult>;
  /** Lists a folder; throws an Error with a readable message where that fails. */
  list(path: string): Promise<readonly DirectoryEntry[]>;
  /** The path with every link followed, or `undefined` where it does not exist. */
  realPath(path: string): Promise<string | undefined>;
  /** Writes a text file at once: a temporary file beside it, then a rename; mode and byte-order mark kept. */
  write(path: string, text: string): Promise<void>;
}

/** Remembers texts by a key, from one run to the next. What it forgets is made again. */
export interface ResultCache {
  /** A key that no other list of parts has. */
  keyOf(parts: readonly string[]): string;
  get(key: string): string | undefined;
  /** @param value on one line */
  put(key: string, value: string): void;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
