import { maxYamlProblems } from "../../limits";
import { lastStartingBy } from "../../text/sorted";
import type { Span } from "../../text/span";
import { isPlainBlock } from "../yaml/byEntry";
import { entryLinesOf } from "../yaml/entryLines";
import { type Flaws, hasPlainLines } from "../yaml/part";
import { firstDashes } from "../yaml/places";
import type { YamlMap, YamlNode, YamlPair } from "../yaml/tree";
import { flawsIn } from "./flaws";
import type { ComposeDocument, Service } from "./model";
import type { Reading } from "./read";

/** A service with its place in the text. */
export interface PlacedService {
  /** Its name as it was read, and by how many UTF-16 units it has moved since. */
  readonly key: YamlNode;
  readonly by: number;
  readonly service: Service;
  /** The offset of its first line. */
  readonly start: number;
  /** Where environment files set the variables that it names. */
  readonly settings: ReadonlyMap<string, Span>;
  readonly hasAlias: boolean;
  readonly flaws: Flaws | undefined;
}

/** What holds the services of a document: block maps in which each service can be read by itself. */
export interface Frame {
  /** As it was read as a whole. */
  readonly whole: ComposeDocument;
  readonly root: YamlMap;
  /** The pair of the root that holds the services, and the map that is its value. */
  readonly servicesAt: number;
  readonly map: YamlMap;
  /** Whether no other pair stands behind it. */
  readonly isLast: boolean;
  /** In order of their places. */
  readonly services: readonly PlacedService[];
  readonly otherSettings: ReadonlyMap<string, Span>;
  /** Where the lines of the last service end; where the map of services and the root do. */
  readonly end: number;
  readonly servicesEnd: number;
  readonly rootEnd: number;
  /** By how many UTF-16 units all behind the services has moved since it was read, and where that began. */
  readonly movedBelow: number;
  readonly below: number;
  /** The column of the services' names. */
  readonly indent: number;
  /** Nodes that aliases may mean, the offset of the last one, and the places of all. */
  readonly anchors: ReadonlyMap<string, YamlNode>;
  readonly lastAnchor: number;
  readonly shared: readonly Span[];
  /** The first list of the file. */
  readonly dashes: ReturnType<typeof firstDashes>;
  /** The root as it would be with some services as all that it holds. */
  rootAround(pairs: readonly YamlPair[]): YamlMap;
}

/** The frame of a document; `undefined` where a service cannot be read by itself, or what it means depends on others. */
export function frameOf({ document, settings }: Reading): Frame | undefined {
  const { tree, text, lines, project, problems, form } = document;
  const [only, ...others] = tree.documents;
  const root = only?.root;
  if (form !== "spec" || others.length > 0 || !isPlainBlock(root)) return undefined;
  if (problems.length > tree.problems.length || problems.length >= maxYamlProblems) return undefined;
  if (project.base !== undefined || project.files.some(({ kind }) => kind !== "environment"))
    return undefined;
  if (project.files.length > 1 || !hasPlainLines(text)) return undefined;
  const servicesAt = root.pairs.findIndex(({ key }) => key.kind === "scalar" && key.value === "services");
  const holder = root.pairs[servicesAt];
  const map = holder?.value;
  if (holder === undefined || !isPlainBlock(map) || !root.pairs.every(isOrdinary)) return undefined;
  const startOf = (pair: YamlPair): number => lines.startOf(lines.at(pair.key.span.start).line);
  const starts = map.pairs.map(startOf);
  const indent = map.pairs[0]!.key.span.start - starts[0]!;
  const isSound = map.pairs.every(
    (pair, at) =>
      isOrdinary(pair) &&
      pair.key.span.start - starts[at]! === indent &&
      document.services[at]?.nameSpan.start === pair.key.span.start &&
      document.services[at].extends === undefined,
  );
  if (!isSound || document.services.length !== map.pairs.length) return undefined;
  const next = root.pairs[servicesAt + 1];
  const end = next === undefined ? text.length : startOf(next);
  const from = text.startsWith("\uFEFF") ? 1 : 0;
  const topStarts = root.pairs.map((pair) => Math.max(from, startOf(pair)));
  if (!areEntries(text, topStarts, text.length) || !areEntries(text, starts, end)) return undefined;
  const flaws = flawsIn(tree, { root, map, servicesAt }, [...starts, end]);
  if (flaws === undefined) return undefined;
  const { anchored, aliases } = sharedIn(root);
  const anchors = new Map(anchored.map((node) => [node.anchor ?? "", node]));
  // An anchor that is given twice means one thing here and another there.
  if (anchors.size < anchored.length) return undefined;
  const aliasesBy = (offset: number): number => lastStartingBy(aliases, (place) => place, offset);
  return {
    whole: document,
    root,
    servicesAt,
    map,
    isLast: next === undefined,
    services: map.pairs.map(({ key }, at) => ({
      key,
      by: 0,
      service: document.services[at]!,
      start: starts[at]!,
      settings: settings.ofServices[at] ?? new Map(),
      hasAlias: aliasesBy((starts[at + 1] ?? end) - 1) > aliasesBy(starts[at]! - 1),
      flaws: flaws[at],
    })),
    otherSettings: settings.others,
    end,
    servicesEnd: map.span.end,
    rootEnd: root.span.end,
    movedBelow: 0,
    below: end,
    indent,
    anchors,
    lastAnchor: anchored[anchored.length - 1]?.span.start ?? -1,
    shared: anchored.map(({ span }) => span),
    dashes: firstDashes(tree),
    rootAround: (pairs) => ({ ...root, pairs: [{ key: holder.key, value: { ...map, pairs } }] }),
  };
}

/** Whether the lines of a map's entries can be told from their indentation alone. */
function areEntries(text: string, starts: readonly number[], end: number): boolean {
  const lines = entryLinesOf(text, starts[0]!, end);
  return lines?.starts.length === starts.length && lines.starts.every((start, at) => start === starts[at]);
}

/** Whether a pair is a service by itself. */
export function isOrdinary({ key }: YamlPair): boolean {
  const isPlain = key.kind === "scalar" && key.tag === undefined && key.anchor === undefined;
  return isPlain && key.value !== "<<";
}

interface Shared {
  /** Nodes with an anchor, in order of their places. */
  readonly anchored: readonly YamlNode[];
  /** The offsets of aliases, in order. */
  readonly aliases: readonly number[];
}

function sharedIn(root: YamlNode): Shared {
  const anchored: YamlNode[] = [];
  const aliases: number[] = [];
  const waiting: YamlNode[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.anchor !== undefined) anchored.push(node);
    if (node.kind === "alias") aliases.push(node.span.start);
    if (node.kind === "sequence") for (let at = node.items.length; at-- > 0; ) waiting.push(node.items[at]!);
    if (node.kind === "map")
      for (let at = node.pairs.length; at-- > 0; ) waiting.push(node.pairs[at]!.value, node.pairs[at]!.key);
  }
  return { anchored, aliases };
}
