import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import { maxExecRepairLength } from "../../ruleLimits";
import { type Span, spanOf } from "../../text/span";

/** Something that begins like a JSON array and is none, so that the builder takes it for a command or for words. */
export interface MeantArray {
  readonly span: Span;
  /** The strings that were meant; `undefined` where that cannot be told. */
  readonly strings: readonly string[] | undefined;
}

/**
 * The arguments of an instruction that were meant as a JSON array and are not one. A shell's test (`[ -f x ]`) and a
 * pattern (`[a-z]*`) are not taken for arrays; nor is an array of anything but strings, which builders refuse.
 */
export function meantArray({ text }: DockerfileDocument, instruction: Instruction): MeantArray | undefined {
  if (!takesArray(instruction)) return undefined;
  const { start, end } = instruction.argumentsSpan;
  const skipped = instruction.keyword === "HEALTHCHECK" ? commandPrefix.exec(text.slice(start, end)) : null;
  const span = spanOf(start + (skipped?.[0].length ?? 0), end);
  const written = text.slice(span.start, span.end);
  if (!written.startsWith("[") || !looksMeant(instruction.keyword, written) || isJson(written))
    return undefined;
  return { span, strings: stringsIn(written) };
}

const commandPrefix = /^CMD[ \t]{1,200}/i;

/** Whether an instruction can have an exec form and has none. */
function takesArray(instruction: Instruction): boolean {
  switch (instruction.keyword) {
    case "RUN":
    case "CMD":
    case "ENTRYPOINT":
    case "HEALTHCHECK":
    case "SHELL":
      return instruction.form === "shell";
    case "COPY":
    case "ADD":
      return !instruction.exec;
    case "VOLUME":
      return true;
    default:
      return false;
  }
}

const quote = /^\[\s{0,200}["'\u201c\u201d\u2018\u2019]/;
const stringThenComma = /^\[\s{1,200}(?:"[^"]{0,2000}"|'[^']{0,2000}')\s{0,200},/;

function looksMeant(keyword: Instruction["keyword"], written: string): boolean {
  const next = written.charAt(1);
  if (keyword === "COPY" || keyword === "ADD" || keyword === "VOLUME") return quote.test(written);
  // `[` is a program: a test has a blank after it. `[[` is a word of some shells.
  if (next === "[") return false;
  if (next !== "" && !/\s/.test(next)) return true;
  if (keyword === "RUN" || keyword === "HEALTHCHECK") return stringThenComma.test(written);
  const isTest = /^\[\s{1,200}[-!]/.test(written) || /\s\]\s{0,200}[&|;]/.test(written);
  return !isTest;
}

function isJson(written: string): boolean {
  try {
    return Array.isArray(JSON.parse(written));
  } catch {
    return false;
  }
}

const element =
  /\s*(?:"((?:[^"\\]|\\[^\r\n])*)"|'([^'"]*)'|[\u201c\u201d]([^\u201c\u201d"]*)[\u201c\u201d]|([^\s,"'\u201c\u201d\u2018\u2019[\]]+))\s*(,?)/y;

/** Reads quotes of every kind, bare words, missing and superfluous commas, and a missing bracket at the end. */
function stringsIn(written: string): readonly string[] | undefined {
  if (written.length > maxExecRepairLength || /[\r\n]/.test(written)) return undefined;
  const inner = written.endsWith("]") ? written.slice(1, -1) : written.slice(1);
  if (inner.includes("]")) return undefined;
  const strings: string[] = [];
  element.lastIndex = 0;
  while (element.lastIndex < inner.length) {
    const match = element.exec(inner);
    if (match === null) return inner.trim() === "" ? strings : undefined;
    strings.push(match[1] === undefined ? (match[2] ?? match[3] ?? match[4] ?? "") : unescaped(match[1]));
  }
  return strings.length === 0 ? undefined : strings;
}

/** What stands between double quotes: as JSON where it is that, else with its backslashes, as in `C:\app`. */
function unescaped(body: string): string {
  try {
    return String(JSON.parse(`"${body}"`));
  } catch {
    return body;
  }
}
