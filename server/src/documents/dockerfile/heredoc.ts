import { maxExpansionDepth } from "../../limits";
import { isSpace } from "./whitespace";

/** A heredoc that a logical line announces; `start..end` is its word in the line's text. */
export interface HeredocWord {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly stripTabs: boolean;
  readonly expands: boolean;
}

/**
 * Finds the heredocs that BuildKit sees in the joined text of RUN, COPY or ADD, in order.
 *
 * BuildKit splits the whole line into shell words first: a `<<` within a word or within quotes is none, and a
 * line whose quotes or `${…}` do not close has none at all. The backslash escapes here whatever the escape
 * directive says.
 */
export function heredocWords(text: string): HeredocWord[] {
  const found: HeredocWord[] = [];
  for (const word of lexWords(text, true, true) ?? []) {
    const heredoc = heredocIn(word);
    if (heredoc !== undefined) found.push(heredoc);
  }
  return found;
}

interface LexedWord {
  value: string;
  readonly start: number;
  end: number;
}

function heredocIn(word: LexedWord): HeredocWord | undefined {
  const { value } = word;
  let at = 0;
  while (value.charCodeAt(at) >= 48 && value.charCodeAt(at) <= 57) at++;
  if (!value.startsWith("<<", at)) return undefined;
  at += 2;
  const stripTabs = value.charAt(at) === "-";
  if (stripTabs) at++;
  while (at < value.length && isSpace(value.charCodeAt(at))) at++;
  const rest = value.slice(at);
  if (rest.length === 0 || rest.includes("<")) return undefined;
  const bare = lexWords(rest, false, false);
  const name = bare?.[0]?.value;
  if (name === undefined || bare?.length !== 1) return undefined;
  const raw = lexWords(rest, true, false)?.[0]?.value ?? name;
  return {
    name,
    start: word.start,
    end: word.end,
    stripTabs,
    expands: countQuotes(name) === countQuotes(raw),
  };
}

function countQuotes(text: string): number {
  let count = 0;
  for (const char of text) if (char === "'" || char === '"') count++;
  return count;
}

interface Lexer {
  readonly text: string;
  /** Whether quotes, and escape characters, stay in the words. */
  readonly rawQuotes: boolean;
  rawEscapes: boolean;
  at: number;
  depth: number;
  /** The words of the outermost level. */
  readonly words: LexedWord[];
  current: LexedWord | undefined;
}

/** Splits a text into shell words without expanding variables; `undefined` where quotes or braces stay open. */
function lexWords(text: string, rawQuotes: boolean, rawEscapes: boolean): LexedWord[] | undefined {
  const lexer: Lexer = { text, rawQuotes, rawEscapes, at: 0, depth: 0, words: [], current: undefined };
  if (lexUntil(lexer, undefined, rawEscapes) === undefined) return undefined;
  finishWord(lexer);
  return lexer.words.filter((word) => word.value.length > 0);
}

/** Reads up to a closing character, or to the end; `undefined` where the closing character is missing. */
function lexUntil(lexer: Lexer, stop: string | undefined, rawEscapes: boolean): string | undefined {
  if (lexer.depth > maxExpansionDepth) return undefined;
  const outerEscapes = lexer.rawEscapes;
  lexer.rawEscapes = rawEscapes;
  lexer.depth++;
  let result = "";
  let closed = stop === undefined;
  while (lexer.at < lexer.text.length) {
    const start = lexer.at;
    const char = lexer.text.charAt(start);
    if (char === stop) {
      lexer.at++;
      closed = true;
      break;
    }
    const piece = lexPiece(lexer, char);
    if (piece === undefined) return undefined;
    result += piece;
    if (lexer.depth === 1) addToWord(lexer, piece, start, !"<'\"\\".includes(char));
  }
  lexer.depth--;
  lexer.rawEscapes = outerEscapes;
  return closed ? result : undefined;
}

function lexPiece(lexer: Lexer, char: string): string | undefined {
  if (char === "$") return lexDollar(lexer);
  if (char === "'") return lexSingleQuotes(lexer);
  if (char === '"') return lexDoubleQuotes(lexer);
  if (char === "<") return lexLess(lexer);
  lexer.at++;
  if (char !== "\\") return char;
  const escaped = lexer.text.charAt(lexer.at);
  lexer.at += escaped.length;
  return lexer.rawEscapes ? `\\${escaped}` : escaped;
}

