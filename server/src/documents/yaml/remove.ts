import { deleteSpan, type TextEdit } from "../../text/edit";
import type { Lines } from "../../text/lines";
import type { Span } from "../../text/span";
import { type ItemPlace, type PairPlace, placesOf } from "./places";
import type { YamlMap, YamlNode, YamlTree } from "./tree";

/** A text with its YAML. */
export interface WrittenYaml {
  readonly text: string;
  readonly lines: Lines;
  readonly tree: YamlTree;
}

/**
 * Removes an item of a list, and the list's key with the last one.
 * @returns undefined where it is no item of a list, holds an anchor, or shares its line with something else
 */
export function removeItem(document: WrittenYaml, node: YamlNode): TextEdit | undefined {
  const place = placesOf(document.tree).itemOf(node);
  if (place === undefined) return undefined;
  if (place.sequence.items.length === 1)
    return place.owner === undefined ? undefined : removePair(document, place.owner);
  return place.sequence.flow
    ? removeFlowPart(document, itemSpans(place), place.index)
    : removeBlockItem(document, node);
}

function itemSpans({ sequence }: ItemPlace): readonly Span[] {
  return sequence.items.map((item) => item.span);
}

function removeBlockItem(document: WrittenYaml, node: YamlNode): TextEdit | undefined {
  if (dashBefore(document, node.span.start) === undefined) return undefined;
  return removeLines(document, node.span);
}

/**
 * Removes a key with its value.
 * @returns undefined where it is the only key of its map, holds an anchor, or shares its line with something else
 */
export function removePair(document: WrittenYaml, { map, index, pair }: PairPlace): TextEdit | undefined {
  if (map.pairs.length === 1) return undefined;
  if (map.flow) return removeFlowPart(document, pairSpans(map), index);
  if (indentOf(document, pair.key.span.start) === undefined) return undefined;
  return removeLines(document, spanOfPair(pair));
}

function pairSpans(map: YamlMap): readonly Span[] {
  return map.pairs.map(spanOfPair);
}

function spanOfPair(pair: PairPlace["pair"]): Span {
  return { start: pair.key.span.start, end: Math.max(pair.key.span.end, pair.value.span.end) };
}

/** Removes the lines of a span with their line breaks, unless something but a comment follows on the last one. */
function removeLines(document: WrittenYaml, span: Span): TextEdit | undefined {
  const { text, lines } = document;
  const firstLine = lines.at(span.start).line;
  const lastLine = lines.at(span.end).line;
  if (!/^[ \t]*(?:[ \t]#|$)/.test(text.slice(span.end, lines.contentOf(lastLine).end))) return undefined;
  const end = lines.startOf(lastLine + 1);
  // A text without a line break at its end has none afterwards either.
  const isLast = end === text.length && !text.endsWith("\n") && firstLine > 0;
  const start = isLast ? lines.contentOf(firstLine - 1).end : lines.startOf(firstLine);
  return withoutAnchors(text, { start, end });
}

function removeFlowPart(document: WrittenYaml, parts: readonly Span[], index: number): TextEdit | undefined {
  const part = parts[index]!;
  const before = parts[index - 1];
  const after = parts[index + 1];
  if (before !== undefined) return withoutAnchors(document.text, { start: before.end, end: part.end });
  return after === undefined
    ? undefined
    : withoutAnchors(document.text, { start: part.start, end: after.start });
}

/** An anchor in what is removed may be meant by an alias elsewhere. */
function withoutAnchors(text: string, span: Span): TextEdit | undefined {
  return /[\s[{,:]&/.test(text.slice(span.start, span.end)) ? undefined : deleteSpan(span);
}

/** The white space before an offset on its line; undefined where anything else stands there. */
export function indentOf(document: WrittenYaml, offset: number): string | undefined {
  const before = lineBefore(document, offset);
  return /^ *$/.test(before) ? before : undefined;
}

/** The white space before the dash of the item at an offset; undefined where the item does not begin so. */
export function dashBefore(document: WrittenYaml, offset: number): string | undefined {
  return /^( *)- +$/.exec(lineBefore(document, offset))?.[1];
}

function lineBefore(document: WrittenYaml, offset: number): string {
  const start = document.lines.startOf(document.lines.at(offset).line);
  return document.text.slice(start, offset).replace(/^\uFEFF/, "");
}
