import type { ShellRedirection, ShellWord, UnwrappedCommand } from "./model";
import { optionSyntaxOf } from "./optionSyntax";
import { readWords } from "./options";
import { isShellInterpreter } from "./programs";

/** Shell text, or a command, that a command runs. */
export type NestedScript =
  /** The words' values, joined by blanks, are a script. */
  | { readonly kind: "words"; readonly words: readonly ShellWord[] }
  /** The heredoc's body is a script. */
  | { readonly kind: "heredoc"; readonly redirection: ShellRedirection }
  /** The words are a command as they are. */
  | { readonly kind: "command"; readonly words: readonly ShellWord[] };

/**
 * The scripts that a command runs from its own text: `sh -c "…"`, `su -c "…"`, `eval …`, a heredoc or here
 * string given to a shell, and the commands of `find -exec`.
 */
export function nestedScripts(
  command: UnwrappedCommand,
  redirections: readonly ShellRedirection[],
): readonly NestedScript[] {
  const { program } = command;
  if (isShellInterpreter(program)) return scriptsOfShell(command.arguments, redirections);
  if (program === "su" || program === "runuser") return scriptsOfSu(command, redirections);
  if (program === "eval" && command.arguments.length > 0)
    return [{ kind: "words", words: command.arguments }];
  if (program === "find") return commandsOfFind(command.arguments);
  return [];
}

function scriptsOfShell(
  words: readonly ShellWord[],
  redirections: readonly ShellRedirection[],
): readonly NestedScript[] {
  const { fromString, fromInput, operand } = readShellWords(words);
  if (fromString) return operand === undefined ? [] : [{ kind: "words", words: [operand] }];
  const readsInput =
    fromInput || operand === undefined || operand.value === "-" || operand.value === "/dev/stdin";
  return readsInput ? scriptsOfInput(redirections) : [];
}

/**
 * A shell's own way with options: `-c` may stand anywhere in a cluster and takes its script from the first
 * operand, and `o` in a cluster takes the next word, as in `-euo pipefail -c`.
 */
function readShellWords(words: readonly ShellWord[]): {
  readonly fromString: boolean;
  readonly fromInput: boolean;
  readonly operand: ShellWord | undefined;
} {
  let fromString = false;
  let fromInput = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    const text = word.value;
    if (text === "--") return { fromString, fromInput, operand: words[at + 1] };
    if (text === undefined || text.length < 2 || (text[0] !== "-" && text[0] !== "+")) {
      return { fromString, fromInput, operand: word };
    }
    if (text.startsWith("--")) {
      if (text === "--rcfile" || text === "--init-file") at += 1;
      continue;
    }
    if (text[0] === "-" && text.includes("c")) fromString = true;
    if (text[0] === "-" && text.includes("s")) fromInput = true;
    if (/[oO]/.test(text)) at += 1;
  }
  return { fromString, fromInput, operand: undefined };
}

function scriptsOfSu(
  command: UnwrappedCommand,
  redirections: readonly ShellRedirection[],
): readonly NestedScript[] {
  const { options } = readWords(command.arguments, optionSyntaxOf(command.program), false);
  const script = options.find((option) => option.name === "c" || option.name === "command");
  if (script === undefined) return scriptsOfInput(redirections);
  const { word, valueWord } = script;
  return valueWord === undefined || valueWord === word ? [] : [{ kind: "words", words: [valueWord] }];
}

/** Only the last redirection of standard input counts. */
function scriptsOfInput(redirections: readonly ShellRedirection[]): readonly NestedScript[] {
  const input = redirections.findLast(({ operator }) => operator.startsWith("<") && operator !== "<&");
  if (input?.body !== undefined) return [{ kind: "heredoc", redirection: input }];
  return input?.operator === "<<<" && input.target !== undefined
    ? [{ kind: "words", words: [input.target] }]
    : [];
}

const findActions: ReadonlySet<string> = new Set(["-exec", "-execdir", "-ok", "-okdir"]);

function commandsOfFind(words: readonly ShellWord[]): readonly NestedScript[] {
  const found: NestedScript[] = [];
  for (let at = 0; at < words.length; at += 1) {
    if (!findActions.has(words[at]!.value ?? "")) continue;
    const start = at + 1;
    for (at = start; at < words.length && !endsAction(words, at); ) at += 1;
    if (at > start) found.push({ kind: "command", words: words.slice(start, at) });
  }
  return found;
}

/** `;` ends an action of find, and so does `+` after `{}`. */
function endsAction(words: readonly ShellWord[], at: number): boolean {
  const value = words[at]!.value;
  return value === ";" || (value === "+" && words[at - 1]?.value === "{}");
}
