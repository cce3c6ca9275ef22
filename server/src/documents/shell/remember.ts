import { originalOf } from "./cache";
import type { ShellCommand, ShellScript } from "./model";

/** A question about a command that no answer by place can be given to: it may look at words, never at spans. */
export type CommandTest = (command: ShellCommand) => boolean;

/**
 * By script, two bits for each test: whether there is an answer, and the answer. A map for each script would take longer
 * to build, for hundreds of tests, than most of them take.
 */
const answers = new WeakMap<ShellScript, number[]>();

/** The number of each test that was ever asked about; there are as many as modules make. */
const numbers = new Map<CommandTest, number>();

const testsInEntry = 15;

/**
 * Whether a script has a command that passes a test. The answer is remembered for the script's text, wherever it
 * stands, so that at a keystroke only the script that changed is looked at.
 *
 * @param test a function of a module, not one made on the spot: answers are remembered for the function itself
 */
export function hasCommand(script: ShellScript, test: CommandTest): boolean {
  const original = originalOf(script);
  let entries = answers.get(original);
  if (entries === undefined) {
    entries = [];
    answers.set(original, entries);
  }
  const number = numberOf(test);
  const index = Math.floor(number / testsInEntry);
  while (entries.length <= index) entries.push(0);
  const known = 1 << (2 * (number % testsInEntry));
  const entry = entries[index]!;
  if ((entry & known) !== 0) return (entry & (known << 1)) !== 0;
  const answer = original.commands.some(test);
  // Read again: the test may have asked for others.
  entries[index] = entries[index]! | known | (answer ? known << 1 : 0);
  return answer;
}

function numberOf(test: CommandTest): number {
  let number = numbers.get(test);
  if (number === undefined) {
    number = numbers.size;
    numbers.set(test, number);
  }
  return number;
}
