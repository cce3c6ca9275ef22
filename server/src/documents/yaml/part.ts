import { linesOf } from "../../text/lines";
import { movedSpan } from "../../text/span";
import type { Comment } from "../document";
import { commentsOf } from "./comments";
import { parseValid } from "./events";
import { duplicateKeys } from "./parse";
import type { YamlNode, YamlPair } from "./tree";

/** Some pairs of a block map, read without what stands around them. */
export interface YamlPart {
  readonly pairs: readonly YamlPair[];
  readonly comments: readonly Comment[];
  /** Where the last of the pairs ends. */
  readonly end: number;
  /** Whether an alias stands in it, so that it says what is written elsewhere. */
  readonly hasAlias: boolean;
}

/** Where a part stands. */
export interface PartPlace {
  /** The offset of its first line in the whole text, and that line's number. */
  readonly start: number;
  readonly line: number;
  /** The column of the map's keys. */
  readonly indent: number;
  /** How many collections may nest in it. */
  readonly maxDepth: number;
  /** What aliases in it stand for. */
  readonly anchors: ReadonlyMap<string, YamlNode>;
}

/**
 * Reads whole lines that hold pairs of a block map as they would be read in the map.
 * @returns undefined where that cannot be told from the lines alone, or where anything is wrong with them
 */
export function parsePart(text: string, place: PartPlace): YamlPart | undefined {
  const { start, line, indent } = place;
  // Another document or a directive may begin there.
  if (/^(?:---|\.\.\.|%)/m.test(text)) return undefined;
  const valid = parseValid(text, place.maxDepth);
  if (valid.state !== "parsed" || valid.documents.length !== 1) return undefined;
  const root = valid.documents[0]!.root;
  // What stands before the first key might belong to the pair above.
  if (root.kind !== "map" || root.flow || root.pairs[0]?.key.span.start !== indent) return undefined;
  if (root.anchor !== undefined || root.tag !== undefined) return undefined;
  if (duplicateKeys(valid.documents).length > 0) return undefined;
  const placing: Placing = { by: start, anchors: place.anchors, hasAlias: false, isSound: true };
  const pairs = placedPairs(root.pairs, placing);
  if (!placing.isSound) return undefined;
  const comments = commentsOf(text, linesOf(text), valid.documents).map((comment) => ({
    ...comment,
    span: movedSpan(comment.span, start),
    line: comment.line + line,
  }));
  return { pairs, comments, end: root.span.end + start, hasAlias: placing.hasAlias };
}

interface Placing {
  readonly by: number;
  readonly anchors: ReadonlyMap<string, YamlNode>;
  hasAlias: boolean;
  /** False once an anchor is found, which others may mean, or an alias without one. */
  isSound: boolean;
}

function placedPairs(pairs: readonly YamlPair[], placing: Placing): readonly YamlPair[] {
  return pairs.map(({ key, value }) => ({ key: placed(key, placing), value: placed(value, placing) }));
}

/** Nesting is bounded by the parser. */
function placed(node: YamlNode, placing: Placing): YamlNode {
  const span = movedSpan(node.span, placing.by);
  if (node.anchor !== undefined) placing.isSound = false;
  switch (node.kind) {
    case "map":
      return { ...node, span, pairs: placedPairs(node.pairs, placing) };
    case "sequence":
      return { ...node, span, items: node.items.map((item) => placed(item, placing)) };
    case "alias": {
      const target = placing.anchors.get(node.name);
      placing.hasAlias = true;
      if (target === undefined) placing.isSound = false;
      return { ...node, span, target };
    }
    case "scalar":
      return { ...node, span };
  }
}
