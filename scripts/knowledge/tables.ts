/** The tables as they stand in `server/src/knowledge`, and how a person looks at what a refresh has changed. */

export interface ProductTable {
  readonly asOf: string;
  readonly source: string;
  readonly products: Readonly<Record<string, Product>>;
  /** First word of a release's name, in lower case, to `product cycle`. */
  readonly codenames: Readonly<Record<string, string>>;
}

export interface Product {
  readonly label: string;
  readonly kind: string;
  /** Repositories of Docker Hub. */
  readonly images: readonly string[];
  /** `cycle=end` or `cycle=end+extended`, the newest first; an empty end is not decided yet. */
  readonly cycles: string;
}

export interface ImageTable {
  readonly asOf: string;
  readonly sources: readonly string[];
  readonly official: Readonly<Record<string, OfficialImage>>;
  /** Former official images and the day on which each was removed. */
  readonly removed: Readonly<Record<string, string>>;
}

export interface OfficialImage {
  /** Left out where it is unknown or differs from tag to tag. */
  readonly user?: string;
  /** `name` or `name:uid`. */
  readonly users?: readonly string[];
  /** The program with which the entrypoint gives up root. */
  readonly drops?: string;
  readonly smaller?: readonly string[];
  readonly suites?: readonly string[];
  readonly versions?: readonly string[];
}

/** A table as it is written: its keys in order, so that a refresh shows what has changed and nothing else. */
export function inOrder<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
