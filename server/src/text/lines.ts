import type { Change } from "./change";
import { lastUpTo, type Offsets, offsetAt, offsetsAfter, offsetsOf } from "./offsets";
import type { Span } from "./span";

/** A zero-based line, and a zero-based column in UTF-16 code units. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** Where the lines of a text begin. LF, CRLF and a lone CR end a line, as in the language server protocol. */
export interface Lines {
  readonly count: number;
  /** The offset of each line's first character, as an edit moves them: others ask for {@link startOf}. */
  readonly starts: Offsets;
  /** The line and column of an offset; offsets beyond the text are clamped to it. */
  at(offset: number): LineColumn;
  /** The offset of a zero-based line's first character; a line beyond the text gives the text's length. */
  startOf(line: number): number;
  /** The span of a line without its line break. */
  contentOf(line: number): Span;
}

const lf = 10;
const cr = 13;

/** Indexes the lines of a text in one pass. */
export function linesOf(text: string): Lines {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === cr && text.charCodeAt(i + 1) === lf) continue;
    if (code === lf || code === cr) starts.push(i + 1);
  }
  return new LinesOfText(text, offsetsOf(starts));
}

/** The same as {@link linesOf} of a text that differs from another one in one place, read again only there. */
export function linesAfter(before: Lines, { start, endBefore, endAfter }: Change, text: string): Lines {
  const { starts } = before;
  const fresh: number[] = [];
  for (let at = Math.max(1, start); at <= endAfter; at++) {
    const code = text.charCodeAt(at - 1);
    if (code === lf || (code === cr && text.charCodeAt(at) !== lf)) fresh.push(at);
  }
  const first = Math.max(1, lastUpTo(starts, start - 1) + 1);
  const until = Math.max(1, lastUpTo(starts, endBefore) + 1);
  return new LinesOfText(text, offsetsAfter(starts, first, until, fresh, endAfter - endBefore));
}

class LinesOfText implements Lines {
  readonly count: number;
  readonly starts: Offsets;
  readonly #text: string;

  constructor(text: string, starts: Offsets) {
    this.count = starts.length;
    this.starts = starts;
    this.#text = text;
  }

  at(offset: number): LineColumn {
    const clamped = Math.max(0, Math.min(offset, this.#text.length));
    const line = lastUpTo(this.starts, clamped);
    return { line, column: clamped - offsetAt(this.starts, line)! };
  }

  startOf(line: number): number {
    return offsetAt(this.starts, Math.max(0, line)) ?? this.#text.length;
  }

  contentOf(line: number): Span {
    const text = this.#text;
    const start = this.startOf(line);
    let end = line + 1 < this.count ? this.startOf(line + 1) : text.length;
    while (end > start && isLineBreak(text.charCodeAt(end - 1))) end--;
    return { start, end };
  }
}

function isLineBreak(code: number): boolean {
  return code === lf || code === cr;
}

/** The line break that a text uses: that of its first line, or LF where it has only one line. */
export function lineBreakOf(text: string): "\n" | "\r\n" {
  const first = text.indexOf("\n");
  return first > 0 && text.charCodeAt(first - 1) === cr ? "\r\n" : "\n";
}
