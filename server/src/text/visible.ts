/** Control, format and line-breaking characters: in a message they could move a cursor or turn text around. */
const invisible = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** A piece of a file or a path for a message: each invisible character becomes one that can be seen. */
export function visible(text: string): string {
  return text.replace(invisible, "·");
}

/** The first line of what a library or the system says, which may go on with a piece of the file. */
export function firstLineOf(text: string): string {
  return visible(text.trimStart().split(/[\r\n]/, 1)[0] ?? "").trimEnd();
}
