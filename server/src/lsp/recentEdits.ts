/** Where somebody is typing at the moment. */
export interface RecentEdits {
  /**
   * Takes note of an edit.
   * @param line zero-based, where the edit ends; `undefined` for one that replaces the whole text
   */
  note(uri: string, line: number | undefined): void;
  /** The line of the last edit, and how many milliseconds ago that was. */
  last(uri: string): { readonly line: number; readonly age: number } | undefined;
  forget(uri: string): void;
}

/** @param now milliseconds; any epoch will do */
export function createRecentEdits(now: () => number): RecentEdits {
  const edits = new Map<string, { readonly line: number; readonly time: number }>();
  return {
    note: (uri, line) => {
      if (line === undefined) edits.delete(uri);
      else edits.set(uri, { line, time: now() });
    },
    last: (uri) => {
      const edit = edits.get(uri);
      return edit && { line: edit.line, age: now() - edit.time };
    },
    forget: (uri) => edits.delete(uri),
  };
}
