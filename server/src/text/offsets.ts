/**
 * Offsets in a text, in rising order. Those from one index on have moved: where somebody types in one place nothing more
 * than this changes, so that it takes no longer in a long text than in a short one.
 */
export interface Offsets {
  readonly length: number;
  /** Offsets as they were, those from the index `from` on to be moved by so many UTF-16 units. */
  readonly before: readonly number[];
  readonly from: number;
  readonly by: number;
}

/** @param offsets in rising order */
export function offsetsOf(offsets: readonly number[]): Offsets {
  return { length: offsets.length, before: offsets, from: offsets.length, by: 0 };
}

/** The offset at an index; `undefined` beyond the last one. */
export function offsetAt({ before, from, by }: Offsets, index: number): number | undefined {
  const offset = before[index];
  return offset === undefined || index < from ? offset : offset + by;
}

/** The index of the last one that is not above a limit, or -1. */
export function lastUpTo({ length, before, from, by }: Offsets, limit: number): number {
  const isBehind = from < length && before[from]! + by <= limit;
  const sought = isBehind ? limit - by : limit;
  let low = isBehind ? from : 0;
  let high = isBehind ? length : from;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (before[middle]! <= sought) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * The offsets after an edit: some give way to others, and those behind them move.
 *
 * @param first the index of the first one that gives way, and `until` that of the first one that only moves
 * @param by how far it moves, in UTF-16 units
 */
export function offsetsAfter(
  offsets: Offsets,
  first: number,
  until: number,
  fresh: readonly number[],
  by: number,
): Offsets {
  const { length, before } = offsets;
  if (fresh.length === until - first) {
    let from = until;
    while (from > first && fresh[from - 1 - first] === offsetAt(offsets, from - 1)! + by) from--;
    let kept = first;
    while (kept < from && fresh[kept - first] === offsetAt(offsets, kept)) kept++;
    if (kept === from && (offsets.by === 0 || offsets.from === from))
      return { length, before, from, by: offsets.by + by };
  }
  const all: number[] = [];
  for (let index = 0; index < first; index++) all.push(offsetAt(offsets, index)!);
  for (const offset of fresh) all.push(offset);
  for (let index = until; index < length; index++) all.push(offsetAt(offsets, index)! + by);
  return offsetsOf(all);
}
