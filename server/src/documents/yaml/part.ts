import { maxYamlDepth } from "../../limits";
import type { Lines } from "../../text/lines";
import type { Span } from "../../text/span";
import type { Comment, Problem } from "../document";
import { type Effort, hasMarkers, readLines } from "./byEntry";
import { commentsOf } from "./comments";
import { entryLinesOf } from "./entryLines";
import { duplicateKeys } from "./parse";
import type { YamlNode, YamlPair } from "./tree";

/** Some pairs of a block map, read without what stands around them. */
export interface YamlPart {
  readonly entries: readonly PartEntry[];
  readonly comments: readonly Comment[];
  /** Where the last of the pairs ends. */
  readonly end: number;
  /** Whether an alias stands in it, so that it says what is written elsewhere. */
  readonly hasAlias: boolean;
}

/** A pair with the place of its first line. */
export interface PartEntry {
  readonly pair: YamlPair;
  readonly start: number;
  /** `undefined` where nothing is wrong. */
  readonly flaws: Flaws | undefined;
}

/** What is wrong with some lines. */
export interface Flaws {
  readonly syntax: readonly Problem[];
  /** Keys that are given twice. */
  readonly duplicates: readonly Problem[];
  readonly effort: Effort;
}

/** Where a part stands. */
export interface PartPlace {
  /** The column of the map's keys, and how many maps hold them. */
  readonly indent: number;
  readonly level: number;
  /** What aliases in it stand for. */
  readonly anchors: ReadonlyMap<string, YamlNode>;
}

/**
 * Reads whole lines that hold pairs of a block map as they would be read in the map, whatever is wrong with them.
 * @returns undefined where that cannot be told from the lines alone
 */
export function parsePart(
  text: string,
  lines: Lines,
  region: Span,
  { indent, level, anchors }: PartPlace,
): YamlPart | undefined {
  if (!hasPlainLines(text.slice(region.start, region.end))) return undefined;
  const places = entryLinesOf(text, region.start, region.end);
  // What stands before the first key might belong to the pair above, and what is further left to the map around.
  if (places?.starts[0] !== region.start || places.column !== indent || places.leftmost < indent)
    return undefined;
  const read = readLines(text, places, region.end, level, maxYamlDepth, anchors);
  if (read === undefined || read === "too-deep") return undefined;
  const entries: PartEntry[] = [];
  const names = new Set<string>();
  const seen: Seen = { hasAnchor: false, hasAlias: false };
  for (const { start, pairs, problems, effort } of read) {
    const [pair, ...others] = pairs;
    if (pair?.key.kind !== "scalar" || others.length > 0 || names.has(pair.key.value)) return undefined;
    names.add(pair.key.value);
    look(pair.key, seen);
    look(pair.value, seen);
    const duplicates = duplicateKeys([{ root: pair.value }]);
    entries.push({ pair, start, flaws: flawsOf(problems, duplicates, effort) });
  }
  // Others may mean what has an anchor.
  if (seen.hasAnchor) return undefined;
  return {
    entries,
    comments: commentsOf(
      text,
      lines,
      entries.flatMap(({ pair }) => [{ root: pair.key }, { root: pair.value }]),
      region,
    ),
    end: read[read.length - 1]!.end,
    hasAlias: seen.hasAlias,
  };
}

/** Whether lines are what line feeds part, and no other document or directive begins among them. */
export function hasPlainLines(text: string): boolean {
  return !hasMarkers(text) && !/\r(?!\n)/.test(text);
}

/** What is wrong with an entry; `undefined` where it is read as YAML allows it and nothing is. */
export function flawsOf(
  syntax: readonly Problem[],
  duplicates: readonly Problem[],
  effort: Effort,
): Flaws | undefined {
  const isSound = syntax.length === 0 && duplicates.length === 0 && effort.entries === 0;
  return isSound ? undefined : { syntax, duplicates, effort };
}

interface Seen {
  hasAnchor: boolean;
  hasAlias: boolean;
}

/** Nesting is bounded by the parser. */
function look(node: YamlNode, seen: Seen): void {
  if (node.anchor !== undefined) seen.hasAnchor = true;
  if (node.kind === "alias") seen.hasAlias = true;
  if (node.kind === "sequence") for (const item of node.items) look(item, seen);
  if (node.kind === "map") {
    for (const { key, value } of node.pairs) {
      look(key, seen);
      look(value, seen);
    }
  }
}
