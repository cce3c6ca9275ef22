import { lastStartingBy } from "../../text/sorted";
import { compareSpans, type Span } from "../../text/span";
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
}

/**
 * Tells where nodes of a tree stand. Each is looked for from the root, by its place: after an edit most of a tree is not
 * there until somebody asks for it.
 */
export function placesOf(tree: YamlTree): Places {
  return {
    pairAt: (keySpan) => {
      const place = closest(tree, keySpan.start, isPair).pair;
      const key = place?.pair.key.span;
      return key?.start === keySpan.start && key.end === keySpan.end ? place : undefined;
    },
    itemOf: (node) => closest(tree, node.span.start, (place) => isItem(place, node)).item,
  };
}

/** What was met last on the way from the root to an offset. */
interface Met {
  readonly pair: PairPlace | undefined;
  readonly item: ItemPlace | undefined;
}

function isPair({ pair }: Met, offset: number): boolean {
  return pair?.pair.key.span.start === offset;
}

function isItem({ item }: Met, node: YamlNode): boolean {
  const found = item?.sequence.items[item.index];
  return found === node || (found?.kind === node.kind && compareSpans(found.span, node.span) === 0);
}

/** Goes down from the root towards an offset, as far as collections hold it or until what is looked for is met. */
function closest(tree: YamlTree, offset: number, isMet: (met: Met, offset: number) => boolean): Met {
  const nothing: Met = { pair: undefined, item: undefined };
  const at = lastStartingBy(tree.documents, ({ root }) => root.span.start, offset);
  let node: YamlNode | undefined = tree.documents[at]?.root;
  let owner: PairPlace | undefined;
  while (node !== undefined) {
    if (node.kind === "map") {
      const map: YamlMap = node;
      const index = lastStartingBy(map.pairs, ({ key }) => key.span.start, offset);
      const pair = map.pairs[index];
      if (pair === undefined) return nothing;
      owner = { map, index, pair };
      if (isMet({ pair: owner, item: undefined }, offset)) return { pair: owner, item: undefined };
      node = pair.value;
    } else if (node.kind === "sequence") {
      const sequence: YamlSequence = node;
      const last = lastStartingBy(sequence.items, ({ span }) => span.start, offset);
      // Items that are absent may stand at one place.
      for (let index = last; sequence.items[index]?.span.start === offset; index--) {
        const item = { sequence, index, owner };
        if (isMet({ pair: undefined, item }, offset)) return { pair: undefined, item };
      }
      node = sequence.items[last];
      owner = undefined;
    } else return nothing;
  }
  return nothing;
}

/** The first list in block style that stands below a key: its offset, and the columns between the key and its dashes. */
export function firstDashes(
  tree: Pick<YamlTree, "documents" | "lines">,
): { readonly start: number; readonly indent: number } | undefined {
  const waiting: { readonly node: YamlNode; readonly key: Span | undefined }[] = [];
  for (const { root } of [...tree.documents].reverse()) waiting.push({ node: root, key: undefined });
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, key } = next;
    if (node.kind === "sequence") {
      const indent = node.flow || key === undefined ? undefined : dashesBelow(tree, node, key);
      if (indent !== undefined) return { start: node.span.start, indent };
      for (let at = node.items.length; at-- > 0; ) waiting.push({ node: node.items[at]!, key: undefined });
    } else if (node.kind === "map") {
      for (let at = node.pairs.length; at-- > 0; ) {
        const pair = node.pairs[at]!;
        waiting.push({ node: pair.value, key: pair.key.span });
      }
    }
  }
  return undefined;
}

function dashesBelow(
  tree: Pick<YamlTree, "lines">,
  sequence: YamlSequence,
  keySpan: Span,
): number | undefined {
  const dash = tree.lines.at(sequence.span.start);
  const key = tree.lines.at(keySpan.start);
  return dash.line > key.line && dash.column >= key.column ? dash.column - key.column : undefined;
}
