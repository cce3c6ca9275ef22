import type { Span } from "./span";

/** Replaces `start..end` of a document by `text`. An insertion has `start === end`. */
export interface TextEdit extends Span {
  readonly text: string;
}

/** An edit that replaces a span. */
export function replaceSpan(span: Span, text: string): TextEdit {
  return { start: span.start, end: span.end, text };
}

/** An edit that inserts text at an offset. */
export function insertAt(offset: number, text: string): TextEdit {
  return { start: offset, end: offset, text };
}

/** An edit that deletes a span. */
export function deleteSpan(span: Span): TextEdit {
  return { start: span.start, end: span.end, text: "" };
}

/** Orders edits by position. Edits of one fix never overlap, so the order is total but for insertions at one place. */
export function sortEdits(edits: readonly TextEdit[]): TextEdit[] {
  return [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Whether sorted edits are within the text and disjoint. Two insertions at one offset count as disjoint. */
export function areDisjoint(sorted: readonly TextEdit[], length: number): boolean {
  let last = 0;
  for (const edit of sorted) {
    if (edit.start < last || edit.end < edit.start || edit.end > length) return false;
    last = edit.end;
  }
  return true;
}

/**
 * Applies edits to a text.
 * @param edits any order; must be disjoint and in range
 * @throws RangeError when two edits overlap or one is out of range: a fix that does so is a defect, not input
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = sortEdits(edits);
  if (!areDisjoint(sorted, text.length)) throw new RangeError("edits overlap or leave the text");
  let result = "";
  let at = 0;
  for (const edit of sorted) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}
