import type { Span } from "../../text/span";

/**
 * Finds what lies at a place among many things, in logarithmic time.
 * @param items with spans that do not overlap each other; of two at one place, either may be found
 * @returns a function that gives the item whose span shares a character with a given one
 */
export function lookupBySpan<T>(
  items: readonly T[],
  spanOf: (item: T) => Span,
): (span: Span) => T | undefined {
  const sorted = [...items].sort((a, b) => spanOf(a).start - spanOf(b).start);
  return (span) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (spanOf(sorted[middle]!).start < span.end) low = middle + 1;
      else high = middle;
    }
    const candidate = sorted[low - 1];
    return candidate !== undefined && spanOf(candidate).end > span.start ? candidate : undefined;
  };
}
