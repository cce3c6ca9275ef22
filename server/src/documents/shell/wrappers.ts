import { maxShellWrappers } from "../../limits";
import type { ShellWord, UnwrappedCommand } from "./model";
import { optionSyntaxOf } from "./optionSyntax";
import { readWords } from "./options";
import { programOf } from "./programs";

/** How a program finds the command that it runs among its words. */
interface Wrapper {
  /** Operands before the command: the user of gosu, the duration of timeout. */
  readonly operands: number;
  /** Whether `NAME=value` words may stand before the command. */
  readonly assignments: boolean;
  /** Letters of options with which it runs nothing: `command -v curl` only asks. */
  readonly unlessOption: string;
  /** A letter of an option without which it takes no command. */
  readonly onlyWithOption: string | undefined;
}

const plain: Wrapper = { operands: 0, assignments: false, unlessOption: "", onlyWithOption: undefined };
const withOperand: Wrapper = { ...plain, operands: 1 };

/**
 * The programs that count as wrappers: they run the command given in their own words, in the same container
 * and file system. Programs that run a command elsewhere (`ssh`, `docker run`, `chroot`) do not, nor does
 * `env -S`, whose command is one string.
 */
const wrappers: ReadonlyMap<string, Wrapper> = new Map([
  ["sudo", { ...plain, assignments: true, unlessOption: "leVvKh" }],
  ["doas", { ...plain, unlessOption: "L" }],
  ["env", { ...plain, assignments: true, unlessOption: "S" }],
  ["exec", plain],
  ["command", { ...plain, unlessOption: "vV" }],
  ["builtin", plain],
  ["time", plain],
  ["nice", plain],
  ["ionice", { ...plain, unlessOption: "pPu" }],
  ["nohup", plain],
  ["setsid", plain],
  ["stdbuf", plain],
  ["chronic", plain],
  ["eatmydata", plain],
  ["fakeroot", plain],
  ["with-contenv", plain],
  ["busybox", plain],
  ["timeout", withOperand],
  ["xargs", plain],
  ["setpriv", plain],
  ["gosu", withOperand],
  ["su-exec", withOperand],
  ["setuser", withOperand],
  ["s6-setuidgid", withOperand],
  ["chpst", plain],
  ["runuser", { ...plain, onlyWithOption: "u" }],
  ["flock", { ...withOperand, unlessOption: "c" }],
  ["tini", plain],
  ["tini-static", plain],
  ["dumb-init", plain],
  ["catatonit", plain],
]);

/** Whether a program runs the command in its words. */
export function isWrapper(program: string): boolean {
  return wrappers.has(program);
}

/** Takes the wrappers off a command, as many as `maxShellWrappers`. */
export function unwrap(name: ShellWord | undefined, words: readonly ShellWord[]): UnwrappedCommand {
  let current: UnwrappedCommand = { program: programOf(name), name, arguments: words, wrappers: [] };
  for (let count = 0; count < maxShellWrappers; count += 1) {
    const wrapper = wrappers.get(current.program);
    const inner = wrapper && innerWords(wrapper, current);
    const first = inner?.[0];
    if (inner === undefined || first === undefined) return current;
    current = {
      program: programOf(first),
      name: first,
      arguments: inner.slice(1),
      wrappers: [...current.wrappers, current.name!],
    };
  }
  return current;
}

/** The command inside a wrapper; `undefined` where it runs none. */
function innerWords(wrapper: Wrapper, command: UnwrappedCommand): readonly ShellWord[] | undefined {
  const { options, operands } = readWords(command.arguments, optionSyntaxOf(command.program), true);
  const has = (letter: string) => options.some((option) => !option.long && option.name === letter);
  if ([...wrapper.unlessOption].some(has)) return undefined;
  if (wrapper.onlyWithOption !== undefined && !has(wrapper.onlyWithOption)) return undefined;
  let start = wrapper.operands;
  while (wrapper.assignments && isSetting(operands[start])) start += 1;
  return operands.slice(start);
}

/** Whether a word is `NAME=value`, or the `-` with which env starts from an empty environment. */
function isSetting(word: ShellWord | undefined): boolean {
  return word !== undefined && /^-$|^[A-Za-z_]\w*=/.test(word.literalPrefix.slice(0, 200));
}
