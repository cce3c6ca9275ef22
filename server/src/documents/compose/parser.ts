import {
  maxComposeGenerations,
  maxExpansionWork,
  maxKeptEdits,
  maxKeptUnits,
  maxResolveSteps,
  maxServices,
  maxTextLength,
} from "../../limits";
import { type Change, changeBetween } from "../../text/change";
import { type Lines, linesAfter } from "../../text/lines";
import { lastStartingBy } from "../../text/sorted";
import { movedSpan, type Span } from "../../text/span";
import type { Comment, Problem } from "../document";
import type { Neighbours } from "../neighbours";
import { type PartEntry, parsePart, type YamlPart } from "../yaml/part";
import { firstDashes } from "../yaml/places";
import { changedKeys } from "./changedKeys";
import { movedFlaws, problemsOf } from "./flaws";
import { type Frame, frameOf, isOrdinary, type PlacedService } from "./frame";
import type { ComposeDocument, Project } from "./model";
import { movedService } from "./moved";
import { documentIn, rootOf } from "./movedDocument";
import { type Reading, readCompose, readServices, type ServicesRead, together } from "./read";

/**
 * A parser that remembers the last document, so that after an edit within a service only that one is read again. What is
 * kept holds on to the text that it was read from, so that now and then a document is read as a whole.
 */
export interface ComposeParser {
  parse(text: string, neighbours: Neighbours): ParsedCompose;
}

export interface ParsedCompose {
  readonly document: ComposeDocument;
  /** What is the same as in the document that this parser gave before; `undefined` where that cannot be told. */
  readonly kept: Kept | undefined;
}

/** What an edit has left as it was: everything but one service, with all that it means. */
export interface Kept {
  /** The document as it was. */
  readonly before: ComposeDocument;
  /** What rules that look at one service judge: the document with the changed services as its only ones. */
  readonly part: ComposeDocument;
  /** The lines of the service in the text as it was, with their breaks. */
  readonly region: Span;
  /** What was edited there, and by how many UTF-16 units all that stands behind has moved. */
  readonly edited: Span;
  readonly by: number;
  /** The keys of the service whose text has changed; `undefined` where it may be everything, its name included. */
  readonly keys: ReadonlySet<string> | undefined;
  /** Places above that services share, where the changed one takes something from elsewhere or did so before. */
  readonly shared: readonly Span[];
}

export function createComposeParser(): ComposeParser {
  let last: Read | undefined;
  let generation = 0;
  let age = 0;
  return {
    parse(text, neighbours) {
      const most = maxKeptUnits / text.length;
      const again =
        last !== undefined && last.neighbours === neighbours && age < Math.min(maxKeptEdits, most)
          ? readAgain(last, text, neighbours)
          : undefined;
      age = again?.kept === undefined ? 0 : age + 1;
      if (again !== undefined && generation < Math.min(maxComposeGenerations, most)) {
        generation++;
        last = again.read;
        return { document: last.document, kept: again.kept };
      }
      generation = 0;
      last = readWhole(text, neighbours);
      const { document } = last;
      return { document, kept: again?.kept && { ...again.kept, part: partOf(document, again.kept.part) } };
    },
  };
}

/** A document with the services of a part as its only ones. Built upon it, since what nobody asks for there is not made. */
function partOf(
  document: ComposeDocument,
  { services, judged }: Pick<ComposeDocument, "services" | "judged">,
): ComposeDocument {
  return Object.create(document, {
    services: { value: services, enumerable: true },
    judged: { value: judged, enumerable: true },
  });
}

/** A document, and what holds its services where that is known to be sound. */
interface Read {
  readonly document: ComposeDocument;
  readonly neighbours: Neighbours;
  /** Found when it is first asked for: most documents are read once. */
  readonly frame: () => Frame | undefined;
}

function readWhole(text: string, neighbours: Neighbours): Read {
  const reading = readCompose(text, neighbours);
  let frame: { readonly found: Frame | undefined } | undefined;
  return {
    document: reading.document,
    neighbours,
    frame: () => {
      frame ??= { found: hasRoom(reading) ? frameOf(reading) : undefined };
      return frame.found;
    },
  };
}

