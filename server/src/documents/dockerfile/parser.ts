import {
  maxGenerations,
  maxIncrementalStages,
  maxKeptEdits,
  maxKeptUnits,
  maxTextLength,
} from "../../limits";
import { type Change, changeBetween } from "../../text/change";
import { type Lines, linesAfter } from "../../text/lines";
import { lastUpTo, offsetAt, offsetsAfter } from "../../text/offsets";
import { movedSpan, type Span } from "../../text/span";
import type { Comment, Problem } from "../document";
import type { DockerfileDocument, Instruction } from "./model";
import { type Distance, movedInstruction } from "./moved";
import { movedStage } from "./movedStage";
import { finishReading, type ReadDockerfile, readDockerfile } from "./parse";
import { endStage, newReader, type Reader, readInstruction, takeInstruction } from "./reader";
import { type Scan, scan } from "./scan";
import { lastBefore } from "./scope";

/** A parser that remembers the last document, so that after an edit only the lines around it are read again. */
export interface DockerfileParser {
  parse(text: string): ParsedDockerfile;
}

export interface ParsedDockerfile {
  readonly document: DockerfileDocument;
  /** What is the same as in the document that this parser gave before; `undefined` where that cannot be told. */
  readonly kept: Kept | undefined;
}

/**
 * What an edit has left as it was: every instruction but those of a few lines, with all that they mean. The lines hold
 * no comment, before or after, and no instruction of {@link framing}.
 */
export interface Kept {
  /** Instructions before and after the lines that changed. */
  readonly before: number;
  readonly after: number;
  /** The instructions that are new, and those that they replaced with the text that these stood in. */
  readonly changed: readonly Instruction[];
  readonly replaced: readonly Instruction[];
  readonly text: string;
  /** The changed lines in the text as it was, with their breaks. */
  readonly region: Span;
  /** By how many UTF-16 units all that stands behind them has moved. */
  readonly by: number;
}

/** The instructions that decide what others mean: stages, variables, user, folder and shell. */
export const framing: ReadonlySet<string> = new Set([
  "FROM",
  "ARG",
  "ENV",
  "USER",
  "SHELL",
  "WORKDIR",
  "ONBUILD",
]);

export function createDockerfileParser(): DockerfileParser {
  let last: ReadDockerfile | undefined;
  let generation = 0;
  let age = 0;
  return {
    parse(text) {
      const most = maxKeptUnits / text.length;
      const again =
        last !== undefined && age < Math.min(maxKeptEdits, most) ? readAgain(last, text) : undefined;
      age = again?.kept === undefined ? 0 : age + 1;
      if (again !== undefined && generation < Math.min(maxGenerations, most)) {
        generation++;
        last = again.read;
        return { document: last.document, kept: again.kept };
      }
      generation = 0;
      last = readDockerfile(text);
      return { document: last.document, kept: again?.kept && keptIn(last, again.kept) };
    },
  };
}

/** The same with the changed instructions as they are in a document that has been read as a whole. */
function keptIn(read: ReadDockerfile, kept: Kept): Kept | undefined {
  const { before, changed, after } = kept;
  if (read.starts.length !== before + changed.length + after) return undefined;
  return { ...kept, changed: instructionsBetween(read, before, before + changed.length) };
}

interface ReadAgain {
  readonly read: ReadDockerfile;
  readonly kept: Kept | undefined;
}

function readAgain(last: ReadDockerfile, text: string): ReadAgain | undefined {
  if (!last.isSound || last.finished.length > maxIncrementalStages || text.length > maxTextLength)
    return undefined;
  const change = changeBetween(last.document.text, text);
  const edit = editedPart(last, text, change);
  if (edit === undefined) return undefined;
  const { document, starts, ends, global } = last;
  const { lines, region, before, until, scanned } = edit;
  const by: Distance = {
    units: change.endAfter - change.endBefore,
    lines: lines.count - document.lines.count,
  };
  const reader = newReader(text, lines, document.escape, global, scanned.problems);
  takeBefore(reader, last, before);
  for (const instruction of scanned.instructions) if (!readInstruction(reader, instruction)) return undefined;
  if (until < starts.length) takeAfter(reader, last, until, by);
  if (global.work.left < 0) return undefined;
  const read = finishReading(reader, {
    starts: offsetsAfter(
      starts,
      before,
      until,
      scanned.instructions.map(({ firstLine }) => firstLine),
      by.units,
    ),
    ends: offsetsAfter(
      ends,
      before,
      until,
      scanned.instructions.map(({ next }) => next),
      by.units,
    ),
    problems: around(last.problems, region, reader.problems, by, movedProblem),
    comments: around(document.comments, region, scanned.comments, by, movedComment),
    directives: document.directives,
    isSound: scanned.instructions.every(({ heredocs }) => heredocs.every((heredoc) => heredoc.terminated)),
  });
  if (!edit.isSteady) return { read, kept: undefined };
  const changed = instructionsBetween(read, before, before + scanned.instructions.length);
  const replaced = instructionsBetween(last, before, until);
  const after = starts.length - until;
  return {
    read,
    kept: { before, after, changed, replaced, text: document.text, region, by: by.units },
  };
}

