import { maxDiffDistance } from "../limits";

/** A line of a comparison of two texts. Lines keep their line breaks. */
export interface DiffLine {
  readonly change: "same" | "removed" | "added";
  readonly text: string;
}

/**
 * Compares two texts line by line with the shortest script of removals and additions. Where the texts have more than
 * {@link maxDiffDistance} lines not in common, the differing middle is given as removed and added in full.
 */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const a = splitLines(before);
  const b = splitLines(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail++;
  const same = (text: string): DiffLine => ({ change: "same", text });
  return [
    ...a.slice(0, head).map(same),
    ...shortestScript(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...a.slice(a.length - tail).map(same),
  ];
}

function splitLines(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

/** Myers' greedy algorithm: the furthest reach on each diagonal, for one more change at a time. */
function shortestScript(a: readonly string[], b: readonly string[]): DiffLine[] {
  const reach = new Map<number, number>([[1, 0]]);
  const history: Map<number, number>[] = [];
  for (let distance = 0; distance <= Math.min(a.length + b.length, maxDiffDistance); distance++) {
    history.push(new Map(reach));
    for (let diagonal = -distance; diagonal <= distance; diagonal += 2) {
      const down =
        diagonal === -distance ||
        (diagonal !== distance && at(reach, diagonal - 1) < at(reach, diagonal + 1));
      let x = down ? at(reach, diagonal + 1) : at(reach, diagonal - 1) + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
      reach.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) return trace(a, b, history);
    }
  }
  return [
    ...a.map((text): DiffLine => ({ change: "removed", text })),
    ...b.map((text): DiffLine => ({ change: "added", text })),
  ];
}

function trace(
  a: readonly string[],
  b: readonly string[],
  history: readonly Map<number, number>[],
): DiffLine[] {
  const script: DiffLine[] = [];
  let x = a.length;
  let y = b.length;
  for (let distance = history.length - 1; distance >= 0; distance--) {
    const reach = history[distance]!;
    const diagonal = x - y;
    const down =
      diagonal === -distance || (diagonal !== distance && at(reach, diagonal - 1) < at(reach, diagonal + 1));
    const fromX = at(reach, down ? diagonal + 1 : diagonal - 1);
    const fromY = fromX - (down ? diagonal + 1 : diagonal - 1);
    while (x > Math.max(0, fromX) && y > Math.max(0, fromY) && x > 0 && y > 0 && a[x - 1] === b[y - 1]) {
      script.push({ change: "same", text: a[--x]! });
      y--;
    }
    if (distance === 0) break;
    if (down) script.push({ change: "added", text: b[--y]! });
    else script.push({ change: "removed", text: a[--x]! });
  }
  return script.reverse();
}

function at(reach: ReadonlyMap<number, number>, diagonal: number): number {
  return reach.get(diagonal) ?? Number.NEGATIVE_INFINITY;
}
