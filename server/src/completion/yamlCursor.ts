import { maxCursorLineLength, maxCursorLines } from "../limits";
import type { Lines } from "../text/lines";
import type { Span } from "../text/span";

/** Where in a YAML text a cursor stands, as far as the lines above it tell. */
export interface YamlCursor {
  /** Keys from the outermost on, `-` for an item of a list: `["services", "web", "cap_add", "-"]`. */
  readonly path: readonly string[];
  /** Whether a key or a plain value is being written. The last of `path` is then the key that it belongs to. */
  readonly place: "key" | "value";
  /** The word around the cursor, without quotes. */
  readonly span: Span;
  /** Its part before the cursor. */
  readonly typed: string;
}

/**
 * Reads the place of a cursor off the indentation, which a half-typed text has and a parsed tree does not. Block style,
 * and lists in brackets on one line.
 *
 * @returns undefined in a comment, in a map in braces, and beyond the bounds
 */
export function yamlCursor(text: string, lines: Lines, offset: number): YamlCursor | undefined {
  const { line } = lines.at(offset);
  const { start, end } = lines.contentOf(line);
  // Between CR and LF there is nothing to write.
  if (offset > end || end - start > maxCursorLineLength) return undefined;
  const own = partsOf(text.slice(start, end));
  const before = text.slice(start, offset);
  if (/(?:^|[ \t])#/.test(before) || before.length < own.content) return undefined;

  const inValue = own.key !== undefined && before.length >= own.value;
  // A value begins behind a blank.
  if (inValue && before.endsWith(":") && before.length === own.value) return undefined;
  const rest = before.slice(inValue ? own.value : own.content);
  const list = inValue ? /^[ \t]*\[(?:[^[\]{}"']{0,500},)?[ \t]*/.exec(rest) : null;
  const opened = (list?.[0] ?? /^[ \t]*/.exec(rest)?.[0] ?? "").length;
  const quote = /^["']/.exec(rest.slice(opened))?.[0] ?? "";
  const typed = rest.slice(opened + quote.length);
  if (/[[\]{}"'&|>!]|^\*|[ \t]$/.test(typed) || (list !== null && typed.includes(","))) return undefined;
  const after =
    (list === null ? /^[^\s#"'[\]{},]*/ : /^[^\s#"'[\]{},:]*/).exec(text.slice(offset, end))?.[0] ?? "";
  const span = {
    start: offset - typed.length,
    end: offset + (inValue || own.key === undefined ? after : after.replace(/:$/, "")).length,
  };

  const above = keysAbove(text, lines, line, own);
  if (above === undefined) return undefined;
  const path = [...above, ...own.dashes.map(() => "-")];
  if (inValue)
    return { path: [...path, own.key!, ...(list === null ? [] : ["-"])], place: "value", span, typed };
  // A word alone after a dash may become an item or a key: its list says which is meant.
  return { path, place: own.dashes.length > 0 && own.key === undefined ? "value" : "key", span, typed };
}

/** The other keys of the map that the cursor's line belongs to, in block style. */
export function siblingKeys(text: string, lines: Lines, offset: number): readonly string[] {
  const { line } = lines.at(offset);
  const own = partsOf(contentOf(text, lines, line));
  const keys: string[] = [];
  const collect = (step: 1 | -1): void => {
    for (let at = line + step; at >= 0 && at < lines.count; at += step) {
      const content = contentOf(text, lines, at);
      if (/^\s*(?:#|$)/.test(content)) continue;
      const parts = partsOf(content);
      const isItem = parts.dashes.length > 0 && parts.dashes[0]! < own.content;
      if (parts.content < own.content || (isItem && step === 1) || Math.abs(at - line) > maxCursorLines)
        return;
      if (parts.content === own.content && parts.key !== undefined) keys.push(parts.key);
      if (isItem) return;
    }
  };
  if (own.dashes.length === 0) collect(-1);
  collect(1);
  return keys;
}

function contentOf(text: string, lines: Lines, line: number): string {
  const { start, end } = lines.contentOf(line);
  return text.slice(start, Math.min(end, start + maxCursorLineLength));
}

/** A line's dashes, key and value, as columns. */
interface LineParts {
  /** Columns of `- ` before the content. */
  readonly dashes: readonly number[];
  /** The column of what follows. */
  readonly content: number;
  readonly key: string | undefined;
  /** The column after the key's colon; meaningless without a key. */
  readonly value: number;
}

function partsOf(line: string): LineParts {
  const dashes: number[] = [];
  let content = /^ */.exec(line)![0].length;
  while (line[content] === "-" && (line[content + 1] === " " || content + 1 === line.length)) {
    dashes.push(content);
    content += 1 + /^ */.exec(line.slice(content + 1))![0].length;
  }
  const match =
    /^(?:"([^"\\]{1,200})"|'([^']{1,200})'|([^\s#"'[\]{},:](?:[^#:]{0,199}[^\s#:])?))[ \t]*:(?=[ \t]|$)/.exec(
      line.slice(content),
    );
  return {
    dashes,
    content,
    key: match === null ? undefined : (match[1] ?? match[2] ?? match[3]),
    value: content + (match?.[0].length ?? 0),
  };
}

/** The keys that a line stands below, the outermost first. */
function keysAbove(text: string, lines: Lines, line: number, own: LineParts): readonly string[] | undefined {
  const path: string[] = [];
  let column = own.dashes[0] ?? own.content;
  let isItem = own.dashes.length > 0;
  for (let at = line - 1; at >= 0 && (column > 0 || isItem); at--) {
    if (line - at > maxCursorLines) return undefined;
    const content = contentOf(text, lines, at);
    if (/^\s*(?:#|$)/.test(content)) continue;
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(content)) break;
    const parts = partsOf(content);
    // A list may stand at the column of its key.
    const isParent = (parentColumn: number): boolean =>
      parentColumn < column || (isItem && parentColumn === column);
    if (
      parts.key !== undefined &&
      isParent(parts.content) &&
      (parts.content < column || parts.dashes.length === 0)
    ) {
      path.unshift(parts.key);
      column = parts.dashes[0] ?? parts.content;
      isItem = parts.dashes.length > 0;
      path.unshift(...parts.dashes.map(() => "-"));
    } else if (parts.dashes.length > 0 && parts.dashes[0]! < column) {
      path.unshift(...parts.dashes.map(() => "-"));
      column = parts.dashes[0]!;
      isItem = true;
    }
  }
  return path;
}
