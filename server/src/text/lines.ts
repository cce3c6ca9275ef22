import type { Change } from "./change";
import type { Span } from "./span";

/** A zero-based line, and a zero-based column in UTF-16 code units. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** Where the lines of a text begin. LF, CRLF and a lone CR end a line, as in the language server protocol. */
export interface Lines {
  readonly count: number;
  /** The offset of each line's first character. */
  readonly starts: readonly number[];
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
  return linesFrom(text, starts);
}

/** The same as {@link linesOf} of a text that differs from another one in one place, read again only there. */
export function linesAfter(before: Lines, { start, endBefore, endAfter }: Change, text: string): Lines {
  const by = endAfter - endBefore;
  const old = before.starts;
  const kept = old.slice(0, Math.max(1, firstAbove(old, start - 1)));
  for (let at = Math.max(1, start); at <= endAfter; at++) {
    const code = text.charCodeAt(at - 1);
    if (code === lf || (code === cr && text.charCodeAt(at) !== lf)) kept.push(at);
  }
  for (let i = Math.max(1, firstAbove(old, endBefore)); i < old.length; i++) kept.push(old[i]! + by);
  return linesFrom(text, kept);
}

/** The index of the first number above a limit, in rising numbers. */
function firstAbove(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function linesFrom(text: string, starts: readonly number[]): Lines {
  const startOf = (line: number): number => starts[Math.max(0, line)] ?? text.length;
  return {
    count: starts.length,
    starts,
    startOf,
    at(offset) {
      const clamped = Math.max(0, Math.min(offset, text.length));
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (starts[middle]! <= clamped) low = middle;
        else high = middle - 1;
      }
      return { line: low, column: clamped - starts[low]! };
    },
    contentOf(line) {
      const start = startOf(line);
      let end = line + 1 < starts.length ? startOf(line + 1) : text.length;
      while (end > start && isLineBreak(text.charCodeAt(end - 1))) end--;
      return { start, end };
    },
  };
}

function isLineBreak(code: number): boolean {
  return code === lf || code === cr;
}

/** The line break that a text uses: that of its first line, or LF where it has only one line. */
export function lineBreakOf(text: string): "\n" | "\r\n" {
  const first = text.indexOf("\n");
  return first > 0 && text.charCodeAt(first - 1) === cr ? "\r\n" : "\n";
}
