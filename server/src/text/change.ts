/** Where a text differs from another one. Offsets are UTF-16 units. */
export interface Change {
  /** Where the difference begins, in both. */
  readonly start: number;
  /** Where it ends in the text before and in the one after. */
  readonly endBefore: number;
  readonly endAfter: number;
}

/** The smallest stretch that holds all differences of two texts. Time is linear in the texts, and short: they are compared in large pieces. */
export function changeBetween(before: string, after: string): Change {
  // Whatever remembers the last text asks for the same change at a keystroke.
  if (last === undefined || last.before !== before || last.after !== after)
    last = { before, after, change: compare(before, after) };
  return last.change;
}

let last: { readonly before: string; readonly after: string; readonly change: Change } | undefined;

function compare(before: string, after: string): Change {
  const start = commonStart(before, after);
  const kept = commonEnd(before, after, start);
  return { start, endBefore: before.length - kept, endAfter: after.length - kept };
}

/**
 * Pieces are compared at once, which the engine does much faster than one character after another: long ones first, and
 * each shorter one where a longer one differs. A power of two.
 */
const firstPiece = 4_096;

function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  for (let piece = firstPiece; piece >= 1; piece /= 2) {
    while (length + piece <= most && a.slice(length, length + piece) === b.slice(length, length + piece))
      length += piece;
  }
  return length;
}

/** The characters that both end with, `start` of each left out. */
function commonEnd(a: string, b: string, start: number): number {
  const most = Math.min(a.length, b.length) - start;
  let length = 0;
  for (let piece = firstPiece; piece >= 1; piece /= 2) {
    while (
      length + piece <= most &&
      a.slice(a.length - length - piece, a.length - length) ===
        b.slice(b.length - length - piece, b.length - length)
    )
      length += piece;
  }
  return length;
}
