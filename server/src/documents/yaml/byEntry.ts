import {
  maxBrokenEntries,
  maxBrokenYamlLength,
  maxDividedYamlLength,
  maxEntryDepth,
  maxYamlDepth,
} from "../../limits";
import { movedSpan, spanWithin } from "../../text/span";
import type { Problem } from "../document";
import { type EntryLines, entryLinesOf } from "./entryLines";
import { parseValid, toleratedByCompose } from "./events";
import { placedPairs } from "./placed";
import { parseBroken } from "./tolerant";
import type { YamlDocument, YamlMap, YamlNode, YamlPair } from "./tree";

/** An entry of a block map with the lines that it stands in: most hold one pair, broken ones may hold others. */
export interface ReadEntry {
  readonly start: number;
  readonly pairs: readonly YamlPair[];
  /** They lie within its lines. */
  readonly problems: readonly Problem[];
  /** Where the last pair ends. */
  readonly end: number;
  /** What it took to read what is broken in it. */
  readonly effort: Effort;
}

/** Entries that were read tolerantly, and the UTF-16 units of them. */
export interface Effort {
  readonly entries: number;
  readonly length: number;
}

export interface ReadByEntry {
  readonly documents: readonly YamlDocument[];
  readonly problems: readonly Problem[];
  /** The entries of each map that was read so. */
  readonly entries: ReadonlyMap<YamlNode, readonly ReadEntry[]>;
}

/** `undefined`: it cannot be told what belongs to which entry, or there is too much that is broken. */
type Outcome<Result> = Result | "too-deep" | undefined;

/**
 * Reads a text that YAML does not allow entry by entry: those that it allows are read exactly, in one that is broken the
 * same is done with what it holds, and what is left is read as far as can be told. So a mistake costs no more than the
 * lines around it, and what is read of each entry depends on that one and the anchors above alone.
 */
export function readByEntry(text: string, maxDepth: number): Outcome<ReadByEntry> {
  if (text.length > maxDividedYamlLength || hasMarkers(text)) return undefined;
  const from = text.startsWith("\uFEFF") ? 1 : 0;
  const lines = entryLinesOf(text, from, text.length);
  if (lines === undefined || lines.column > 0) return undefined;
  const entries = new Map<YamlNode, readonly ReadEntry[]>();
  const reading: Reading = { text, maxDepth, anchors: new Map(), entries };
  const all = readEntries(reading, lines, text.length, 0);
  if (all === undefined || all === "too-deep") return all;
  if (sumOf(all).entries === 0) return undefined;
  const root = mapOf(lines, all);
  entries.set(root, all);
  return { documents: [{ root }], problems: all.flatMap(({ problems }) => problems), entries };
}

/** Whether another document or a directive may begin in a text. */
export function hasMarkers(text: string): boolean {
  return /^(?:---|\.\.\.|%)/m.test(text);
}

/**
 * Reads lines of a block map as {@link readByEntry} does those of the whole text.
 * @param to where they end
 * @param level how many maps hold the entries
 */
export function readLines(
  text: string,
  lines: EntryLines,
  to: number,
  level: number,
  maxDepth: number,
  anchors: ReadonlyMap<string, YamlNode>,
): Outcome<readonly ReadEntry[]> {
  const reading = { text, maxDepth, anchors: new Map(anchors), entries: new Map() };
  return readEntries(reading, lines, to, level);
}

/** Whether what is broken in a text is little enough for it to be read. */
export function isWithin({ entries, length }: Effort): boolean {
  return entries <= maxBrokenEntries && length <= maxBrokenYamlLength;
}

/** What it took to read several entries. */
export function sumOf(all: readonly { readonly effort: Effort }[]): Effort {
  let entries = 0;
  let length = 0;
  for (const { effort } of all) {
    entries += effort.entries;
    length += effort.length;
  }
  return { entries, length };
}

interface Reading {
  readonly text: string;
  readonly maxDepth: number;
  /** Those above what is read next. */
  readonly anchors: Map<string, YamlNode>;
  readonly entries: Map<YamlNode, readonly ReadEntry[]>;
}

/** Recursion is bounded by `maxEntryDepth`. */
function readEntries(
  reading: Reading,
  { starts, column }: EntryLines,
  to: number,
  level: number,
): Outcome<readonly ReadEntry[]> {
  const all: ReadEntry[] = [];
  let effort = noEffort;
  for (let at = 0; at < starts.length; at++) {
    const place = { start: starts[at]!, end: starts[at + 1] ?? to, column, level };
    const read = readEntry(reading, place);
    if (read === undefined || read === "too-deep") return read;
    all.push(read);
    effort = sumOf([{ effort }, read]);
    if (!isWithin(effort)) return undefined;
  }
  return all;
}

const noEffort: Effort = { entries: 0, length: 0 };

interface EntryPlace {
  readonly start: number;
  readonly end: number;
  readonly column: number;
  readonly level: number;
}

