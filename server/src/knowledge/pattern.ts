/**
 * Whether a text matches a pattern in which `*` stands for any characters, slashes included. Time grows with the
 * length of the text times the number of stars, never faster.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  const star = pattern.indexOf("*");
  if (star < 0) return text === pattern;
  // Most patterns of a table fail here, before anything is taken apart.
  if (!text.startsWith(pattern.slice(0, star))) return false;
  const parts = pattern.split("*");
  const first = parts[0] ?? "";
  const last = parts[parts.length - 1] ?? "";
  if (text.length < first.length + last.length) return false;
  if (!text.endsWith(last)) return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return from <= text.length - last.length;
}

/** Whether a text matches one of the patterns; no pattern matches nothing. */
export function matchesAny(patterns: readonly string[] | undefined, text: string): boolean {
  return patterns?.some((pattern) => matchesPattern(pattern, text)) === true;
}
