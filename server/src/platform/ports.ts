/** The outside world as interfaces. `node.ts` and `browser.ts` fill them; tests pass small fakes. */

/** Why a file could not be read, in words for a person. */
export type ReadResult =
  | { readonly state: "read"; readonly text: string }
  | { readonly state: "absent" }
  | { readonly state: "failed"; readonly reason: string };

/** The same for a file that is no text. */
export type BytesResult =
  | { readonly state: "read"; readonly bytes: Uint8Array }
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
  /**
   * Reads any regular file.
   * @param maxBytes a larger file is `failed`
   */
  readBytes(path: string, maxBytes: number): Promise<BytesResult>;
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
  /** Milliseconds of work that this program has done, whatever others do meanwhile; only differences count. */
  spent?(): number;
}

export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** One exchange with a server. */
export interface HttpRequest {
  readonly method: "GET" | "HEAD" | "POST";
  /** `https:`, or `http:` on the loopback device. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A longer answer fails. */
  readonly maxBytes: number;
  /** Milliseconds for the whole exchange, from the name's lookup to the last byte. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpResponse {
  readonly status: number;
  readonly body: Uint8Array;
  /** @param name in lower case */
  header(name: string): string | undefined;
}

/** The network. Nothing but `server/src/registry` is ever given one. */
export interface Http {
  /** Never follows a redirect. Throws an Error with a readable message where no answer came. */
  send(request: HttpRequest): Promise<HttpResponse>;
}

/** Contents by their digests, kept between runs. What cannot be kept is asked for again. */
export interface DigestCache {
  /** Whatever is kept under a digest: whoever asks compares it with the digest. */
  get(digest: string): Promise<Uint8Array | undefined>;
  put(digest: string, content: Uint8Array): Promise<void>;
}

export interface Hashing {
  /** The SHA-256 in lower-case hexadecimal digits. */
  sha256(content: Uint8Array): string;
  /**
   * Whether a signature over the SHA-256 of a content is that of a key.
   * @param publicKey PEM
   * @param signature as its bytes: DER for elliptic curves
   */
  isSignedBy(content: Uint8Array, signature: Uint8Array, publicKey: string): boolean;
}

/** Verifies signatures that were made with a certificate rather than a key. */
export interface KeylessVerifier {
  /**
   * Who has signed a Sigstore bundle, as the certificate's issuer has vouched for it, or why that is not proven.
   * @param bundle as JSON
   */
  signerOf(bundle: unknown): { readonly name: string; readonly issuer: string } | string;
}

/** What the user's Docker tools keep about registries. */
export interface DockerSettings {
  /** The text of the user's `config.json`. */
  readConfig(): Promise<ReadResult>;
  /**
   * What `docker-credential-<helper> get` says, given a server on its standard input; `undefined` where it has nothing
   * for that server. Throws an Error with a readable message where it is missing, fails, or takes too long.
   */
  askHelper(helper: string, server: string): Promise<string | undefined>;
}

/** Programs that the user has installed. None is ever taken from a workspace. */
export interface Programs {
  /**
   * The path of a program that the system finds by its name.
   * @param avoid folders from which none is taken, absolute
   */
  find(name: string, avoid: readonly string[]): Promise<string | undefined>;
  /** A path as it is, where it leads to a program outside of such folders. */
  at(file: string, avoid: readonly string[]): Promise<string | undefined>;
  /** Runs a program without a shell, and with nothing on its input. Throws an Error with a readable message where it did not end by itself. */
  run(
    file: string,
    args: readonly string[],
    limits: {
      /** Milliseconds. */
      readonly timeout: number;
      /** Of both outputs together. */
      readonly maxBytes: number;
      readonly signal?: AbortSignal | undefined;
    },
  ): Promise<{ readonly code: number; readonly out: string; readonly err: string }>;
}

/** Texts that are kept between runs by a key. What cannot be kept is made again. */
export interface TextCache {
  get(key: string): Promise<string | undefined>;
  put(key: string, text: string): Promise<void>;
}

/** All that running a scanner needs of the outside world. */
export interface ScannerPorts {
  readonly programs: Programs;
  readonly cache: TextCache;
  readonly clock: Clock;
}

/** All that a question to a registry needs of the outside world. */
export interface RegistryPorts {
  readonly http: Http;
  readonly cache: DigestCache;
  readonly hashing: Hashing;
  readonly docker: DockerSettings;
  readonly clock: Clock;
}
