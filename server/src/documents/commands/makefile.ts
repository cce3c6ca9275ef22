import { maxShellLength } from "../../limits";
import type { Lines } from "../../text/lines";
import { addPiece, type Pieces } from "../shell/positions";
import type { Reading, ScriptSource } from "./script";

/**
 * The scripts of a Makefile: the lines of recipes and of `define`, and the values of variables, which recipes put in
 * front of a command (https://www.gnu.org/software/make/manual/make.html#Recipe-Syntax). What make would expand stays as
 * it is written: to the shell's grammar `$(NAME)` is a value that is not known.
 */
export function readMakefile(text: string, lines: Lines): Reading {
  const scripts: ScriptSource[] = [];
  const isOneShell = /^\.ONESHELL[ \t]*:/m.test(text);
  let prefix = "\t";
  let recipe: Pieces | undefined;
  let isDefine = false;
  const flush = (): void => {
    if (recipe !== undefined) scripts.push(sourceOf(recipe));
    recipe = undefined;
  };
  for (let line = 0; line < lines.count; ) {
    const last = lastOfLogicalLine(text, lines, line);
    const { start, end } = lines.contentOf(line);
    const first = text.slice(start, end);
    const setsPrefix = /^\.RECIPEPREFIX[ \t]*[:?]?=[ \t]*(\S?)/.exec(first.slice(0, 100));
    if (setsPrefix !== null) prefix = setsPrefix[1] || "\t";
    const isRecipe = first.startsWith(prefix) || (isDefine && !/^endef\b/.test(first));
    if (isRecipe) {
      if (!isOneShell) flush();
      recipe ??= newPieces();
      if (recipe.text !== "") addBreak(recipe, lines.startOf(line) - 1);
      addRecipeLine(recipe, text, lines, { first: line, last, prefix });
    } else if (first.trim() !== "") {
      flush();
      if (/^define\b/.test(first)) isDefine = true;
      else if (/^endef\b/.test(first)) isDefine = false;
      else scripts.push(...valueOfVariable(text, lines, line, last));
    }
    line = last + 1;
  }
  flush();
  return { scripts };
}

function newPieces(): Pieces {
  return { text: "", offsets: [] };
}

function sourceOf({ text, offsets }: Pieces): ScriptSource {
  return { text, places: offsets, takesComments: true, isScript: false };
}

/** The last of the lines that a backslash joins to one, at most {@link maxShellLength} lines on. */
function lastOfLogicalLine(text: string, lines: Lines, line: number): number {
  let last = line;
  while (last + 1 < lines.count && last - line < maxShellLength) {
    const { start, end } = lines.contentOf(last);
    let slashes = 0;
    while (end - slashes > start && text[end - slashes - 1] === "\\") slashes += 1;
    if (slashes % 2 === 0) break;
    last += 1;
  }
  return last;
}

interface RecipeLine {
  readonly first: number;
  readonly last: number;
  readonly prefix: string;
}

/** Adds a recipe's line without the characters that are make's: the prefix, `@-+`, the second of `$$`. */
function addRecipeLine(
  pieces: Pieces,
  text: string,
  lines: Lines,
  { first, last, prefix }: RecipeLine,
): void {
  for (let line = first; line <= last; line += 1) {
    const { start, end } = lines.contentOf(line);
    let from = text.startsWith(prefix, start) ? start + prefix.length : start;
    if (line === first) while (from < end && /[@+ \t-]/.test(text[from]!)) from += 1;
    else addBreak(pieces, lines.startOf(line) - 1);
    addUndollared(pieces, text, from, end);
  }
}

/** `NAME := docker run …`: what recipes begin with. */
function valueOfVariable(text: string, lines: Lines, line: number, last: number): readonly ScriptSource[] {
  const { start, end } = lines.contentOf(line);
  const head =
    /^[ \t]{0,40}(?:(?:export|override)[ \t]{1,9}){0,2}[\w.-]{1,100}[ \t]{0,20}(?:[:?+!]|::)?=[ \t]{0,20}/.exec(
      text.slice(start, Math.min(end, start + 300)),
    );
  if (head === null) return [];
  const pieces = newPieces();
  addUndollared(pieces, text, start + head[0].length, end);
  for (let next = line + 1; next <= last; next += 1) {
    addBreak(pieces, lines.startOf(next) - 1);
    const part = lines.contentOf(next);
    addUndollared(pieces, text, part.start, part.end);
  }
  return [{ ...sourceOf(pieces), takesComments: true }];
}

function addBreak(pieces: Pieces, offset: number): void {
  pieces.text += "\n";
  pieces.offsets.push(offset);
}

function addUndollared(pieces: Pieces, text: string, start: number, end: number): void {
  let from = start;
  for (let at = text.indexOf("$$", start); at >= 0 && at < end - 1; at = text.indexOf("$$", at + 2)) {
    addPiece(pieces, text, from, at + 1);
    from = at + 2;
  }
  addPiece(pieces, text, from, end);
}
