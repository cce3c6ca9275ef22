/** What repeated measurements of one thing say, in the unit of the measurements. */
export interface Distribution {
  readonly count: number;
  readonly median: number;
  /** Nine tenths of the measurements are at most this. */
  readonly p90: number;
  readonly min: number;
}

/** @param values at least one */
export function distributionOf(values: readonly number[]): Distribution {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
  const middle = sorted.length / 2;
  const median =
    sorted.length % 2 === 0 ? (sorted[middle - 1]! + sorted[middle]!) / 2 : sorted[Math.floor(middle)]!;
  return { count: sorted.length, median, p90: at(0.9), min: sorted[0]! };
}

/**
 * Measures every candidate in turn, in a new order each round, so that whatever else the machine does falls on all alike.
 * @param warmUp rounds whose measurements are thrown away
 * @param measure gives milliseconds or any other unit
 */
export async function interleaved<Candidate>(
  candidates: readonly Candidate[],
  rounds: number,
  warmUp: number,
  measure: (candidate: Candidate) => Promise<number>,
): Promise<ReadonlyMap<Candidate, Distribution>> {
  const values = new Map<Candidate, number[]>(candidates.map((candidate) => [candidate, []]));
  for (let round = 0; round < warmUp + rounds; round++) {
    for (let turn = 0; turn < candidates.length; turn++) {
      const candidate = candidates[(round + turn) % candidates.length]!;
      const value = await measure(candidate);
      if (round >= warmUp) values.get(candidate)!.push(value);
    }
  }
  return new Map([...values].map(([candidate, measured]) => [candidate, distributionOf(measured)]));
}
