import { maxChain, maxResolveSteps } from "../../limits";
import type { Span } from "../../text/span";
import type { Problem } from "../document";
import { entriesOf, resolveAlias, type YamlMap, type YamlNode } from "../yaml/tree";
import type { Field, Origin } from "./model";

export type Fields = ReadonlyMap<string, Field<YamlNode>>;

/** Follows merge keys and aliases of one document, within a budget of steps. */
export interface Resolver {
  /** The keys of a map with `<<` followed: own keys win, then earlier maps. Nothing for other nodes. */
  fieldsOf(node: YamlNode | undefined): Fields;
  /**
   * Counts work that grows with what is inherited.
   * @param at what is inherited, for the problem that tells where the budget was exceeded
   * @returns whether the budget still holds
   */
  spend(steps: number, at: Span): boolean;
  /** The steps that were counted. */
  spent(): number;
  /** One problem of effect `unchecked` where the budget was exceeded. */
  problems(): readonly Problem[];
}

const own: Origin = { kind: "own" };
const none: Fields = new Map();

export function createResolver(): Resolver {
  const resolved = new Map<YamlMap, Fields>();
  let left = maxResolveSteps;
  let exceededAt: Span | undefined;

  const spend = (steps: number, at: Span): boolean => {
    left -= steps;
    if (left < 0) exceededAt ??= at;
    return left >= 0;
  };

  const resolve = (node: YamlNode | undefined, depth: number): Fields => {
    const map = node === undefined ? undefined : resolveAlias(node);
    if (map?.kind !== "map") return none;
    const known = resolved.get(map);
    if (known !== undefined) return known;
    const fields = new Map<string, Field<YamlNode>>();
    // Set before the merges: an alias cannot point to a map that holds it, so nobody reads the map half filled.
    resolved.set(map, fields);
    const merges: YamlNode[] = [];
    for (const entry of entriesOf(map)) {
      if (entry.key === "<<") merges.push(entry.pair.value);
      else fields.set(entry.key, fieldOf(entry.key, entry.keySpan, entry.pair.value));
    }
    for (const merge of merges) for (const source of mergeSources(merge)) addMerged(fields, source, depth);
    return fields;
  };

  const addMerged = (fields: Map<string, Field<YamlNode>>, source: YamlNode, depth: number): void => {
    const inherited = depth < maxChain ? resolve(source, depth + 1) : none;
    if (depth >= maxChain) exceededAt ??= source.span;
    if (depth >= maxChain || !spend(inherited.size + 1, source.span)) return;
    const origin: Origin = { kind: "merge", via: source.span };
    for (const field of inherited.values())
      if (!fields.has(field.name)) fields.set(field.name, { ...field, origin });
  };

  const problems = (): readonly Problem[] =>
    exceededAt === undefined
      ? []
      : [
          {
            span: exceededAt,
            message: "Too many keys are inherited to follow them all",
            effect: "unchecked",
          },
        ];

  return { fieldsOf: (node) => resolve(node, 0), spend, spent: () => maxResolveSteps - left, problems };
}

function fieldOf(name: string, keySpan: Span, value: YamlNode): Field<YamlNode> {
  const node = resolveAlias(value);
  const origin: Origin = node === value ? own : { kind: "alias", via: value.span };
  return { name, keySpan, valueSpan: node.span, value: node, origin, node };
}

/** `<<: *a`, `<<: [*a, *b]`, `<<: { … }`. */
function mergeSources(merge: YamlNode): readonly YamlNode[] {
  const node = resolveAlias(merge);
  if (node.kind === "sequence") return node.items;
  return [merge];
}
