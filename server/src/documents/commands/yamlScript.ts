import { addPiece, type Pieces } from "../shell/positions";
import type { YamlScalar } from "../yaml/tree";
import type { ScriptSource } from "./script";

/**
 * The value of a YAML scalar as a script: each of its characters is found again in the document, past the indentation of
 * block scalars, the folding of lines, and escapes.
 */
export function scriptOfScalar(document: string, scalar: YamlScalar): ScriptSource {
  const places = offsetsOfScalar(document, scalar);
  const isOneLine = !/[\r\n]/.test(document.slice(scalar.span.start, scalar.span.end));
  return {
    text: scalar.value,
    places: places ?? scalar.span,
    // In a folded text a comment would swallow what follows.
    takesComments: scalar.style === "literal" || isOneLine,
    isScript: true,
  };
}

/** The offset of each character of a scalar's value; `undefined` where they cannot be told. */
export function offsetsOfScalar(document: string, scalar: YamlScalar): readonly number[] | undefined {
  const pieces = { text: "", offsets: [] };
  const isBlock = scalar.style === "literal" || scalar.style === "folded";
  const read = isBlock ? readBlock(document, scalar, pieces) : readFlow(document, scalar, pieces);
  return read && pieces.offsets.length === scalar.value.length ? pieces.offsets : undefined;
}

/** Each line of a block stands in the value without its indentation; what joins two lines is placed at the line break. */
function readBlock(document: string, { span, value }: YamlScalar, pieces: Pieces): boolean {
  let at = document.indexOf("\n", span.start) + 1;
  if (at === 0) return value === "";
  let indent: number | undefined;
  let done = 0;
  while (done < value.length && at < document.length) {
    let end = document.indexOf("\n", at);
    if (end < 0) end = document.length;
    const lineEnd = document[end - 1] === "\r" ? end - 1 : end;
    const line = document.slice(at, lineEnd);
    if (line.trim() !== "") {
      indent ??= indentOf(line, value.slice(done));
      if (indent === undefined || !value.startsWith(line.slice(indent), done)) return false;
      addPiece(pieces, document, at + indent, lineEnd);
      done += line.length - indent;
    } else if (indent !== undefined && line.length > indent && value.startsWith(line.slice(indent), done)) {
      addPiece(pieces, document, at + indent, lineEnd);
      done += line.length - indent;
    }
    // A line break may have become a blank, or gone where empty lines follow.
    if (value[done] === "\n" || value[done] === " ") {
      pieces.offsets.push(Math.min(end, document.length - 1));
      done += 1;
    }
    at = end + 1;
  }
  return done === value.length;
}

/** How far the first line of a block is indented, given its value from there on. */
function indentOf(line: string, value: string): number | undefined {
  const stop = value.search(/\n|$/);
  // In a folded text the value goes on behind the line.
  for (let indent = line.length - line.trimStart().length; indent >= 0; indent -= 1) {
    if (value.startsWith(line.slice(indent)) || line.slice(indent) === value.slice(0, stop)) return indent;
  }
  return undefined;
}

function readFlow(document: string, { span, value, style }: YamlScalar, pieces: Pieces): boolean {
  const quote = style === "plain" ? 0 : 1;
  const end = span.end - quote;
  let at = span.start + quote;
  for (let done = 0; done < value.length; ) {
    if (at >= end) return false;
    const character = document[at]!;
    if (style === "double" && character === "\\") {
      const length = escapeLength(document, at);
      // An escaped line break stands for nothing.
      if (length === 0) {
        at = skipBlank(document, at + 1, end);
        continue;
      }
      const units = value.codePointAt(done)! > 0xffff ? 2 : 1;
      for (let unit = 0; unit < units; unit += 1) pieces.offsets.push(at);
      done += units;
      at += length;
    } else if (/[ \t\r\n]/.test(character) && isFold(document, at, end)) {
      const next = skipBlank(document, at, end);
      while (done < value.length && /[ \n]/.test(value[done]!)) {
        pieces.offsets.push(at);
        done += 1;
      }
      at = next;
    } else {
      if (character !== value[done]) return false;
      pieces.offsets.push(at);
      done += 1;
      at += style === "single" && character === "'" ? 2 : 1;
    }
  }
  return true;
}

/** How many characters an escape of a double-quoted scalar takes; 0 for an escaped line break. */
function escapeLength(document: string, at: number): number {
  const letter = document[at + 1];
  if (letter === "\n" || letter === "\r") return 0;
  return letter === "x" ? 4 : letter === "u" ? 6 : letter === "U" ? 10 : 2;
}

/** Whether blanks hold a line break, so that they are folded. */
function isFold(document: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const character = document[at]!;
    if (character === "\n" || character === "\r") return true;
    if (character !== " " && character !== "\t") return false;
  }
  return false;
}

function skipBlank(document: string, start: number, end: number): number {
  let at = start;
  while (at < end && /[ \t\r\n]/.test(document[at]!)) at += 1;
  return at;
}
