import { maxShiftedLength, maxShiftedTrees } from "../../limits";
import { movedSpan } from "../../text/span";
import { parseYaml } from "./parse";
import type { YamlNode, YamlTree } from "./tree";

/** A tree whose spans begin at an offset of their own, so that they cannot be taken for places of another text. */
export interface ShiftedTree {
  readonly tree: YamlTree;
  readonly roots: readonly YamlNode[];
}

/**
 * Parses a text as if it stood at an offset. Answers are remembered: at each keystroke in a document, the files that it
 * names are the same.
 */
export function parseShifted(text: string, by: number): ShiftedTree {
  const known = remembered.get(text)?.get(by);
  if (known !== undefined) return known;
  const tree = parseYaml(text);
  const nodes = new Map<YamlNode, YamlNode>();
  const shifted = { tree, roots: tree.documents.map(({ root }) => shift(root, by, nodes)) };
  if (remembered.size >= maxShiftedTrees || rememberedLength + text.length > maxShiftedLength) {
    remembered.clear();
    rememberedLength = 0;
  }
  const places = remembered.get(text) ?? new Map<number, ShiftedTree>();
  if (places.size === 0) rememberedLength += text.length;
  remembered.set(text, places.set(by, shifted));
  return shifted;
}

const remembered = new Map<string, Map<number, ShiftedTree>>();
let rememberedLength = 0;

/** Nesting is bounded by the parser; an alias points to a node that stands before it, so that it is known already. */
function shift(node: YamlNode, by: number, nodes: Map<YamlNode, YamlNode>): YamlNode {
  const known = nodes.get(node);
  if (known !== undefined) return known;
  const moved = { ...node, span: movedSpan(node.span, by) };
  const result = withParts(moved, by, nodes);
  nodes.set(node, result);
  return result;
}

function withParts(node: YamlNode, by: number, nodes: Map<YamlNode, YamlNode>): YamlNode {
  switch (node.kind) {
    case "map":
      return {
        ...node,
        pairs: node.pairs.map(({ key, value }) => ({
          key: shift(key, by, nodes),
          value: shift(value, by, nodes),
        })),
      };
    case "sequence":
      return { ...node, items: node.items.map((item) => shift(item, by, nodes)) };
    case "alias":
      return { ...node, target: node.target === undefined ? undefined : shift(node.target, by, nodes) };
    case "scalar":
      return node;
  }
}
