import { maxNameCompared } from "../limits";

/**
 * The name that was probably meant: the one with the fewest changes of a letter or swaps of two, at most a third of its length.
 * @returns `undefined` where none is near
 */
export function nearestName(wrong: string, names: readonly string[]): string | undefined {
  if (wrong.length > maxNameCompared) return undefined;
  let best: string | undefined;
  let least = Math.floor(wrong.length / 3) + 1;
  for (const name of names) {
    if (Math.abs(name.length - wrong.length) >= least || name.length > maxNameCompared) continue;
    const distance = changes(wrong, name);
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best;
}

/** Levenshtein's distance, in which two letters that have changed places count as one change. */
function changes(a: string, b: string): number {
  let before: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1;
      const least = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(swapped ? Math.min(least, before[j - 2]! + 1) : least);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length]!;
}
