import type { Lines } from "../text/lines";
import type { Span } from "../text/span";

/** Something that keeps a document from meaning what it seems to mean, or from being read in full. */
export interface Problem {
  readonly span: Span;
  /** One line without control characters: what a library or a path puts into it is made visible. */
  readonly message: string;
  /** `unchecked`: from here on the model may lack something, so "no finding" must not be read as clean. */
  readonly effect: "syntax" | "unchecked";
}

/** A comment, from its `#` (or `//`) to the end of its line. */
export interface Comment {
  readonly span: Span;
  /** Zero-based line. */
  readonly line: number;
  /** Whether nothing but white space stands before it on its line. */
  readonly ownLine: boolean;
}

/** What every document model has, whatever its format. */
export interface DocumentBase {
  readonly text: string;
  readonly lines: Lines;
  readonly comments: readonly Comment[];
  readonly problems: readonly Problem[];
}
