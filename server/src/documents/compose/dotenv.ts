import { type Span, spanOf } from "../../text/span";

/** A variable of an environment file. */
export interface DotenvEntry {
  readonly name: string;
  readonly nameSpan: Span;
  /** As it stands between the quotes or to the end of the line, with its own variables and escapes as written. */
  readonly raw: string;
  readonly quote: '"' | "'" | undefined;
}

/**
 * Reads an environment file by the grammar of Compose (https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax):
 * `NAME=value` and `NAME: value`, comments, quotes that may span lines. What is no such line is passed over; names
 * without a value come from outside and are not listed.
 */
export function readDotenv(text: string): readonly DotenvEntry[] {
  const entries: DotenvEntry[] = [];
  for (let at = 0; at < text.length; ) {
    const start = matchEnd(blanks, text, at);
    const nameEnd = text[start] === "#" ? start : matchEnd(nameOf, text, start);
    const sign = matchEnd(spaces, text, nameEnd);
    if (nameEnd === start || (text[sign] !== "=" && text[sign] !== ":")) {
      at = lineEnd(text, start) + 1;
      continue;
    }
    const from = start + (text.slice(start, nameEnd).match(/^export[ \t]+/)?.[0].length ?? 0);
    const value = valueAt(text, matchEnd(spaces, text, sign + 1));
    entries.push({
      name: text.slice(from, nameEnd),
      nameSpan: spanOf(from, nameEnd),
      raw: value.raw,
      quote: value.quote,
    });
    at = value.end;
  }
  return entries;
}

const blanks = /\s*/y;
const spaces = /[ \t]*/y;
const nameOf = /(?:export[ \t]+)?[\w.-]+/y;

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

/** A quote that is not closed ends with its line, as Compose refuses the file and nothing may be made up of the rest. */
function valueAt(
  text: string,
  from: number,
): Pick<DotenvEntry, "raw" | "quote"> & {
  readonly end: number;
} {
  const first = text[from];
  const end = lineEnd(text, from);
  if (first === '"' || first === "'") {
    const close = closingQuote(text, from, first);
    if (close !== undefined) return { raw: text.slice(from + 1, close), quote: first, end: close + 1 };
  }
  const line = text.slice(from, end);
  const comment = line.indexOf(" #");
  return { raw: (comment < 0 ? line : line.slice(0, comment)).trimEnd(), quote: undefined, end: end + 1 };
}

function closingQuote(text: string, from: number, quote: string): number | undefined {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === quote) return at;
  }
  return undefined;
}