/** Whether the bounds of a document are so far off that no edit of one service reaches them. */
function hasRoom({ work }: Reading): boolean {
  return work.steps * 2 <= maxResolveSteps && work.expanded * 2 <= maxExpansionWork;
}

/** Whether reading a service again costs so little that all edits until the next whole reading stay within the bounds. */
function isSmall({ work }: ServicesRead): boolean {
  const times = 2 * maxComposeGenerations;
  return work.steps * times <= maxResolveSteps && work.expanded * times <= maxExpansionWork;
}

interface ReadAgain {
  readonly read: Read;
  readonly kept: Kept | undefined;
}

function readAgain(last: Read, text: string, neighbours: Neighbours): ReadAgain | undefined {
  const before = last.document;
  if (text.length > maxTextLength || text === before.text) return undefined;
  const change = changeBetween(before.text, text);
  const frame = last.frame();
  const at = frame === undefined ? -1 : serviceAt(frame, change, before.text.length);
  const old = frame?.services[at];
  if (frame === undefined || old === undefined) return undefined;
  const region = { start: old.start, end: frame.services[at + 1]?.start ?? frame.end };
  const by = change.endAfter - change.endBefore;
  const isLast = at === frame.services.length - 1;
  const lines = linesAfter(before.lines, change, text);
  const after = { start: region.start, end: region.end + by };
  const part = frame.lastAnchor >= region.start ? undefined : partAt(text, lines, after, frame);
  if (part === undefined || hasOthersName(frame, at, part)) return undefined;
  if (frame.services.length - 1 + part.entries.length > maxServices) return undefined;
  const pairs = part.entries.map(({ pair }) => pair);
  const read = readServices(text, pairs, neighbours);
  if (read.problems.length > 0 || !isSmall(read) || read.files.length > 1) return undefined;
  if (read.services.some((service) => service.extends !== undefined)) return undefined;
  const services = spliced(frame.services, at, placed(part, read), by);
  const problems = problemsOf(services, text.length);
  if (problems === undefined) return undefined;
  const ends = endsAfter(frame, isLast, part.end, by);
  const moved = { ...frame, ...ends, services, end: frame.end + by, movedBelow: frame.movedBelow + by };
  const isBelowDashes = frame.dashes !== undefined && frame.dashes.start < region.start;
  const next: Frame = isBelowDashes
    ? moved
    : { ...moved, dashes: firstDashes({ lines, documents: [{ root: rootOf(moved) }] }) };
  const movedLines = lines.at(region.end + by).line - before.lines.at(region.end).line;
  const document = documentIn(next, {
    text,
    lines,
    comments: commentsAfter(before.comments, region, part.comments, by, movedLines),
    problems,
    project: projectAfter(before.project, read, next),
  });
  const edited = { start: change.start, end: change.endBefore };
  // Fixes write lists as the first one of the file is written, and some rules are silent where anything is wrong.
  const isAlike =
    document.dashIndent === before.dashIndent && isSound(document.problems) === isSound(before.problems);
  const kept = isAlike ? keptOf(before, document, old, { part, read, region, edited, by, frame }) : undefined;
  return { read: { document, neighbours, frame: () => next }, kept };
}

function isSound(problems: readonly Problem[]): boolean {
  return problems.length === 0;
}

/** The service in whose lines an edit lies, with the break of the last one left as it was; -1 where there is none. */
function serviceAt(frame: Frame, change: Change, length: number): number {
  const at = lastStartingBy(frame.services, ({ start }) => start, change.start);
  const end = frame.services[at + 1]?.start ?? frame.end;
  const isLastLine = at === frame.services.length - 1 && end === length;
  return change.endBefore < end || (isLastLine && change.endBefore === end) ? at : -1;
}

function partAt(text: string, lines: Lines, region: Span, { indent, anchors }: Frame): YamlPart | undefined {
  const part = parsePart(text, lines, region, { indent, level: 1, anchors });
  return part?.entries.every(({ pair }) => isOrdinary(pair)) === true ? part : undefined;
}

