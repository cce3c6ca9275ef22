import type { ShellWord } from "./model";
import type { OptionSyntax } from "./optionSyntax";

/** One option of a command: `-k` in `-fsSLk`, `--insecure`, `--output=file`. */
export interface ShellOption {
  /** Without dashes: `k`, `insecure`. */
  readonly name: string;
  readonly long: boolean;
  /** The word that holds it. */
  readonly word: ShellWord;
  /** Index of the letter in the word's value; 0 for a long option. */
  readonly letter: number;
  /** Whether the word holds nothing else, its attached value aside. */
  readonly alone: boolean;
  /** The value's text where it is attached or the next word and known. */
  readonly value: string | undefined;
  /** The word that holds the value: the option's own where it is attached. */
  readonly valueWord: ShellWord | undefined;
}

export interface CommandLine {
  readonly options: readonly ShellOption[];
  /** The words that are neither options nor their values. */
  readonly operands: readonly ShellWord[];
}

/**
 * Options and operands of a list of words.
 *
 * @param stopAtOperand Whether all words after the first operand are operands, as for `sudo` and `env`.
 */
export function readWords(
  words: readonly ShellWord[],
  syntax: OptionSyntax,
  stopAtOperand: boolean,
): CommandLine {
  const options: ShellOption[] = [];
  const operands: ShellWord[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    const text = word.literalPrefix;
    if (text.length < 2 || text[0] !== "-") {
      if (stopAtOperand) return { options, operands: words.slice(at) };
      operands.push(word);
    } else if (word.value === "--") {
      return { options, operands: operands.concat(words.slice(at + 1)) };
    } else if (text[1] === "-") {
      at += addLong(options, word, words[at + 1], syntax);
    } else {
      at += addCluster(options, word, words[at + 1], syntax);
    }
  }
  return { options, operands };
}

/** Adds a long option; gives how many further words it took. */
function addLong(
  options: ShellOption[],
  word: ShellWord,
  next: ShellWord | undefined,
  syntax: OptionSyntax,
): number {
  const text = word.literalPrefix;
  const equals = text.indexOf("=");
  const name = text.slice(2, equals < 0 ? undefined : equals);
  const isAttached = equals >= 0;
  const valueWord = isAttached ? word : syntax.long.has(name) ? next : undefined;
  const value = isAttached ? word.value?.slice(equals + 1) : valueWord?.value;
  options.push({ name, long: true, word, letter: 0, alone: true, value, valueWord });
  return isAttached || valueWord === undefined ? 0 : 1;
}

/** Adds the letters of `-fsSL`; gives how many further words they took. */
function addCluster(
  options: ShellOption[],
  word: ShellWord,
  next: ShellWord | undefined,
  syntax: OptionSyntax,
): number {
  const text = word.literalPrefix;
  for (let letter = 1; letter < text.length; letter += 1) {
    const name = text[letter]!;
    const valued = syntax.short.includes(name);
    const ends = letter === text.length - 1;
    const known = word.value === text;
    const alone = letter === 1 && (valued || (ends && known));
    const takesNext = valued && ends && known;
    const value = takesNext ? next?.value : valued ? word.value?.slice(letter + 1) : undefined;
    const valueWord = takesNext ? next : valued ? word : undefined;
    options.push({ name, long: false, word, letter, alone, value, valueWord });
    if (valued) return takesNext && next !== undefined ? 1 : 0;
  }
  return 0;
}
