import { type LogicalLine, spanIn } from "./logical";
import type { ExecArgument, Word } from "./model";
import { isBlank, isSpace } from "./whitespace";

/** Splits at blanks alone, as BuildKit does for FROM, EXPOSE, COPY, ADD and VOLUME: quotes do not hold words together. */
export function splitAtBlanks(
  line: LogicalLine,
  from: number,
  to: number,
  escapeChar: string,
): readonly Word[] {
  const { text } = line;
  const words: Word[] = [];
  let at = from;
  while (at < to) {
    while (at < to && isBlank(text.charCodeAt(at))) at++;
    const start = at;
    while (at < to && !isBlank(text.charCodeAt(at))) at++;
    if (at > start) words.push(wordIn(line, start, at, escapeChar));
  }
  return words;
}

/** Splits as BuildKit does for ENV, ARG and LABEL: quotes and escapes hold a word together. */
export function splitQuoted(
  line: LogicalLine,
  from: number,
  to: number,
  escapeChar: string,
): readonly Word[] {
  const { text } = line;
  const escapeCode = escapeChar.charCodeAt(0);
  const words: Word[] = [];
  let at = from;
  while (at < to) {
    while (at < to && isSpace(text.charCodeAt(at))) at++;
    const start = at;
    let quote = 0;
    for (; at < to; at++) {
      const code = text.charCodeAt(at);
      if (quote === 0) {
        if (isSpace(code)) break;
        if (code === singleQuote || code === doubleQuote) quote = code;
        else if (code === escapeCode) at++;
      } else if (code === quote) quote = 0;
      else if (code === escapeCode && quote !== singleQuote) at++;
    }
    at = Math.min(at, to);
    if (at > start) words.push(wordIn(line, start, at, escapeChar));
  }
  return words;
}

/** The strings of an exec form as words; their text is the JSON source. */
export function execWords(text: string, strings: readonly ExecArgument[]): readonly Word[] {
  return strings.map(({ value, span }) => ({
    span,
    text: text.slice(span.start, span.end),
    value,
    quoted: true,
  }));
}

/** The word at `start..end` of a line. */
export function wordIn(line: LogicalLine, start: number, end: number, escapeChar: string): Word {
  const text = line.text.slice(start, end);
  const quoted = text.includes('"') || text.includes("'");
  const value = quoted || text.includes(escapeChar) ? unquote(text, escapeChar).value : text;
  return { span: spanIn(line, start, end), text, value, quoted };
}

const singleQuote = 39;
const doubleQuote = 34;
const dollar = 36;
const openBrace = 123;
const closeBrace = 125;

/** Whether a quote is opened and not closed. */
export function hasOpenQuote(text: string, escapeChar: string): boolean {
  if (!text.includes('"') && !text.includes("'")) return false;
  return unquote(text, escapeChar).open;
}

/**
 * Takes quotes and escapes off as BuildKit does when it expands a word; what stands within `${…}` is kept as
 * written, and a quote that is never closed is taken off too.
 */
function unquote(text: string, escapeChar: string): { value: string; open: boolean } {
  const escapeCode = escapeChar.charCodeAt(0);
  let value = "";
  let quote = 0;
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (
      quote === singleQuote
        ? code === singleQuote
        : code === doubleQuote || (quote === 0 && code === singleQuote)
    ) {
      value += text.slice(copied, at);
      quote = quote === 0 ? code : 0;
      copied = ++at;
    } else if (code === dollar && quote !== singleQuote && text.charCodeAt(at + 1) === openBrace) {
      at = bracesEnd(text, at + 1);
    } else if (code === escapeCode && quote !== singleQuote) {
      const next = text.charCodeAt(at + 1);
      const drops =
        quote === 0 ||
        next === doubleQuote ||
        next === dollar ||
        next === escapeCode ||
        at + 1 === text.length;
      if (drops) {
        value += text.slice(copied, at);
        copied = at + 1;
      }
      at += drops ? 2 : 1;
    } else at++;
  }
  return { value: value + text.slice(copied), open: quote !== 0 };
}

/** The end of `{…}` with nested braces, or of the text. */
function bracesEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === openBrace) depth++;
    else if (code === closeBrace && --depth === 0) return at + 1;
  }
  return text.length;
}