function nameOf({ pair: { key } }: PartEntry): string {
  return key.kind === "scalar" ? key.value : "";
}

/** Whether a service that is new has the name of one that is there. */
function hasOthersName(frame: Frame, at: number, { entries }: YamlPart): boolean {
  const [only] = entries;
  const before = frame.services[at]!.service.name;
  if (entries.length === 1 && only !== undefined && nameOf(only) === before) return false;
  const names = new Set(entries.map(nameOf));
  return frame.services.some(({ service }, index) => index !== at && names.has(service.name));
}

function placed(part: YamlPart, { services, settings }: ServicesRead): readonly PlacedService[] {
  return part.entries.map(({ pair: { key }, start, flaws }, at) => ({
    key,
    by: 0,
    service: services[at]!,
    start,
    settings: settings[at]!,
    hasAlias: part.hasAlias,
    flaws,
  }));
}

function spliced(
  services: Frame["services"],
  at: number,
  fresh: readonly PlacedService[],
  by: number,
): Frame["services"] {
  const after = services.slice(at + 1);
  const moved =
    by === 0
      ? after
      : after.map(({ key, by: already, service, start, settings, hasAlias, flaws }) => ({
          key,
          by: already + by,
          service: movedService(service, by),
          start: start + by,
          settings,
          hasAlias,
          flaws: movedFlaws(flaws, by),
        }));
  return [...services.slice(0, at), ...fresh, ...moved];
}

/** Where the map of services and the whole map end. */
function endsAfter(
  frame: Frame,
  isLast: boolean,
  partEnd: number,
  by: number,
): Pick<Frame, "servicesEnd" | "rootEnd"> {
  if (!isLast) return { servicesEnd: frame.servicesEnd + by, rootEnd: frame.rootEnd + by };
  return { servicesEnd: partEnd, rootEnd: frame.isLast ? partEnd : frame.rootEnd + by };
}

function commentsAfter(
  comments: readonly Comment[],
  region: Span,
  fresh: readonly Comment[],
  by: number,
  lines: number,
): readonly Comment[] {
  const all: Comment[] = [];
  for (const comment of comments) if (comment.span.start < region.start) all.push(comment);
  all.push(...fresh);
  for (const { span, line, ownLine } of comments)
    if (span.start >= region.end) all.push({ span: movedSpan(span, by), line: line + lines, ownLine });
  return all;
}

function projectAfter(before: Project, read: ServicesRead, { services, otherSettings }: Frame): Project {
  const files = before.files.length > 0 ? before.files : read.files;
  const asked = read.asked.filter((path) => !before.asked.includes(path));
  return {
    ...before,
    files,
    asked: asked.length === 0 ? before.asked : [...before.asked, ...asked],
    settings:
      files.length === 0
        ? before.settings
        : together([...services.map(({ settings }) => settings), otherSettings]),
  };
}

interface Edit {
  readonly part: YamlPart;
  readonly read: ServicesRead;
  readonly region: Span;
  readonly edited: Span;
  readonly by: number;
  readonly frame: Frame;
}

/** `undefined` where what is said of other services may depend on what has changed. */
function keptOf(
  before: ComposeDocument,
  document: ComposeDocument,
  old: PlacedService,
  { part, read, region, edited, by, frame }: Edit,
): Kept | undefined {
  const isAlike = read.services.every(
    ({ overlay, complete }) => overlay === old.service.overlay && complete === old.service.complete,
  );
  if (!isAlike) return undefined;
  const { services } = read;
  const [service] = services;
  const [entry] = part.entries;
  // Of what is broken it cannot be told which lines belong to which key.
  const isReadable = entry?.flaws === undefined && old.flaws === undefined;
  return {
    before,
    part: partOf(document, { services, judged: [frame.rootAround(part.entries.map(({ pair }) => pair))] }),
    region,
    edited,
    by,
    keys:
      isReadable && services.length === 1 && service?.name === old.service.name
        ? changedKeys(
            { body: old.service.body, text: before.text, end: region.end },
            { body: service.body, text: document.text, end: region.end + by },
          )
        : undefined,
    shared: part.hasAlias || old.hasAlias ? frame.shared : [],
  };
}
