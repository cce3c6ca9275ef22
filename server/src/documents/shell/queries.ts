import { type Span, spanOf } from "../../text/span";
import type { ShellWord } from "./model";
import { optionSyntaxOf } from "./optionSyntax";
import { type CommandLine, readWords, type ShellOption } from "./options";
import { isWrapper } from "./wrappers";

/** A command as written or unwrapped: both have what is needed to read its options. */
export interface Invocation {
  readonly program: string;
  readonly arguments: readonly ShellWord[];
}

/**
 * The option of a command by its letter or long name, each without dashes and empty where there is none. It
 * is found in combined letters (`k` in `-fsSLk`) and with a value (`--insecure=true`), and not in the value
 * of another option.
 */
export function findOption(command: Invocation, short: string, long: string): ShellOption | undefined {
  return readCommandLine(command).options.find((option) => matches(option, short, long));
}

/** Every option with the letter or long name: `-H` may be given often. */
export function findOptions(command: Invocation, short: string, long: string): readonly ShellOption[] {
  return readCommandLine(command).options.filter((option) => matches(option, short, long));
}

/** Whether a command has an option, by letter or long name as in `findOption`. */
export function hasFlag(command: Invocation, short: string, long: string): boolean {
  return findOption(command, short, long) !== undefined;
}

/**
 * The value of the last such option, as programs take it: attached (`-ofile`, `--output=file`), or the next
 * word where the program's options say so. `undefined` where there is none or it is not known.
 */
export function valueOfOption(command: Invocation, short: string, long: string): string | undefined {
  return findOptions(command, short, long).at(-1)?.value;
}

/** The words of a command that are neither options nor their values: `install`, `curl`, … for `apt-get`. */
export function operandsOf(command: Invocation): readonly ShellWord[] {
  return readCommandLine(command).operands;
}

/**
 * Options and operands of a command, by what is known of its program's options. The options of a wrapper such
 * as `sudo` end where the command begins that it runs: ask `unwrapped` for those.
 */
export function readCommandLine(command: Invocation): CommandLine {
  const known = commandLines.get(command.arguments);
  if (known !== undefined) return known;
  const { program } = command;
  const line = readWords(command.arguments, optionSyntaxOf(program), isWrapper(program));
  commandLines.set(command.arguments, line);
  return line;
}

/** Many rules ask the same command; its words belong to one program, so they are key enough. */
const commandLines = new WeakMap<readonly ShellWord[], CommandLine>();

/** What to underline for an option: its letter in a cluster, else its word. */
export function spanOfOption(option: ShellOption): Span {
  return option.alone ? option.word.span : (spanOfLetter(option) ?? option.word.span);
}

/**
 * What to delete to take an option without a value away: the letter out of a cluster, or the word with the
 * blanks before it.
 *
 * @param text The document's text.
 * @returns `undefined` where the place of the option is not known exactly, or where it has a value.
 */
export function removalOfOption(option: ShellOption, text: string): Span | undefined {
  if (!option.word.exact || option.valueWord !== undefined) return undefined;
  if (!option.alone) return spanOfLetter(option);
  const { span } = option.word;
  let start = span.start;
  while (start > 0 && (text[start - 1] === " " || text[start - 1] === "\t")) start -= 1;
  return spanOf(start, span.end);
}

/** The place of a cluster's letter; `undefined` where escapes or continuations inside the word hide it. */
function spanOfLetter(option: ShellOption): Span | undefined {
  const { word, letter } = option;
  const inner = word.text.indexOf(word.literalPrefix);
  if (inner < 0 || word.text.length !== word.span.end - word.span.start) return undefined;
  const start = word.span.start + inner + letter;
  return spanOf(start, start + 1);
}

function matches(option: ShellOption, short: string, long: string): boolean {
  return option.name !== "" && option.name === (option.long ? long : short);
}
