import type { Fix } from "../../engine/finding";
import type { TextEdit } from "../../text/edit";

/**
 * A fix that leaves words to be filled in by the user.
 * @param asks the words, each of which stands in the text of an edit
 * @returns none where one of the edits could not be made
 */
export function fillIn(
  title: string,
  asks: readonly string[],
  ...edits: readonly (TextEdit | undefined)[]
): readonly Fix[] {
  return changed(title, edits).map((fix) => ({ ...fix, asks }));
}

/** A fix that changes what the image is or does; none where one of the edits could not be made. */
export function changed(title: string, edits: readonly (TextEdit | undefined)[]): readonly Fix[] {
  const made = edits.filter((edit) => edit !== undefined);
  return made.length === edits.length && made.length > 0 ? [{ title, safety: "unsafe", edits: made }] : [];
}
