import { maxNamesAlike } from "../../ruleLimits";

/** Shorter names are too much alike, and longer ones are no names that somebody typed. */
const shortest = 4;
const longest = 60;

/**
 * Finds, among many names, those from which another is one slip of the finger away: a letter too many, missing or
 * wrong, or two neighbours swapped. In time linear in a name's length: two such names become equal when one letter is
 * taken out of either or both. Digits make different names, not slips.
 */
export function nameSlips(names: Iterable<string>): (wrong: string) => readonly string[] {
  const byDeletion = new Map<string, string[]>();
  for (const name of new Set(names)) {
    for (const key of deletionsOf(name)) {
      const same = byDeletion.get(key) ?? [];
      byDeletion.set(key, same);
      if (same.length < maxNamesAlike) same.push(name);
    }
  }
  return (wrong) => {
    const found = new Set(deletionsOf(wrong).flatMap((key) => byDeletion.get(key) ?? []));
    return [...found].filter((name) => name !== wrong && isSlip(wrong, name));
  };
}

/** The name itself, and with each one of its letters taken out. */
function deletionsOf(name: string): readonly string[] {
  if (name.length < shortest || name.length > longest) return [];
  return [name, ...Array.from(name, (_, at) => name.slice(0, at) + name.slice(at + 1))];
}

function isSlip(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  if (/\d/.test(left + right)) return false;
  const isSwap = left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
  return isSwap || (left.length <= 1 && right.length <= 1);
}
