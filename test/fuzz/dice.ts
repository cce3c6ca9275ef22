import { randomFrom } from "../support/corpus";

/** Repeatable choices: the same seed makes the same input on every machine. */
export interface Dice {
  /** A whole number in `0 .. limit - 1`. */
  below(limit: number): number;
  /** Whether something that happens once in `times` happens now. */
  once(times: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** Between `least` and `most` results of a maker. */
  some<T>(least: number, most: number, make: () => T): T[];
}

export function createDice(seed: number): Dice {
  const random = randomFrom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  return {
    below,
    once: (times) => below(times) === 0,
    pick<T>(from: readonly T[]): T {
      const chosen = from[below(from.length)];
      if (chosen === undefined) throw new RangeError("nothing to pick from");
      return chosen;
    },
    some: (least, most, make) => Array.from({ length: least + below(most - least + 1) }, make),
  };
}
