import { type ExecForm, execForm } from "./exec";
import { type LogicalLine, spanIn } from "./logical";
import type { Flag } from "./model";
import { isBlank, isSpace, skipSpace, trimSpaceEnd } from "./whitespace";

/** A logical line taken apart: indices are of the line's text. */
export interface Command {
  readonly line: LogicalLine;
  /** Upper case, as written otherwise. */
  readonly keyword: string;
  readonly start: number;
  readonly keywordEnd: number;
  readonly flags: readonly Flag[];
  /** Where each flag's value starts and ends in the line's text, alternating; empty at its end where there is none. */
  readonly flagValues: readonly number[];
  /** The arguments after the flags, without white space around them. */
  readonly argumentsStart: number;
  readonly end: number;
  /** The exec form's strings where the instruction allows it and its arguments are a JSON array. */
  readonly exec: ExecForm | undefined;
}

const execKeywords: ReadonlySet<string> = new Set([
  "RUN",
  "CMD",
  "ENTRYPOINT",
  "SHELL",
  "ADD",
  "COPY",
  "VOLUME",
]);
const noFlags: readonly Flag[] = [];
const noValues: readonly number[] = [];
const dash = 45;
const backslash = 92;

/** Splits a line, or the part of it after ONBUILD, into keyword, flags and arguments. */
export function splitCommand(line: LogicalLine, from: number): Command {
  const { text } = line;
  const start = skipSpace(text, from, text.length);
  const end = trimSpaceEnd(text, start, text.length);
  let keywordEnd = start;
  while (keywordEnd < end && !isBlank(text.charCodeAt(keywordEnd))) keywordEnd++;
  const keyword = text.slice(start, keywordEnd).toUpperCase();
  let argumentsStart = skipAsciiSpace(text, keywordEnd, end);
  let flags = noFlags;
  let flagValues = noValues;
  if (text.charCodeAt(argumentsStart) === dash && text.charCodeAt(argumentsStart + 1) === dash) {
    const read = readFlags(line, argumentsStart, end);
    flags = read.flags;
    flagValues = read.values;
    argumentsStart = read.end;
  }
  argumentsStart = skipSpace(text, argumentsStart, end);
  const exec = execKeywords.has(keyword)
    ? execForm(line, argumentsStart, end)
    : keyword === "HEALTHCHECK"
      ? execForm(line, afterWord(text, argumentsStart, end), end)
      : undefined;
  return { line, keyword, start, keywordEnd, flags, flagValues, argumentsStart, end, exec };
}

/** The start of the second word: HEALTHCHECK has its form after `CMD`. */
export function afterWord(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && !isSpace(text.charCodeAt(at))) at++;
  return skipSpace(text, at, to);
}

/** BuildKit looks for flags byte by byte, so that a no-break space before one makes it an argument. */
function skipAsciiSpace(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && text.charCodeAt(at) < 128 && isSpace(text.charCodeAt(at))) at++;
  return at;
}

interface ReadFlags {
  readonly flags: readonly Flag[];
  readonly values: readonly number[];
  readonly end: number;
}

/** Reads `--name=value` words; `--` ends them. In flags the backslash escapes, whatever the escape directive says. */
function readFlags(line: LogicalLine, from: number, to: number): ReadFlags {
  const { text } = line;
  const flags: Flag[] = [];
  const values: number[] = [];
  let at = from;
  while (at < to && text.charCodeAt(at) === dash && text.charCodeAt(at + 1) === dash) {
    const start = at;
    let equals = -1;
    let read = "";
    let nameLength = -1;
    let quote = 0;
    for (; at < to; at++) {
      const code = text.charCodeAt(at);
      if (quote === 0 && isSpace(code)) break;
      if (quote === 0 && (code === 34 || code === 39)) quote = code;
      else if (quote !== 0 && code === quote) quote = 0;
      else if (code === backslash) {
        at++;
        read += text.charAt(at);
      } else {
        if (equals < 0 && code === 61) {
          equals = at;
          nameLength = read.length;
        }
        read += text.charAt(at);
      }
    }
    at = Math.min(at, to);
    if (read === "--") return { flags, values, end: at };
    values.push(equals < 0 ? at : equals + 1, at);
    flags.push({
      name: read.slice(2, equals < 0 ? read.length : nameLength).toLowerCase(),
      span: spanIn(line, start, at),
      nameSpan: spanIn(line, start, equals < 0 ? at : equals),
      value: equals < 0 ? undefined : read.slice(nameLength + 1),
      valueSpan: spanIn(line, equals < 0 ? at : equals + 1, at),
    });
    at = skipAsciiSpace(text, at + 1, to);
  }
  return { flags, values, end: Math.min(at, to) };
}
