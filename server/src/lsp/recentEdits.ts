import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import { type EditedPart, editedBy } from "./editedPart";

/** Where somebody is typing at the moment. */
export interface RecentEdits {
  /** Takes note of edits, each of which counts from the text that the one before it has left. */
  note(uri: string, changes: readonly TextDocumentContentChangeEvent[]): void;
  /**
   * The zero-based line on which the last edit ends, and how many milliseconds ago that was; `undefined` after one that
   * replaced the whole text.
   */
  last(uri: string): { readonly line: number; readonly age: number } | undefined;
  /** The part of a document that was edited since this was last asked. */
  takePart(uri: string): EditedPart | undefined;
  forget(uri: string): void;
}

/** @param now milliseconds; any epoch will do */
export function createRecentEdits(now: () => number): RecentEdits {
  const edits = new Map<string, { readonly line: number; readonly time: number }>();
  const parts = new Map<string, EditedPart>();
  return {
    note: (uri, changes) => {
      const line = lineOfEdit(changes.at(-1));
      if (line === undefined) edits.delete(uri);
      else edits.set(uri, { line, time: now() });
      const part = editedBy(parts.get(uri), changes);
      if (part !== undefined) parts.set(uri, part);
    },
    last: (uri) => {
      const edit = edits.get(uri);
      return edit && { line: edit.line, age: now() - edit.time };
    },
    takePart: (uri) => {
      const part = parts.get(uri);
      parts.delete(uri);
      return part;
    },
    forget: (uri) => {
      edits.delete(uri);
      parts.delete(uri);
    },
  };
}

function lineOfEdit(change: TextDocumentContentChangeEvent | undefined): number | undefined {
  if (change === undefined || !("range" in change)) return undefined;
  let line = change.range.start.line;
  for (let at = change.text.indexOf("\n"); at >= 0; at = change.text.indexOf("\n", at + 1)) line++;
  return line;
}
