import { type LogicalLine, spanIn } from "./logical";
import type { ExecArgument } from "./model";

/** A JSON array; `invalid` where it holds something that is no string, which BuildKit refuses. */
export interface ExecForm {
  readonly strings: readonly ExecArgument[];
  readonly invalid: boolean;
}

const openBracket = 91;
const closeBracket = 93;
const comma = 44;
const quote = 34;
const backslash = 92;

/** Reads a JSON array of strings that takes all of `from..to`; `undefined` where it is anything else. */
export function execForm(line: LogicalLine, from: number, to: number): ExecForm | undefined {
  const { text } = line;
  if (from >= to || text.charCodeAt(from) !== openBracket) return undefined;
  if (text.charCodeAt(to - 1) !== closeBracket) return undefined;
  const strings: ExecArgument[] = [];
  let at = skipJsonSpace(text, from + 1, to);
  if (at === to - 1) return { strings, invalid: false };
  while (at < to) {
    if (text.charCodeAt(at) !== quote) return otherArray(text, from, to);
    const end = stringEnd(text, at, to);
    const value = jsonString(text.slice(at, end));
    if (value === undefined) return undefined;
    strings.push({ value, span: spanIn(line, at, end) });
    at = skipJsonSpace(text, end, to);
    const code = text.charCodeAt(at);
    if (code === closeBracket) return at === to - 1 ? { strings, invalid: false } : undefined;
    if (code !== comma) return undefined;
    at = skipJsonSpace(text, at + 1, to);
  }
  return undefined;
}

/** JSON's white space is narrower than BuildKit's own. */
function skipJsonSpace(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && " \t\r\n".includes(text.charAt(at))) at++;
  return at;
}

function stringEnd(text: string, from: number, to: number): number {
  for (let at = from + 1; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === backslash) at++;
    else if (code === quote) return at + 1;
  }
  return to;
}

function jsonString(source: string): string | undefined {
  try {
    const value: unknown = JSON.parse(source);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

function otherArray(text: string, from: number, to: number): ExecForm | undefined {
  try {
    return Array.isArray(JSON.parse(text.slice(from, to))) ? { strings: [], invalid: true } : undefined;
  } catch {
    return undefined;
  }
}
