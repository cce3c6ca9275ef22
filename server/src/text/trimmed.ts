/** A text without the characters at its end that are not wanted there, in one pass: `/x+$/` would begin anew at each `x`. */
export function trimmedEnd(text: string, isUnwanted: (character: string) => boolean): string {
  let end = text.length;
  while (end > 0 && isUnwanted(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/** A path without slashes at its end; empty where it is nothing else. */
export function withoutSlashes(path: string): string {
  return trimmedEnd(path, (character) => character === "/");
}
