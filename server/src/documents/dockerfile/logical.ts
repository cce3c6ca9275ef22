import type { Span } from "../../text/span";

/**
 * The physical lines of one instruction put together as BuildKit does: escape characters, line breaks,
 * and comments and blank lines within taken out. Indices into it map back to offsets of the document.
 */
export interface LogicalLine {
  readonly text: string;
  /** Document offset of the first piece. */
  readonly offset: number;
  /**
   * For a line of several pieces: index in `text` and document offset of each piece, alternating.
   * `undefined` where the line is one piece, as most are.
   */
  readonly pieces: readonly number[] | undefined;
}

/** The document offset of the character at an index; at the very end, one past the last character. */
export function offsetOf(line: LogicalLine, index: number): number {
  const pieces = line.pieces;
  if (pieces === undefined) return line.offset + index;
  const piece = pieceOf(pieces, index);
  return pieces[piece + 1]! + index - pieces[piece]!;
}

/** The document offset just after the character before an index: never beyond a continuation that follows. */
export function endOffsetOf(line: LogicalLine, index: number): number {
  return index === 0 ? offsetOf(line, 0) : offsetOf(line, index - 1) + 1;
}

/** The document span of `start..end`; an empty one stands at the end of what precedes it. */
export function spanIn(line: LogicalLine, start: number, end: number): Span {
  if (start === end) {
    const at = endOffsetOf(line, start);
    return { start: at, end: at };
  }
  return { start: offsetOf(line, start), end: endOffsetOf(line, end) };
}

/** The position in `pieces` of the last piece that starts at or before an index. */
export function pieceOf(pieces: readonly number[], index: number): number {
  let low = 0;
  let high = pieces.length / 2 - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pieces[middle * 2]! <= index) low = middle;
    else high = middle - 1;
  }
  return low * 2;
}
