import { movedSpan, type Span } from "../../text/span";
import type { YamlMap, YamlNode, YamlPair, YamlSequence } from "./tree";

/**
 * A node at another place: what an edit above it makes of it. What a collection holds is moved when it is first asked
 * for, since at a keystroke hardly any is. Aliases still stand for what they stood for: it must not have moved.
 * @param by UTF-16 units
 */
export function movedNode(node: YamlNode, by: number): YamlNode {
  if (by === 0) return node;
  if (node instanceof MovedCollection) {
    const { origin, distance } = node.moves();
    return movedNode(origin, distance + by);
  }
  const span = movedSpan(node.span, by);
  switch (node.kind) {
    case "map":
      return new MovedMap(node, span, by);
    case "sequence":
      return new MovedSequence(node, span, by);
    case "alias": {
      const { kind, tag, anchor, name, target } = node;
      return { kind, span, tag, anchor, name, target };
    }
    case "scalar": {
      const { kind, tag, anchor, value, style } = node;
      return { kind, span, tag, anchor, value, style };
    }
  }
}

/** Both nodes of a pair at another place. */
export function movedPair({ key, value }: YamlPair, by: number): YamlPair {
  return { key: movedNode(key, by), value: movedNode(value, by) };
}

class MovedCollection<Origin extends YamlMap | YamlSequence> {
  readonly span: Span;
  readonly tag: string | undefined;
  readonly anchor: string | undefined;
  readonly flow: boolean;
  readonly #origin: Origin;
  readonly #by: number;

  constructor(origin: Origin, span: Span, by: number) {
    this.span = span;
    this.tag = origin.tag;
    this.anchor = origin.anchor;
    this.flow = origin.flow;
    this.#origin = origin;
    this.#by = by;
  }

  moves(): { readonly origin: Origin; readonly distance: number } {
    return { origin: this.#origin, distance: this.#by };
  }
}

class MovedMap extends MovedCollection<YamlMap> implements YamlMap {
  readonly kind = "map";
  #pairs: readonly YamlPair[] | undefined;

  get pairs(): readonly YamlPair[] {
    const { origin, distance } = this.moves();
    this.#pairs ??= origin.pairs.map((pair) => movedPair(pair, distance));
    return this.#pairs;
  }
}

class MovedSequence extends MovedCollection<YamlSequence> implements YamlSequence {
  readonly kind = "sequence";
  #items: readonly YamlNode[] | undefined;

  get items(): readonly YamlNode[] {
    const { origin, distance } = this.moves();
    this.#items ??= origin.items.map((item) => movedNode(item, distance));
    return this.#items;
  }
}