/** The lines that have to be read again: from the instruction that changed to the next that did not, or to the end. */
interface EditedPart {
  readonly lines: Lines;
  /** The instructions before the lines, and the index of the first one behind them. */
  readonly before: number;
  readonly until: number;
  /** In the text before the edit. */
  readonly region: Span;
  readonly scanned: Scan;
  /** Whether what stands behind the lines means the same as before, and no comment has changed. */
  readonly isSteady: boolean;
}

function editedPart(last: ReadDockerfile, text: string, change: Change): EditedPart | undefined {
  const { document, starts, ends } = last;
  const firstLine = change.start === 0 ? 0 : text.lastIndexOf("\n", change.start - 1) + 1;
  const before = lastUpTo(ends, firstLine) + 1;
  if (before <= last.preamble.length) return undefined;
  const lines = linesAfter(document.lines, change, text);
  const from = offsetAt(ends, before - 1)!;
  const startOf = (index: number): number => offsetAt(starts, index)!;
  const header = { escape: document.escape, directives: document.directives, problems: [] };
  const by = change.endAfter - change.endBefore;
  let until = before;
  let isMet = false;
  const scanned = scan(text, lines, {
    from,
    header,
    stopsAt(at) {
      while (until < starts.length && (startOf(until) < change.endBefore || startOf(until) + by < at))
        until++;
      isMet = until < starts.length && startOf(until) + by === at;
      return isMet;
    },
  });
  // An edit may make what stood behind it a part of its own instruction, to the end of the text.
  if (!isMet) until = starts.length;
  const end = offsetAt(starts, until) ?? document.text.length;
  const part = { lines, before, until, region: { start: from, end } };
  const mayFrame =
    instructionsBetween(last, before, until).some(({ keyword }) => framing.has(keyword)) ||
    scanned.instructions.some(({ command }) => framing.has(command.keyword));
  if (!mayFrame) return { ...part, scanned, isSteady: hasSameComments(document, part.region, text, scanned) };
  return {
    ...part,
    until: starts.length,
    region: { start: from, end: document.text.length },
    scanned: scan(text, lines, { from, header, stopsAt: () => false }),
    isSteady: false,
  };
}

function hasSameComments(before: DockerfileDocument, region: Span, text: string, scanned: Scan): boolean {
  let met = 0;
  for (const { span } of before.comments) {
    if (span.start < region.start || span.start >= region.end) continue;
    const other = scanned.comments[met++]?.span;
    if (other === undefined) return false;
    if (before.text.slice(span.start, span.end) !== text.slice(other.start, other.end)) return false;
  }
  return met === scanned.comments.length;
}

function takeBefore(
  reader: Reader,
  { document, preamble, finished, firsts }: ReadDockerfile,
  before: number,
): void {
  const index = stageAt(firsts, before - 1);
  reader.preamble.push(...preamble);
  reader.globalArgs.push(...document.globalArgs);
  for (let at = 0; at < index; at++) reader.finished.push(finished[at]!);
  const { instructions } = finished[index]!.stage;
  const count = before - firsts[index]!;
  for (let at = 0; at < count; at++) takeInstruction(reader, instructions[at]!);
}

/** Takes the rest of the stage that was edited, and the stages behind it. */
function takeAfter(reader: Reader, { finished, firsts }: ReadDockerfile, until: number, by: Distance): void {
  let index = stageAt(firsts, until);
  const position = until - firsts[index]!;
  if (position > 0) {
    const { instructions } = finished[index]!.stage;
    for (let at = position; at < instructions.length; at++)
      takeInstruction(reader, movedInstruction(instructions[at]!, by));
    index++;
  }
  endStage(reader);
  for (; index < finished.length; index++) {
    const one = finished[index]!;
    const parent = one.stage.parent && reader.finished[one.stage.parent.index];
    reader.finished.push(movedStage(one, by, parent));
  }
}

/** Some instructions of the stages, by their places among all. The others of a document are not asked for. */
function instructionsBetween(
  { finished, firsts }: ReadDockerfile,
  from: number,
  to: number,
): readonly Instruction[] {
  const found: Instruction[] = [];
  for (let index = stageAt(firsts, from); index < finished.length && firsts[index]! < to; index++) {
    const first = firsts[index]!;
    found.push(...finished[index]!.stage.instructions.slice(Math.max(0, from - first), to - first));
  }
  return found;
}

/** The stage that an instruction belongs to, found by halving. */
function stageAt(firsts: readonly number[], instruction: number): number {
  return Math.max(0, lastBefore(firsts, instruction + 1));
}

/** What stands before some lines and behind them, that moved, with what is new between. */
function around<T extends { readonly span: Span }>(
  all: readonly T[],
  region: Span,
  fresh: readonly T[],
  by: Distance,
  moved: (one: T, by: Distance) => T,
): readonly T[] {
  const found: T[] = [];
  for (const one of all) if (one.span.start < region.start) found.push(one);
  for (const one of fresh) found.push(one);
  for (const one of all) if (one.span.start >= region.end) found.push(moved(one, by));
  return found;
}

function movedProblem({ span, message, effect }: Problem, by: Distance): Problem {
  return { span: movedSpan(span, by.units), message, effect };
}

function movedComment({ span, line, ownLine }: Comment, by: Distance): Comment {
  return { span: movedSpan(span, by.units), line: line + by.lines, ownLine };
}
