import { maxExpandedLength, maxExpansionDepth, maxUnknownNames } from "../../limits";
import type { Expansion } from "./model";
import { removePattern, replacePattern, type Work } from "./pattern";

/** Where variables get their values from. */
export interface Variables {
  /** `undefined` for a variable that is not set: `${X:-y}` is then `y`. */
  lookup(name: string): Expansion | undefined;
  /** What expansion may still cost in this document. */
  readonly work: Work;
}

/**
 * Expands a word as BuildKit does (its frontend/dockerfile/shell): quotes and escapes taken off, `$X`, `${X}`,
 * and `${X…}` with `:-` `-` `:+` `+` `:?` `?` `#` `##` `%` `%%` `/` `//`.
 *
 * A variable without a value makes the whole word unknown, as the base image may set it; so do a substitution
 * that BuildKit refuses, nesting or length beyond the limits, and a quote that is never closed.
 */
export function expand(text: string, variables: Variables, escapeChar: string): Expansion {
  if (!/["'$`\\]/.test(text)) return { state: "known", value: text };
  const reader: Reader = { text, at: 0, escape: escapeChar, variables, depth: 0, failed: false };
  const part = readUntil(reader, undefined, false);
  if (reader.failed) return { state: "unknown", variables: namesIn(text) };
  return part.unknown.length > 0
    ? { state: "unknown", variables: part.unknown }
    : { state: "known", value: part.text };
}

/** A word that must not be expanded. */
export function known(value: string): Expansion {
  return { state: "known", value };
}

interface Reader {
  readonly text: string;
  at: number;
  readonly escape: string;
  readonly variables: Variables;
  depth: number;
  /** Whether something was met that BuildKit refuses or that is beyond a limit. */
  failed: boolean;
}

interface Part {
  readonly text: string;
  readonly unknown: readonly string[];
}

const noNames: readonly string[] = [];
const nothing: Part = { text: "", unknown: noNames };

function readUntil(reader: Reader, stop: string | undefined, rawEscapes: boolean): Part {
  if (++reader.depth > maxExpansionDepth) reader.failed = true;
  let text = "";
  let unknown = noNames;
  let closed = stop === undefined;
  while (reader.at < reader.text.length && !reader.failed) {
    const char = reader.text.charAt(reader.at);
    if (char === stop) {
      reader.at++;
      closed = true;
      break;
    }
    if (char === "$") {
      const part = readVariable(reader);
      text += part.text;
      unknown = union(unknown, part.unknown);
    } else if (char === "'") text += readSingleQuotes(reader);
    else if (char === '"') {
      const part = readDoubleQuotes(reader, rawEscapes);
      text += part.text;
      unknown = union(unknown, part.unknown);
    } else if (char === reader.escape) {
      const escaped = reader.text.charAt(reader.at + 1);
      text += rawEscapes ? char + escaped : escaped;
      reader.at += 2;
    } else {
      text += char;
      reader.at++;
    }
    if (text.length > maxExpandedLength) reader.failed = true;
  }
  reader.variables.work.left -= 1 + text.length;
  if (!closed || reader.variables.work.left < 0) reader.failed = true;
  reader.depth--;
  return { text, unknown };
}

function readSingleQuotes(reader: Reader): string {
  const close = reader.text.indexOf("'", reader.at + 1);
  if (close < 0) {
    reader.failed = true;
    return "";
  }
  const inner = reader.text.slice(reader.at + 1, close);
  reader.at = close + 1;
  return inner;
}

function readDoubleQuotes(reader: Reader, rawEscapes: boolean): Part {
  let text = "";
  let unknown = noNames;
  reader.at++;
  while (reader.at < reader.text.length && !reader.failed) {
    const char = reader.text.charAt(reader.at);
    if (char === '"') {
      reader.at++;
      return { text, unknown };
    }
    if (char === "$") {
      const part = readVariable(reader);
      text += part.text;
      unknown = union(unknown, part.unknown);
      continue;
    }
    reader.at++;
    if (char === reader.escape) {
      const next = reader.text.charAt(reader.at);
      const special = next === '"' || next === "$" || next === reader.escape;
      text += rawEscapes || !special ? char : "";
      if (special) {
        text += next;
        reader.at++;
      }
    } else text += char;
  }
  reader.failed = true;
  return nothing;
}

function readVariable(reader: Reader): Part {
  reader.at++;
  if (reader.text.charAt(reader.at) !== "{") {
    const name = readName(reader);
    return name === "" ? { text: "$", unknown: noNames } : currentValue(reader, name);
  }
  reader.at++;
  const name = readName(reader);
  let operator = reader.text.charAt(reader.at++);
  if (operator === "}" && name !== "") return currentValue(reader, name);
  if (name === "" || operator === "") return fail(reader);
  if (operator === "/") return readReplacement(reader, name);
  const emptyIsUnset = operator === ":";
  if (emptyIsUnset) operator = reader.text.charAt(reader.at++);
  if (operator === "" || !"-+?#%".includes(operator)) return fail(reader);
  const word = readUntil(reader, "}", operator === "#" || operator === "%");
  const found = reader.variables.lookup(name);
  if (found?.state === "unknown") return { text: "", unknown: found.variables };
  const isSet = found !== undefined && !(emptyIsUnset && found.value === "");
  if (operator === "-") return isSet ? currentValue(reader, name) : word;
  if (operator === "+") return isSet ? word : nothing;
  if (found === undefined || !isSet) return { text: "", unknown: [name] };
  if (operator === "?") return currentValue(reader, name);
  if (word.unknown.length > 0) return word;
  const longest = word.text.startsWith(operator);
  const pattern = longest ? word.text.slice(1) : word.text;
  const side = operator === "#" ? "start" : "end";
  return result(reader, removePattern(found.value, pattern, side, longest, reader.variables.work));
}

function readReplacement(reader: Reader, name: string): Part {
  const all = reader.text.charAt(reader.at) === "/";
  if (all) reader.at++;
  const pattern = readUntil(reader, "/", true);
  const replacement = readUntil(reader, "}", true);
  const found = reader.variables.lookup(name);
  if (found === undefined) return { text: "", unknown: [name] };
  if (found.state === "unknown") return { text: "", unknown: found.variables };
  const unknown = union(pattern.unknown, replacement.unknown);
  if (unknown.length > 0) return { text: "", unknown };
  const { work } = reader.variables;
  return result(reader, replacePattern(found.value, pattern.text, replacement.text, all, work));
}

function currentValue(reader: Reader, name: string): Part {
  const found = reader.variables.lookup(name);
  if (found === undefined) return { text: "", unknown: [name] };
  return found.state === "known"
    ? { text: found.value, unknown: noNames }
    : { text: "", unknown: found.variables };
}

function result(reader: Reader, text: string | undefined): Part {
  return text === undefined ? fail(reader) : { text, unknown: noNames };
}

function fail(reader: Reader): Part {
  reader.failed = true;
  return nothing;
}

function readName(reader: Reader): string {
  const { text } = reader;
  const start = reader.at;
  const first = text.charAt(start);
  if (first >= "0" && first <= "9") while (isDigit(text.charCodeAt(reader.at))) reader.at++;
  else if (first !== "" && "@*#?-$!".includes(first)) reader.at++;
  else while (isNamePart(text.charCodeAt(reader.at))) reader.at++;
  return text.slice(start, reader.at);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isNamePart(code: number): boolean {
  if (code > 127) return /[\p{L}\p{Nd}]/u.test(String.fromCharCode(code));
  return isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
}

function union(first: readonly string[], second: readonly string[]): readonly string[] {
  if (second.length === 0 || first.length >= maxUnknownNames) return first;
  if (first.length === 0) return second;
  return [...new Set([...first, ...second])].slice(0, maxUnknownNames);
}

/** The names of the variables in a word that could not be expanded. */
function namesIn(text: string): readonly string[] {
  const names = new Set<string>();
  for (const match of text.matchAll(/\$\{?([A-Za-z_][A-Za-z0-9_]*)/g)) {
    names.add(match[1]!);
    if (names.size >= maxUnknownNames) break;
  }
  return [...names];
}
