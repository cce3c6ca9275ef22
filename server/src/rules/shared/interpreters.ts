import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { isShellInterpreter } from "../../documents/shell/programs";

/** Where an interpreter takes its program from: standard input, a word of the command line, or a file. */
export type ProgramSource =
  | { readonly kind: "input" }
  | { readonly kind: "text"; readonly word: ShellWord | undefined }
  | { readonly kind: "file"; readonly word: ShellWord };

/**
 * How a command runs a program in a scripting language.
 * @returns undefined where it is no interpreter
 */
export function programSource({ unwrapped }: ShellCommand): ProgramSource | undefined {
  const language = languageOf(unwrapped.program);
  return language && sourceIn(unwrapped.arguments, language);
}

interface Language {
  /** Options after which the program is text, or which make input mere data. */
  readonly text: RegExp;
  /** Options that make the program come from standard input whatever follows. */
  readonly input: RegExp;
  /** Options that are followed by a word of their own. */
  readonly valued: RegExp;
}

const none = /^(?!)/;
const shell: Language = {
  text: /^-[a-zA-Z]*c/,
  input: /^-[a-zA-Z]*s/,
  valued: /^[-+][a-zA-Z]*[oO]$|^--(?:rcfile|init-file)$/,
};
const python: Language = { text: /^-[a-zA-Z]*[cm]/, input: none, valued: /^-[WX]$/ };
const perl: Language = { text: /^-[a-zA-Z0-9]*[eEnp]/, input: none, valued: none };
const ruby: Language = { text: /^-[a-zA-Z0-9]*[enp]/, input: none, valued: /^-[IrC]$/ };
const node: Language = { text: /^-[a-z]*[ep]|^--(?:eval|print)/, input: none, valued: /^-r$|^--require$/ };
const php: Language = { text: /^-[RFBEr]|^--run/, input: none, valued: /^-[dcz]$/ };

const languages: ReadonlyMap<string, Language> = new Map([
  ["python", python],
  ["perl", perl],
  ["ruby", ruby],
  ["node", node],
  ["nodejs", node],
  ["php", php],
]);

function languageOf(program: string): Language | undefined {
  if (isShellInterpreter(program)) return shell;
  return languages.get(program.replace(/(?:\d[\d.]{0,8})$/, ""));
}

function sourceIn(words: readonly ShellWord[], language: Language): ProgramSource {
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const text = word.value ?? word.text;
    if (text === "-" || text === "/dev/stdin" || language.input.test(text)) return { kind: "input" };
    // After `--` PHP and the shells have no options; what follows is the program's own where it comes from a pipe.
    if (text === "--") return { kind: "input" };
    if (language.text.test(text)) return { kind: "text", word: words[i + 1] };
    if (language.valued.test(text)) i++;
    else if (!/^[-+]./.test(text)) return { kind: "file", word };
  }
  return { kind: "input" };
}
