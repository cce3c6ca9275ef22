import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { Span } from "../../text/span";

/** Longer lines are cut: what belongs to a word stands near it. */
const longest = 1000;

/** What stands before and after a span on its own line, at most 1000 UTF-16 units each. */
export function lineAround(
  { text }: DockerfileDocument,
  { start, end }: Span,
): { readonly before: string; readonly after: string } {
  const before = text.slice(Math.max(0, start - longest), start);
  const after = text.slice(end, end + longest);
  return { before: before.slice(before.lastIndexOf("\n") + 1), after: after.split("\n", 1)[0] ?? "" };
}
