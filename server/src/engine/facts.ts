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
}

export interface IgnoreFile {
  /** Relative to the folder of the document, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Facts for a text without a file: everything but the date is unknown. */
export function unknownFacts(today: string): Facts {
  return { today, dockerignore: { state: "unknown", reason: "the document is not a file" } };
}
