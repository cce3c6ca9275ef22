import { overlaps, type Span } from "../../text/span";

/**
 * Finds the spans of a list that overlap a given one, in logarithmic time.
 * @param spans in order of their start, disjoint
 */
export function spanIndex(spans: readonly Span[]): { overlaps(span: Span): boolean } {
  return {
    overlaps(span) {
      const found = spans[lastStartingBefore(spans, span.end)];
      return found !== undefined && overlaps(found, span);
    },
  };
}

/** The index of the last span that starts before an offset, or -1. */
export function lastStartingBefore(spans: readonly Span[], offset: number): number {
  let low = -1;
  let high = spans.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (spans[middle]!.start < offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
