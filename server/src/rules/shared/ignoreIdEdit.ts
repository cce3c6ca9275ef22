import type { IgnoreComment, IgnoreCommentsDocument, IgnoredId } from "../../engine/suppress";
import { deleteSpan, type TextEdit } from "../../text/edit";

/**
 * Deletes an id from an ignore comment, with the comma that goes with it; or the whole comment, with its line where
 * nothing else stands on it and with the blanks before it where something does.
 * @param id `undefined` for the whole comment
 */
export function ignoreIdEdit(
  document: IgnoreCommentsDocument,
  ignore: IgnoreComment,
  id: IgnoredId | undefined,
): TextEdit {
  const { text, lines } = document;
  if (id !== undefined) {
    const at = ignore.ids.indexOf(id);
    const next = ignore.ids[at + 1];
    if (next !== undefined) return deleteSpan({ start: id.span.start, end: next.span.start });
    const previous = ignore.ids[at - 1];
    return deleteSpan({ start: previous?.span.end ?? id.span.start, end: id.span.end });
  }
  const line = lines.at(ignore.span.start).line;
  const start = lines.startOf(line);
  if (text.slice(start, ignore.span.start).trim() === "") {
    return deleteSpan({ start, end: lines.startOf(line + 1) });
  }
  const code = text.slice(start, ignore.span.start).trimEnd();
  return deleteSpan({ start: start + code.length, end: lines.contentOf(line).end });
}
