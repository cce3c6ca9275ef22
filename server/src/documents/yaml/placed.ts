import { movedSpan } from "../../text/span";
import type { YamlNode, YamlPair } from "./tree";

/**
 * Pairs of a text as they stand in the one that it is a part of.
 * @param by where the part begins, in UTF-16 units
 * @param anchors takes up the nodes that aliases further down may mean
 */
export function placedPairs(
  pairs: readonly YamlPair[],
  by: number,
  anchors: Map<string, YamlNode>,
): readonly YamlPair[] {
  const placing = { by, anchors, placed: new Map<YamlNode, YamlNode>() };
  return pairs.map((pair) => placedPair(pair, placing));
}

interface Placing {
  readonly by: number;
  readonly anchors: Map<string, YamlNode>;
  /** Nodes that aliases of the part may mean. */
  readonly placed: Map<YamlNode, YamlNode>;
}

function placedPair({ key, value }: YamlPair, placing: Placing): YamlPair {
  return { key: placedNode(key, placing), value: placedNode(value, placing) };
}

/** Nesting is bounded by the parser. */
function placedNode(node: YamlNode, placing: Placing): YamlNode {
  const placed = placedContent(node, placing);
  if (node.anchor !== undefined) {
    placing.anchors.set(node.anchor, placed);
    placing.placed.set(node, placed);
  }
  return placed;
}

function placedContent(node: YamlNode, placing: Placing): YamlNode {
  const span = movedSpan(node.span, placing.by);
  switch (node.kind) {
    case "map":
      return { ...node, span, pairs: node.pairs.map((pair) => placedPair(pair, placing)) };
    case "sequence":
      return { ...node, span, items: node.items.map((item) => placedNode(item, placing)) };
    case "alias":
      return { ...node, span, target: node.target && (placing.placed.get(node.target) ?? node.target) };
    case "scalar":
      return { ...node, span };
  }
}
