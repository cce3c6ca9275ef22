/**
 * White space as Go's `unicode.IsSpace` has it, which BuildKit trims lines and splits words with.
 * It differs from JavaScript's: U+0085 counts, the byte-order mark does not.
 */
export function isSpace(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13);
  if (code < 0x85) return false;
  if (code === 0x85 || code === 0xa0) return true;
  if (code < 0x1680) return false;
  return (
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** The narrower white space that ends a keyword and splits the words of FROM, COPY and others in BuildKit. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9 || (code >= 11 && code <= 13);
}

/** The first offset at or after `from` that is no white space, or `to`. */
export function skipSpace(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** The end of `from..to` with trailing white space taken off. */
export function trimSpaceEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && isSpace(text.charCodeAt(end - 1))) end--;
  return end;
}
