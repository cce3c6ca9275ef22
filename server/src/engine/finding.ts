import type { TextEdit } from "../text/edit";
import type { LineColumn } from "../text/lines";
import { compareSpans, type Span } from "../text/span";
import type { Category } from "./rule";
import type { Severity } from "./severity";

/** One thing that is unsafe, at one place. Plain data: it can be sent, stored and compared. */
export interface Finding {
  /** The rule's id. */
  readonly rule: string;
  readonly severity: Severity;
  readonly category: Category;
  /** One sentence of at most 120 characters, on one line, that never holds a secret. */
  readonly message: string;
  readonly span: Span;
  /** The preferred one first. */
  readonly fixes: readonly Fix[];
  readonly related: readonly Related[];
  /** How an editor may draw it: `unnecessary` faded, `deprecated` struck through. */
  readonly tag?: "unnecessary" | "deprecated";
}

/** Orders findings by place, then by rule id. */
export function compareFindings(one: Finding, other: Finding): number {
  return compareSpans(one.span, other.span) || (one.rule < other.rule ? -1 : one.rule > other.rule ? 1 : 0);
}

/** A place that explains a finding. */
export interface Related {
  readonly message: string;
  readonly span: Span;
  /** Another file, relative to the folder of the document with `/`; the same document where it is missing. */
  readonly path?: string;
  /** Where the place is in that file, zero-based with columns in UTF-16 units; its start where it is missing. */
  readonly range?: { readonly start: LineColumn; readonly end: LineColumn };
}

/**
 * A change that removes a finding.
 *
 * `safe`: the image or container does what it did before, and comments stay. Everything else is `unsafe`.
 */
export interface Fix {
  /** In the imperative, without a full stop: "Replace ADD by COPY". */
  readonly title: string;
  readonly safety: "safe" | "unsafe";
  /** Disjoint, each the smallest span that does it. */
  readonly edits: readonly TextEdit[];
  /**
   * Words in the edits' texts that stand for what only the user knows: `VERSION`. An editor that can makes each a place to
   * fill in. Such a fix is never safe, and never applied but by hand.
   */
  readonly asks?: readonly string[];
  /** A file that the fix makes, with a path relative to the folder of the document. Never over an existing file. */
  readonly creates?: { readonly path: string; readonly text: string };
}

/** A rule that threw. Its findings are missing, so the document must not be called clean. */
export interface RuleFailure {
  readonly rule: string;
  readonly error: string;
}

/** Something that a rule, or the run itself, could not judge. */
export interface NotChecked {
  /** The rule that could not judge; `undefined` where all rules are concerned. */
  readonly rule: string | undefined;
  readonly reason: string;
  readonly span: Span | undefined;
  /** Whether another run of the same may come to another end, so that nobody must remember this one. */
  readonly passing?: true;
}
