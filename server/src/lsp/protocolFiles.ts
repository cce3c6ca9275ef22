/** The part of the protocol that is about files: those of the workspace, which the client reads, and those of a language. */

/** The files that a language is made of, as they are. */
export interface LanguageFiles {
  /** JSON: `texts`, the English ones, and `inner`, how many of the last of them only stand inside of others. */
  readonly english: string;
  /** JSON: a list of the same length. */
  readonly translated: string;
}

/** Where the server's texts lie in the extension. */
export const languageFolder = "server/out/l10n";

export interface ReadFileParams {
  readonly uri: string;
  /** Larger files are answered with an error instead of being read. */
  readonly maxBytes: number;
}

export type FileError = "missing" | "too-large" | "binary" | "unreadable";

export type ReadFileResult =
  | { readonly text: string }
  | { readonly error: FileError; readonly reason: string };

export interface FindFilesParams {
  /** The folder to search, with all below it. */
  readonly folder: string;
  /** Globs relative to the folder; a file that matches one of them is found. */
  readonly patterns: readonly string[];
  /** Globs relative to the folder of what is left out. Without it, what the user's `files.exclude` says. */
  readonly exclude?: readonly string[];
  /** The greatest number of files to return. */
  readonly limit: number;
}

export interface FindFilesResult {
  readonly uris: readonly string[];
  /** Whether there may be more files than the limit let through. */
  readonly truncated: boolean;
}

export interface StatParams {
  readonly uri: string;
}

export interface StatResult {
  readonly kind: "file" | "folder" | "other" | "missing";
  readonly size: number;
  /** Time of the last change since the epoch, 0 where it is not known. */
  readonly mtime: number;
}
