import type { Lines } from "../../text/lines";
import type { Comment } from "../document";

/**
 * The comments of a shell script, a Makefile or a YAML file, all of which begin with `#` at the start of a line or behind
 * a blank. Quotes are looked at within a line only: a `#` in a text that spans lines may be taken for a comment, which
 * matters to nobody unless an ignore comment stands there.
 */
export function hashComments(text: string, lines: Lines): readonly Comment[] {
  const comments: Comment[] = [];
  if (!text.includes("#")) return comments;
  for (let line = 0; line < lines.count; line += 1) {
    const { start, end } = lines.contentOf(line);
    const at = hashOf(text, start, end);
    if (at === undefined) continue;
    comments.push({ span: { start: at, end }, line, ownLine: text.slice(start, at).trim() === "" });
  }
  return comments;
}

function hashOf(text: string, start: number, end: number): number | undefined {
  let quote: string | undefined;
  for (let at = start; at < end; at += 1) {
    const character = text[at]!;
    if (quote !== undefined) {
      if (character === quote) quote = undefined;
    } else if (character === "\\") at += 1;
    else if (character === '"' || character === "'") quote = character;
    else if (character === "#" && (at === start || /[ \t]/.test(text[at - 1]!))) return at;
  }
  return undefined;
}
