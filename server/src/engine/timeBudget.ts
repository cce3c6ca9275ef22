import { maxFileTime, maxRuleTime } from "../limits";

/** Milliseconds of work done so far; only differences count. It may not run while other programs do. */
export type Stopwatch = () => number;

/** The time that the check of one text may take, and the rules that took too long on it. */
export interface TimeBudget {
  readonly spent: Stopwatch;
  /** What {@link spent} says when all time is used up. */
  readonly end: number;
  /** Ids of rules that are not run on this text again. */
  readonly slow: Set<string>;
}

/**
 * Begins to count.
 * @param slow what an earlier check of the same text, before an edit, has left
 */
export function beginBudget(spent: Stopwatch | undefined, slow: Set<string>): TimeBudget | undefined {
  return spent && { spent, end: spent() + maxFileTime, slow };
}

/**
 * Why a rule is not run; `undefined` where it may be.
 * @param now what the stopwatch says
 */
export function outOfTime(budget: TimeBudget, rule: string, now: number): string | undefined {
  if (budget.slow.has(rule))
    return `it took more than ${maxRuleTime / 1_000} s here before, so it is not run until the file is opened again`;
  if (now > budget.end) return `the rules before it took more than ${maxFileTime / 1_000} s on this file`;
  return undefined;
}