/** `<<` keeps the blanks after it in its word, so that `<< EOF` is one word. */
function lexLess(lexer: Lexer): string {
  const start = lexer.at++;
  if (lexer.text.charAt(lexer.at) !== "<") return "<";
  lexer.at++;
  while (" \t\r".includes(lexer.text.charAt(lexer.at)) && lexer.at < lexer.text.length) lexer.at++;
  return lexer.text.slice(start, lexer.at);
}

function lexSingleQuotes(lexer: Lexer): string | undefined {
  const close = lexer.text.indexOf("'", lexer.at + 1);
  if (close < 0) return undefined;
  const inner = lexer.text.slice(lexer.at + 1, close);
  lexer.at = close + 1;
  return lexer.rawQuotes ? `'${inner}'` : inner;
}

function lexDoubleQuotes(lexer: Lexer): string | undefined {
  let result = lexer.rawQuotes ? '"' : "";
  lexer.at++;
  while (lexer.at < lexer.text.length) {
    const char = lexer.text.charAt(lexer.at);
    if (char === '"') {
      lexer.at++;
      return lexer.rawQuotes ? `${result}"` : result;
    }
    if (char === "$") {
      const value = lexDollar(lexer);
      if (value === undefined) return undefined;
      result += value;
      continue;
    }
    lexer.at++;
    if (char === "\\") {
      if (lexer.rawEscapes) result += char;
      const next = lexer.text.charAt(lexer.at);
      if (next === '"' || next === "$" || next === "\\") {
        result += next;
        lexer.at++;
        continue;
      }
    }
    result += char;
  }
  return undefined;
}

const specialParameters = "@*#?-$!0";

/** A variable stays as it is written; what matters is where it ends, and whether its braces close. */
function lexDollar(lexer: Lexer): string | undefined {
  lexer.at++;
  if (lexer.text.charAt(lexer.at) !== "{") return `$${lexName(lexer)}`;
  lexer.at++;
  const first = lexer.text.charAt(lexer.at);
  if (first === "" || first === "{" || first === "}" || first === ":") return undefined;
  const name = lexName(lexer);
  let operator = lexer.text.charAt(lexer.at++);
  if (operator === "}") return `\${${name}}`;
  if (operator === "/") {
    if (lexer.text.charAt(lexer.at) === "/") lexer.at++;
    const pattern = lexUntil(lexer, "/", true);
    const replacement = pattern === undefined ? undefined : lexUntil(lexer, "}", true);
    return replacement === undefined ? undefined : `\${${name}/${pattern}/${replacement}}`;
  }
  if (operator === ":") operator += lexer.text.charAt(lexer.at++);
  else if (!"+-?#%".includes(operator) || operator === "") return undefined;
  const word = lexUntil(lexer, "}", operator === "#" || operator === "%");
  return word === undefined ? undefined : `\${${name}${operator}${word}}`;
}

function lexName(lexer: Lexer): string {
  const { text } = lexer;
  const start = lexer.at;
  const first = text.charAt(start);
  if (first >= "0" && first <= "9") {
    while (text.charAt(lexer.at) >= "0" && text.charAt(lexer.at) <= "9") lexer.at++;
  } else if (first !== "" && specialParameters.includes(first)) lexer.at++;
  else while (/^[\p{L}\p{Nd}_]$/u.test(text.charAt(lexer.at))) lexer.at++;
  return text.slice(start, lexer.at);
}

function addToWord(lexer: Lexer, piece: string, start: number, splits: boolean): void {
  if (!splits) {
    lexer.current ??= { value: "", start, end: start };
    lexer.current.value += piece;
    lexer.current.end = lexer.at;
    return;
  }
  for (const char of piece) {
    if (isSpace(char.charCodeAt(0))) finishWord(lexer);
    else {
      lexer.current ??= { value: "", start, end: start };
      lexer.current.value += char;
      lexer.current.end = lexer.at;
    }
  }
}

function finishWord(lexer: Lexer): void {
  if (lexer.current !== undefined) lexer.words.push(lexer.current);
  lexer.current = undefined;
}
