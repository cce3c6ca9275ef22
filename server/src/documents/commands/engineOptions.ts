import { deleteSpan, type TextEdit } from "../../text/edit";
import { type Span, spanOf } from "../../text/span";
import type { ShellWord } from "../shell/model";
import type { ShellOption } from "../shell/options";
import type { EngineOption, EngineText } from "./model";
import type { EngineSyntax } from "./optionTable";

/** A word as a text. */
export function textOfWord(word: ShellWord, document: string): EngineText {
  const { text, value, literalPrefix, span } = word;
  return { text, value, prefix: literalPrefix, span, exact: isWritten(word, document) };
}

/** An option of a shell command by its long name. */
export function optionOf(option: ShellOption, syntax: EngineSyntax, document: string): EngineOption {
  const { word, valueWord } = option;
  const name = syntax.nameOf(option.name);
  const value = valueWord === undefined ? undefined : attachedValue(option, valueWord, document);
  const letter = option.alone ? undefined : spanOfLetter(option, document);
  const start = letter?.start ?? word.span.start;
  const end =
    value === undefined ? (letter?.end ?? word.span.end) : Math.max(value.span.end, valueWord!.span.end);
  return {
    name,
    span: end > start ? spanOf(start, end) : word.span,
    value,
    removal: removalOf(option, letter, document),
  };
}

function attachedValue(option: ShellOption, valueWord: ShellWord, document: string): EngineText {
  if (valueWord !== option.word) return textOfWord(valueWord, document);
  const { word, letter, long } = option;
  // `-p=value` is taken as `-pvalue` is.
  const isEqual = !long && word.literalPrefix[letter + 1] === "=";
  const from = long ? word.literalPrefix.indexOf("=") + 1 : letter + (isEqual ? 2 : 1);
  const whole = textOfWord(word, document);
  const prefix = word.literalPrefix.slice(from);
  const value = word.value?.slice(from);
  // `--env=A=b` and `--env="A=b"`: what stands before the value is written as it reads.
  if (whole.exact && whole.text.startsWith(word.literalPrefix.slice(0, from))) {
    return {
      text: whole.text.slice(from),
      value,
      prefix,
      span: spanOf(word.span.start + from, word.span.end),
      exact: true,
    };
  }
  const quote = whole.text[0];
  const inner = whole.text.slice(1);
  if (
    whole.exact &&
    (quote === '"' || quote === "'") &&
    inner.startsWith(word.literalPrefix.slice(0, from)) &&
    inner.endsWith(quote)
  ) {
    const span = spanOf(word.span.start + 1 + from, word.span.end - 1);
    return { text: inner.slice(from, -1), value, prefix, span, exact: true };
  }
  return { text: whole.text, value, prefix, span: word.span, exact: false };
}

/** Whether the document has a word's text at its place: not so where escapes or line breaks stand between. */
function isWritten({ text, span }: ShellWord, document: string): boolean {
  return (
    span.end - span.start === text.length && (document.startsWith(text, span.start) || text.includes("${"))
  );
}

function spanOfLetter({ word, letter }: ShellOption, document: string): Span | undefined {
  if (!isWritten(word, document) || !word.text.startsWith(word.literalPrefix)) return undefined;
  return spanOf(word.span.start + letter, word.span.start + letter + 1);
}

function removalOf(option: ShellOption, letter: Span | undefined, document: string): readonly TextEdit[] {
  const { word, valueWord } = option;
  if (!isWritten(word, document)) return [];
  if (!option.alone) return letter !== undefined && valueWord === undefined ? [deleteSpan(letter)] : [];
  if (valueWord === undefined || valueWord === word)
    return [deleteSpan(withBlanksBefore(word.span, document))];
  if (!isWritten(valueWord, document) || valueWord.span.start < word.span.end) return [];
  const between = document.slice(word.span.end, valueWord.span.start);
  return /^[ \t]+$/.test(between)
    ? [deleteSpan(withBlanksBefore(spanOf(word.span.start, valueWord.span.end), document))]
    : [];
}

/** The blanks before an option go with it, and so does the line break: an empty line would end the command. */
function withBlanksBefore({ start, end }: Span, document: string): Span {
  const before = /(?<![ \t])[ \t]*(?:(?:[ \t][\\`])?\r?\n[ \t]*)?$/.exec(
    document.slice(Math.max(0, start - 200), start),
  )![0];
  return spanOf(start - before.length, end);
}
