import type { Lines } from "../../text/lines";
import type { Span } from "../../text/span";
import type { Comment } from "../document";
import type { YamlDocument, YamlNode, YamlScalar } from "./tree";

/**
 * The comments of a stream: each `#` at a line's start or after a blank, outside every scalar.
 * @param region whole lines, of which `documents` are all that they hold
 */
export function commentsOf(
  text: string,
  lines: Lines,
  documents: readonly YamlDocument[],
  region: Span = { start: 0, end: text.length },
): Comment[] {
  const comments: Comment[] = [];
  let hash = text.indexOf("#", region.start);
  for (const scalar of scalarsOf(documents)) {
    if (hash < 0) break;
    hash = scanGap(text, lines, hash, headerEnd(text, scalar), comments);
    if (hash >= 0 && hash < scalar.span.end) hash = text.indexOf("#", scalar.span.end);
  }
  if (hash >= 0) scanGap(text, lines, hash, region.end, comments);
  return comments;
}

/** A block scalar's header line may end with a comment, so the gap before the scalar reaches to that line's end. */
function headerEnd(text: string, scalar: YamlScalar): number {
  if (scalar.style !== "literal" && scalar.style !== "folded") return scalar.span.start;
  const end = text.indexOf("\n", scalar.span.start);
  return end < 0 ? text.length : end;
}

/**
 * Adds the comments that begin before `to`.
 * @param hash the next number sign
 * @returns the first number sign from `to` on, or -1: no part of the text is searched twice
 */
function scanGap(text: string, lines: Lines, hash: number, to: number, comments: Comment[]): number {
  let at = hash;
  while (at >= 0 && at < to) {
    if (at > 0 && !/[\s\uFEFF]/.test(text[at - 1]!)) {
      at = text.indexOf("#", at + 1);
      continue;
    }
    const { line } = lines.at(at);
    const { start, end } = lines.contentOf(line);
    comments.push({ span: { start: at, end }, line, ownLine: /^[\s\uFEFF]*$/.test(text.slice(start, at)) });
    at = text.indexOf("#", end);
  }
  return at;
}

/** Every scalar in order of place, aliases not followed. */
function scalarsOf(documents: readonly YamlDocument[]): YamlScalar[] {
  const scalars: YamlScalar[] = [];
  const waiting: YamlNode[] = documents.map((document) => document.root).reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === "scalar") scalars.push(node);
    else if (node.kind === "sequence")
      for (let i = node.items.length; i-- > 0; ) waiting.push(node.items[i]!);
    else if (node.kind === "map")
      for (let i = node.pairs.length; i-- > 0; ) waiting.push(node.pairs[i]!.value, node.pairs[i]!.key);
  }
  return scalars;
}
