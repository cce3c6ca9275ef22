import { maxNameCompared } from "../limits";

/**
 * The name that was probably meant: the one with the fewest single-letter changes, at most a third of its length.
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

/** Levenshtein's distance. */
function changes(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1;
      row.push(Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + same));
    }
    previous = row;
  }
  return previous[b.length]!;
}
