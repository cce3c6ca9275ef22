/** Something of the outside world: known, known not to exist, or not known. Unknown is never clean. */
export type Fact<T> =
  | { readonly state: "known"; readonly value: T }
  | { readonly state: "absent" }
  | { readonly state: "unknown"; readonly reason: string };

/** What the outside world says about one document: a snapshot, collected before the rules run. */
export interface Facts {
  /** Today as `YYYY-MM-DD` in UTC, for end dates. */
  readonly today: string;
  /** The ignore file that applies to the build context of this Dockerfile. */
  readonly dockerignore: Fact<IgnoreFile>;
  /** Names in the build context of this Dockerfile that say that a file holds secrets. */
  readonly contextNames: Fact<ContextNames>;
  /** What became of the configurations that this one extends; missing where nobody has looked. */
  readonly extended?: readonly ExtendedFact[];
}

/** An entry of `extends:` and why it cannot be extended; `undefined` where it is. */
export interface ExtendedFact {
  /** As written. */
  readonly text: string;
  readonly problem: string | undefined;
}

export interface IgnoreFile {
  /** Relative to the folder of the document, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** What the folders of a build context hold, by name only: no such file is ever opened. */
export interface ContextNames {
  /**
   * Files that hold secrets by their names, and `.git` folders: relative to the folder of the ignore file, or to that of
   * the Dockerfile where there is none, with `/`.
   */
  readonly paths: readonly string[];
  /** `false` where a limit ended the search, or a folder could not be read. */
  readonly complete: boolean;
}

/** Facts for a text without a file: everything but the date is unknown. */
export function unknownFacts(today: string): Facts {
  const unknown = { state: "unknown", reason: "the document is not a file" } as const;
  return { today, dockerignore: unknown, contextNames: unknown };
}
