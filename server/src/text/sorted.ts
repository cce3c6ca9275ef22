/**
 * The index of the last one that begins at an offset or before it, found by halving; -1 where none does.
 * @param all in order of where they begin
 */
export function lastStartingBy<T>(all: readonly T[], startOf: (one: T) => number, offset: number): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(all[middle]!) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