function readEntry(reading: Reading, place: EntryPlace): Outcome<ReadEntry> {
  const { maxDepth, anchors } = reading;
  const { start, end, level } = place;
  const text = reading.text.slice(start, end);
  const valid = parseValid(text, maxDepth - level, anchors);
  if (valid.state === "too-deep") return "too-deep";
  const root = valid.state === "parsed" ? valid.documents[0]?.root : undefined;
  // At the beginning of a text, dashes are taken for those that begin a document wherever they stand.
  if (valid.state === "parsed" && isPlainBlock(root) && root.span.start === place.column) {
    const pairs = placedPairs(root.pairs, start, anchors);
    const problems = valid.problems.map((problem) => ({ ...problem, span: movedSpan(problem.span, start) }));
    return { start, pairs, problems, end: root.span.end + start, effort: noEffort };
  }
  const divided = level + 1 < maxEntryDepth ? readDivided(reading, place) : undefined;
  if (divided !== undefined) return divided;
  return readTolerantly(reading, place, valid.state === "refused" ? valid.problem : undefined);
}

/** Whether a node is a block map of which nothing but its pairs is to be known. */
export function isPlainBlock(node: YamlNode | undefined): node is YamlMap {
  const isBlock = node?.kind === "map" && !node.flow && node.pairs.length > 0;
  return isBlock && node.anchor === undefined && node.tag === undefined;
}

/** An entry that holds a block map, with the entries of that; `undefined` where it is none, or they are not what is broken. */
function readDivided(reading: Reading, { start, end, column, level }: EntryPlace): Outcome<ReadEntry> {
  const { text, anchors } = reading;
  const below = text.indexOf("\n", start) + 1;
  const lines = below === 0 || below >= end ? undefined : entryLinesOf(text, below, end);
  if (lines === undefined || lines.leftmost <= column) return undefined;
  const key = keyAlone(text.slice(start, below), start);
  if (key === undefined) return undefined;
  const own = new Map(anchors);
  const inner = readEntries({ ...reading, anchors: own }, lines, end, level + 1);
  if (inner === undefined || inner === "too-deep") return inner;
  const effort = sumOf(inner);
  if (effort.entries === 0) return undefined;
  for (const [name, node] of own) anchors.set(name, node);
  const value = mapOf(lines, inner);
  reading.entries.set(value, inner);
  const problems = inner.flatMap((entry) => entry.problems);
  return { start, pairs: [{ key, value }], problems, end: value.span.end, effort };
}

/** The key of a line that holds nothing else but perhaps a comment. */
function keyAlone(line: string, by: number): YamlNode | undefined {
  const valid = parseValid(line, maxYamlDepth);
  const root = valid.state === "parsed" ? valid.documents[0]?.root : undefined;
  if (!isPlainBlock(root)) return undefined;
  const [pair, ...others] = root.pairs;
  if (pair?.key.kind !== "scalar" || pair.key.anchor !== undefined || others.length > 0) return undefined;
  const { kind, span, tag, anchor } = pair.value;
  const isAbsent = kind === "scalar" && span.start === span.end && line[span.start - 1] === ":";
  if (!isAbsent || tag !== undefined || anchor !== undefined) return undefined;
  return { ...pair.key, span: movedSpan(pair.key.span, by) };
}

function mapOf({ starts, column }: EntryLines, entries: readonly ReadEntry[]): YamlMap {
  const start = starts[0]! + column;
  const end = entries[entries.length - 1]?.end ?? start;
  return {
    kind: "map",
    span: { start, end: Math.max(start, end) },
    tag: undefined,
    anchor: undefined,
    flow: false,
    pairs: entries.flatMap(({ pairs }) => pairs),
  };
}

/**
 * Reads an entry as far as can be told, below another one of the same map and of the map around it, so that a key without
 * a colon is taken for a key, and one that is too far left for one of the map around.
 * @param refused why YAML does not allow it
 */
function readTolerantly(
  { text, maxDepth, anchors }: Reading,
  { start, end, column, level }: EntryPlace,
  refused: Problem | undefined,
): Outcome<ReadEntry> {
  const above = column === 0 ? "x:\n" : `x:\n${" ".repeat(column)}x:\n`;
  const written = text.slice(start, end);
  const around = column === 0 ? 0 : 1;
  const read = parseBroken(above + written, maxDepth - level + around, anchors);
  if (read === "too-deep") return read;
  const found = read.documents.length === 1 ? pairsBelow(read.documents[0]!.root, column) : undefined;
  if (found === undefined) return undefined;
  const by = start - above.length;
  const pairs = placedPairs(found, by, anchors);
  const problems = read.problems.map((problem) => placedProblem(problem, by, text, start, written));
  if (problems.length === 0) {
    if (refused === undefined) return undefined;
    if (refused.message !== toleratedByCompose)
      problems.push(placedProblem(refused, start, text, start, written));
  }
  const effort = { entries: 1, length: written.length };
  return { start, pairs, problems, end: pairs[pairs.length - 1]?.value.span.end ?? start, effort };
}

/** What stands below the keys that were written above an entry. */
function pairsBelow(root: YamlNode, column: number): readonly YamlPair[] | undefined {
  if (!isPlainBlock(root) || root.pairs[0]!.key.span.start !== 0) return undefined;
  const [first, ...others] = root.pairs;
  if (column === 0) return others;
  const map = first!.value;
  if (!isPlainBlock(map) || map.pairs[0]!.key.span.start !== "x:\n".length + column) return undefined;
  return [...map.pairs.slice(1), ...others];
}

/** A problem at its place in the text, within the lines of its entry, their last break left out. */
function placedProblem(problem: Problem, by: number, text: string, start: number, written: string): Problem {
  const last = start + written.trimEnd().length;
  const from = Math.max(start, Math.min(problem.span.start + by, last - 1));
  const to = Math.max(from, Math.min(problem.span.end + by, last));
  return { ...problem, span: spanWithin(text, from, to) };
}
