import { changeBetween } from "./change";
import type { Span } from "./span";

/**
 * A search that remembers its last text: of a text that differs from it in one place, only the lines that changed are
 * searched again.
 *
 * @param search must find the same in a run of whole lines as in the text around it: nothing that it finds, or looks
 * at to find it, may reach over a line break
 * @param moved the same finding, at a distance in UTF-16 units
 */
export function rememberByLines<F extends { readonly span: Span }>(
  search: (text: string) => readonly F[],
  moved: (found: F, by: number) => F,
): (text: string) => readonly F[] {
  let last: { readonly text: string; readonly found: readonly F[] } | undefined;
  return (text) => {
    if (text.length < shortest) return search(text);
    if (last?.text === text) return last.found;
    const found = last === undefined ? search(text) : searchAgain(last, text);
    last = { text, found };
    return found;
  };

  function searchAgain(before: NonNullable<typeof last>, text: string): readonly F[] {
    const change = changeBetween(before.text, text);
    const start = lineStart(text, change.start);
    const end = lineEnd(text, change.endAfter);
    const by = text.length - before.text.length;
    return [
      ...before.found.filter(({ span }) => span.end <= start),
      ...search(text.slice(start, end)).map((found) => moved(found, start)),
      ...before.found.filter(({ span }) => span.start >= end - by).map((found) => moved(found, by)),
    ];
  }
}

/** A shorter text is searched at once: it is a part of a document, for which the whole is not to be forgotten. */
const shortest = 2_000;

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

function lineEnd(text: string, offset: number): number {
  const next = text.indexOf("\n", offset);
  return next < 0 ? text.length : next;
}
