import { deleteSpan, insertAt, replaceSpan, type TextEdit } from "../../text/edit";
import { lineBreakOf } from "../../text/lines";
import { overlaps, type Span, spanOf } from "../../text/span";
import type { DaemonDocument, JsonArray, JsonItem, JsonObject, Place } from "./model";

/**
 * Sets keys of the file: the value of a key that is there is replaced, the others are added.
 * @param values by key, as JSON text
 * @returns no edit where the file has no place for it: no object, or one whose end is missing
 */
export function setKeys(
  document: DaemonDocument,
  values: Readonly<Record<string, string>>,
): readonly TextEdit[] {
  const { root, settings } = document;
  if (root === undefined) return [];
  const edits: TextEdit[] = [];
  const missing: string[] = [];
  for (const [key, value] of Object.entries(values)) {
    const setting = settings.get(key);
    if (setting === undefined) missing.push(`${JSON.stringify(key)}: ${value}`);
    else if (setting.value === undefined) return [];
    else edits.push(replaceSpan(setting.value.span, value));
  }
  if (missing.length === 0) return edits;
  const added = addEntries(document, root, missing);
  return added.length === 0 ? [] : [...edits, ...added];
}

/**
 * Adds entries at the end of an object, each on a line of its own where the object is written so.
 * @param texts each a key with its value, as JSON text
 * @returns no edit where the end of the object, or the value of its last key, is missing
 */
export function addEntries(
  document: DaemonDocument,
  object: JsonObject,
  texts: readonly string[],
): readonly TextEdit[] {
  const { text } = document;
  if (!object.closed) return [];
  const last = object.entries.at(-1);
  if (last === undefined) return [fillEmpty(document, object, texts)];
  if (last.value === undefined) return [];
  const separator = separatorOf(document, object);
  const added = texts.join(`,${separator}`);
  if (last.comma !== undefined) return [insertAt(last.comma + 1, separator + added)];
  const { end } = last.span;
  const behind = document.comments.filter(
    ({ span }) => span.start >= end && text.slice(end, span.start).trim() === "",
  );
  const comment = behind.find(({ line }) => line === document.lines.at(end).line);
  // On the same line, what follows a comment would be a part of it.
  if (comment === undefined || separator === " ") return [insertAt(end, `,${separator}${added}`)];
  return [insertAt(end, ","), insertAt(comment.span.end, separator + added)];
}

/** Removes an entry with its comma, and its lines where nothing else stands on them. */
export function removeEntry(document: DaemonDocument, object: JsonObject, entry: Place): readonly TextEdit[] {
  return removePart(document, object.entries, entry);
}

/** Removes an item of a list with its comma, and its lines where nothing else stands on them. */
export function removeItem(document: DaemonDocument, list: JsonArray, item: JsonItem): readonly TextEdit[] {
  return removePart(document, list.items, item);
}

/** Removes a setting of the file. */
export function removeKey(document: DaemonDocument, key: string): readonly TextEdit[] {
  const { root, settings } = document;
  const setting = settings.get(key);
  return root === undefined || setting === undefined ? [] : removeEntry(document, root, setting);
}

/** What stands between two entries: a line break and their indentation, or a space. */
function separatorOf(document: DaemonDocument, object: JsonObject): string {
  const first = object.entries[0]!.span.start;
  const { line } = document.lines.at(first);
  if (line === document.lines.at(object.span.start).line) return " ";
  const indent = document.text.slice(document.lines.startOf(line), first);
  return lineBreakOf(document.text) + (indent.trim() === "" ? indent : "");
}

function fillEmpty(document: DaemonDocument, object: JsonObject, texts: readonly string[]): TextEdit {
  const { text, lines } = document;
  const inside = spanOf(object.span.start + 1, object.span.end - 1);
  const lineBreak = lineBreakOf(text);
  const lineStart = lines.startOf(lines.at(object.span.start).line);
  const outer = /^[ \t]*/.exec(text.slice(lineStart, object.span.start).replace(/^\uFEFF/, ""))![0];
  const step = outer.includes("\t") ? "\t" : "  ";
  const body = texts.map((entry) => `${outer}${step}${entry}`).join(`,${lineBreak}`);
  if (text.slice(inside.start, inside.end).trim() === "")
    return replaceSpan(inside, `${lineBreak}${body}${lineBreak}${outer}`);
  return insertAt(inside.end, `${lineBreak}${body}${lineBreak}${outer}`);
}

function removePart(document: DaemonDocument, parts: readonly Place[], part: Place): readonly TextEdit[] {
  const index = parts.indexOf(part);
  if (index < 0) return [];
  const { text, lines } = document;
  const before = parts[index - 1];
  const after = parts[index + 1];
  const end = part.comma === undefined ? part.span.end : part.comma + 1;
  // The last part takes the comma before it away, else one would be left behind the part that is last now.
  const commaBefore =
    part.comma === undefined && before?.comma !== undefined
      ? deleteSpan(spanOf(before.comma, before.comma + 1))
      : undefined;
  const firstLine = lines.at(part.span.start).line;
  const lastLine = lines.at(end).line;
  const ownLines =
    text.slice(lines.startOf(firstLine), part.span.start).trim() === "" &&
    text.slice(end, lines.contentOf(lastLine).end).trim() === "" &&
    lastLine + 1 < lines.count;
  if (ownLines) {
    const whole = deleteSpan(spanOf(lines.startOf(firstLine), lines.startOf(lastLine + 1)));
    return commaBefore === undefined ? [whole] : [commaBefore, whole];
  }
  const wide =
    part.comma !== undefined && after !== undefined
      ? spanOf(part.span.start, after.span.start)
      : before !== undefined && commaBefore !== undefined
        ? spanOf(before.span.end, part.span.end)
        : undefined;
  if (wide !== undefined && !holdsComment(document, wide)) return [deleteSpan(wide)];
  const own = deleteSpan(spanOf(part.span.start, end));
  return commaBefore === undefined ? [own] : [commaBefore, own];
}

function holdsComment(document: DaemonDocument, span: Span): boolean {
  return document.comments.some((comment) => overlaps(comment.span, span));
}
