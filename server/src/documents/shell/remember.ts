import { originalOf } from "./cache";
import type { ShellCommand, ShellScript } from "./model";

/** A question about a command that no answer by place can be given to: it may look at words, never at spans. */
export type CommandTest = (command: ShellCommand) => boolean;

const answers = new WeakMap<ShellScript, Map<CommandTest, boolean>>();

/**
 * Whether a script has a command that passes a test. The answer is remembered for the script's text, wherever it
 * stands, so that at a keystroke only the script that changed is looked at.
 *
 * @param test a function of a module, not one made on the spot: answers are remembered for the function itself
 */
export function hasCommand(script: ShellScript, test: CommandTest): boolean {
  const original = originalOf(script);
  let known = answers.get(original);
  if (known === undefined) {
    known = new Map();
    answers.set(original, known);
  }
  let answer = known.get(test);
  if (answer === undefined) {
    answer = original.commands.some(test);
    known.set(test, answer);
  }
  return answer;
}
