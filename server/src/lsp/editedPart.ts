import type { Range, TextDocumentContentChangeEvent } from "vscode-languageserver";

/**
 * The part of a document that edits have touched, in lines and characters as the client counts them: `all` where lines
 * came or went, so that others have moved.
 */
export type EditedPart = "all" | Range;

/** The part that some more edits have touched. */
export function editedBy(
  part: EditedPart | undefined,
  changes: readonly TextDocumentContentChangeEvent[],
): EditedPart | undefined {
  let edited = part;
  for (const change of changes) {
    if (edited === "all" || !("range" in change) || /[\r\n]/.test(change.text)) return "all";
    const { start, end } = change.range;
    if (start.line !== end.line) return "all";
    edited = widened(edited ?? change.range, change.range, change.text.length);
  }
  return edited;
}

/** Around both parts, with what is put in: it may push the end of the one on, wherever on the line that is. */
function widened(part: Range, { start, end }: Range, length: number): Range {
  const last = part.end.line > end.line || (part.end.line === end.line && part.end.character > end.character);
  return {
    start: isBefore(start, part.start) ? start : part.start,
    end: {
      line: Math.max(part.end.line, end.line),
      character: (last ? part : { end }).end.character + length,
    },
  };
}

function isBefore(one: Range["start"], other: Range["start"]): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}

/** Whether an edited part and a range overlap, or meet at one end. */
export function touches(part: EditedPart, range: Range): boolean {
  return part === "all" || !(isBefore(range.end, part.start) || isBefore(part.end, range.start));
}
