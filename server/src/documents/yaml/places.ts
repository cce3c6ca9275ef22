import type { Span } from "../../text/span";
import type { YamlMap, YamlNode, YamlPair, YamlSequence, YamlTree } from "./tree";

/** A pair with the map that it stands in. */
export interface PairPlace {
  readonly map: YamlMap;
  readonly index: number;
  readonly pair: YamlPair;
}

/** An item with its sequence, and the pair whose value the sequence is. */
export interface ItemPlace {
  readonly sequence: YamlSequence;
  readonly index: number;
  readonly owner: PairPlace | undefined;
}

/** Where nodes stand, for edits. */
export interface Places {
  /** The pair whose key is at a place. */
  pairAt(keySpan: Span): PairPlace | undefined;
  itemOf(node: YamlNode): ItemPlace | undefined;
  /** Columns between a key and the dashes of its list, as the first such list of the stream has it. */
  readonly dashIndent: number | undefined;
}

/**
 * The tree asked for last: all rules look at one tree before any looks at the next. A weak map of trees would keep each
 * keystroke's dead tree alive until the next full garbage collection.
 */
let last: { readonly tree: YamlTree; readonly places: Places } | undefined;

/** Indexes a tree once. */
export function placesOf(tree: YamlTree): Places {
  if (last?.tree !== tree) last = { tree, places: indexTree(tree) };
  return last.places;
}

function indexTree(tree: YamlTree): Places {
  const pairs = new Map<number, PairPlace>();
  const items = new Map<YamlNode, ItemPlace>();
  let dashIndent: number | undefined;
  const waiting: { readonly node: YamlNode; readonly owner: PairPlace | undefined }[] = [];
  for (const { root } of [...tree.documents].reverse()) waiting.push({ node: root, owner: undefined });
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, owner } = next;
    if (node.kind === "sequence") {
      if (dashIndent === undefined && !node.flow && owner !== undefined)
        dashIndent = dashesBelow(tree, node, owner);
      node.items.forEach((item, index) => {
        items.set(item, { sequence: node, index, owner });
        waiting.push({ node: item, owner: undefined });
      });
    } else if (node.kind === "map") {
      for (let index = node.pairs.length; index-- > 0; ) {
        const pair = node.pairs[index]!;
        const place = { map: node, index, pair };
        pairs.set(pair.key.span.start, place);
        waiting.push({ node: pair.value, owner: place });
      }
    }
  }
  return {
    pairAt(keySpan) {
      const place = pairs.get(keySpan.start);
      return place?.pair.key.span.end === keySpan.end ? place : undefined;
    },
    itemOf: (node) => items.get(node),
    dashIndent,
  };
}

function dashesBelow(tree: YamlTree, sequence: YamlSequence, owner: PairPlace): number | undefined {
  const dash = tree.lines.at(sequence.span.start);
  const key = tree.lines.at(owner.pair.key.span.start);
  return dash.line > key.line && dash.column >= key.column ? dash.column - key.column : undefined;
}
