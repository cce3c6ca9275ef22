import type { Lines } from "../../text/lines";
import type { Span } from "../../text/span";
import type { Comment, Problem } from "../document";
import type { ReadEntry } from "./byEntry";

/** A YAML stream with the place of everything in it. Aliases point backwards only, so the graph has no cycle. */
export interface YamlTree {
  readonly text: string;
  readonly lines: Lines;
  /** The documents between `---` lines; those without content have an empty scalar as their root. */
  readonly documents: readonly YamlDocument[];
  readonly comments: readonly Comment[];
  readonly problems: readonly Problem[];
  /**
   * How it was read: as YAML has it, or entry by entry, with the entries of each map that was divided. `undefined` where
   * neither could be done, or where that is no longer known.
   */
  readonly reading?: "exact" | ReadonlyMap<YamlNode, readonly ReadEntry[]> | undefined;
}

export interface YamlDocument {
  readonly root: YamlNode;
}

interface NodeBase {
  /** The content with its quotes, brackets or block header, without anchor and tag. */
  readonly span: Span;
  /** As written, with its exclamation mark. */
  readonly tag: string | undefined;
  readonly anchor: string | undefined;
}

export type ScalarStyle = "plain" | "single" | "double" | "literal" | "folded";

export interface YamlScalar extends NodeBase {
  readonly kind: "scalar";
  /** Quotes and escapes resolved; a plain scalar as written, an absent one empty. */
  readonly value: string;
  readonly style: ScalarStyle;
}

export interface YamlPair {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

export interface YamlMap extends NodeBase {
  readonly kind: "map";
  readonly flow: boolean;
  readonly pairs: readonly YamlPair[];
}

export interface YamlSequence extends NodeBase {
  readonly kind: "sequence";
  readonly flow: boolean;
  readonly items: readonly YamlNode[];
}

export interface YamlAlias extends NodeBase {
  readonly kind: "alias";
  readonly name: string;
  /** `undefined` where no such anchor stands before it, or the alias lies within its own anchor. */
  readonly target: YamlNode | undefined;
}

export type YamlNode = YamlScalar | YamlMap | YamlSequence | YamlAlias;

/** A pair of a map whose key is a scalar. */
export interface YamlEntry {
  readonly key: string;
  readonly keySpan: Span;
  /** With an alias followed. */
  readonly value: YamlNode;
  readonly pair: YamlPair;
}

/** What an alias stands for; any other node stands for itself. */
export function resolveAlias(node: YamlNode): YamlNode {
  return node.kind === "alias" && node.target !== undefined ? node.target : node;
}

/** The pairs of a map that have scalar keys, in order and with repeated keys; nothing for other nodes. Merge keys are not followed. */
export function entriesOf(node: YamlNode | undefined): readonly YamlEntry[] {
  const map = node === undefined ? undefined : resolveAlias(node);
  if (map?.kind !== "map") return [];
  const entries: YamlEntry[] = [];
  for (const pair of map.pairs) {
    if (pair.key.kind !== "scalar") continue;
    entries.push({ key: pair.key.value, keySpan: pair.key.span, value: resolveAlias(pair.value), pair });
  }
  return entries;
}

/** The items of a sequence, aliases followed; nothing for other nodes. */
export function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  const sequence = node === undefined ? undefined : resolveAlias(node);
  return sequence?.kind === "sequence" ? sequence.items.map(resolveAlias) : [];
}

/** A scalar that is neither absent nor `null`, an alias to one followed. */
export function scalarOf(node: YamlNode | undefined): YamlScalar | undefined {
  const scalar = node === undefined ? undefined : resolveAlias(node);
  return scalar?.kind === "scalar" && !isNull(scalar) ? scalar : undefined;
}

/** Whether a node is absent or a plain `null`, in the spellings of the core schema (https://yaml.org/spec/1.2.2/#1032-tag-resolution). */
export function isNull(node: YamlNode): boolean {
  return node.kind === "scalar" && node.style === "plain" && /^(?:~|null|Null|NULL)?$/.test(node.value);
}

/**
 * The place of a part of a scalar's value in the text.
 * @param from offset into `value`, in UTF-16 units; `to` likewise, excluded
 * @returns the exact place where the scalar is written as it reads, else the whole scalar
 */
export function spanInScalar(text: string, scalar: YamlScalar, from: number, to: number): Span {
  // A scalar of another file, whose text is not this one.
  if (scalar.span.start > text.length) return scalar.span;
  const quoted = scalar.style === "single" || scalar.style === "double";
  if (scalar.style === "literal" || scalar.style === "folded") return spanInBlock(text, scalar, from, to);
  const start = scalar.span.start + (quoted ? 1 : 0);
  const contentEnd = scalar.span.end - (quoted ? 1 : 0);
  if (contentEnd - start !== scalar.value.length || !text.startsWith(scalar.value, start)) return scalar.span;
  return { start: start + from, end: start + to };
}

/** A part within one line of a block scalar is found by that line's text, which stands unchanged after the indentation. */
function spanInBlock(text: string, scalar: YamlScalar, from: number, to: number): Span {
  const lineStart = scalar.value.lastIndexOf("\n", from - 1) + 1;
  const lineEnd = scalar.value.indexOf("\n", from);
  const line = scalar.value.slice(lineStart, lineEnd < 0 ? undefined : lineEnd);
  if (scalar.style === "folded" || to > lineStart + line.length || line.trim() === "") return scalar.span;
  let at = text.indexOf("\n", scalar.span.start) + 1;
  for (
    let before = scalar.value.indexOf("\n");
    before >= 0 && before < lineStart;
    before = scalar.value.indexOf("\n", before + 1)
  ) {
    at = text.indexOf("\n", at) + 1;
    if (at === 0) return scalar.span;
  }
  const found = text.indexOf(line, at);
  const start = found + from - lineStart;
  return found < 0 || start + to - from > scalar.span.end ? scalar.span : { start, end: start + to - from };
}
