import type { Span } from "../text/span";

/** Something that could stand at the cursor. */
export interface Suggestion {
  /** What the list shows. */
  readonly label: string;
  readonly kind: "image" | "stage" | "user" | "mount" | "capability" | "option" | "rule" | "level" | "key";
  /** What takes the place of {@link span}. */
  readonly text: string;
  /** The same with places to fill in, in the syntax of the protocol's snippets, where there are any. */
  readonly snippet?: string;
  /** The part of one line that is replaced: what has been typed of it, and what stands behind the cursor of it. */
  readonly span: Span;
  /** Half a sentence beside the label. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** What is typed to find it, where that is not the text itself. */
  readonly filter?: string;
  /** The rule whose page tells more, for a reader who asks. */
  readonly rule?: string;
}

/** A suggestion before it is known what it takes the place of. */
export type Proposal = Omit<Suggestion, "span">;

/** Proposals for one place, the best first. */
export function proposeAt(span: Span, proposals: readonly Proposal[]): readonly Suggestion[] {
  return proposals.map((proposal) => ({ ...proposal, span }));
}
