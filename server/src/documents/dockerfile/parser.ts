import { maxTextLength } from "../../limits";
import { type Change, changeBetween } from "../../text/change";
import { type Lines, linesOf } from "../../text/lines";
import { movedSpan, type Span } from "../../text/span";
import type { Comment, Problem } from "../document";
import type { DockerfileDocument, Instruction } from "./model";
import { type Distance, movedInstruction } from "./moved";
import { movedStage } from "./movedStage";
import { finishReading, type ReadDockerfile, readDockerfile } from "./parse";
import { endStage, newReader, type Reader, readInstruction, takeInstruction, takeStage } from "./reader";
import { type Scan, scan } from "./scan";
import type { FinishedStage } from "./stages";

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
  /** The changed instructions as they were. */
  readonly replaced: readonly Instruction[];
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

/**
 * Edits after which a document is read as a whole again: what is kept holds on to the text that it was read from,
 * so that kept parts of ever different ages would hold ever more texts.
 */
const mostGenerations = 50;

/** Beyond so many stages chains of them may be too long to follow back. */
const mostStages = 1_000;

export function createDockerfileParser(): DockerfileParser {
  let last: ReadDockerfile | undefined;
  let generation = 0;
  return {
    parse(text) {
      const again = last !== undefined && generation < mostGenerations ? readAgain(last, text) : undefined;
      generation = again === undefined ? 0 : generation + 1;
      last = again?.read ?? readDockerfile(text);
      return { document: last.document, kept: again?.kept };
    },
  };
}

interface ReadAgain {
  readonly read: ReadDockerfile;
  readonly kept: Kept | undefined;
}

function readAgain(last: ReadDockerfile, text: string): ReadAgain | undefined {
  if (!last.isSound || last.finished.length > mostStages || text.length > maxTextLength) return undefined;
  const change = changeBetween(last.document.text, text);
  const edit = editedPart(last, text, change);
  if (edit === undefined) return undefined;
  const { document, starts, ends, global } = last;
  const { lines, region, before, until, scanned } = edit;
  const problems = last.problems.filter(({ span }) => span.start < region.start);
  const reader = newReader(text, lines, document.escape, global, [...problems, ...scanned.problems]);
  takeBefore(reader, document, last.finished, before);
  const newStarts = starts.slice(0, before);
  const newEnds = ends.slice(0, before);
  for (const instruction of scanned.instructions) {
    if (!readInstruction(reader, instruction)) return undefined;
    newStarts.push(instruction.firstLine);
    newEnds.push(instruction.next);
  }
  const comments = [
    ...document.comments.filter(({ span }) => span.start < region.start),
    ...scanned.comments,
  ];
  const by = change.endAfter - change.endBefore;
  if (until < starts.length) {
    const moved = lines.at(region.end + by).line - document.lines.at(region.end).line;
    takeAfter(reader, document, last.finished, until, { units: by, lines: moved });
    for (let i = until; i < starts.length; i++) {
      newStarts.push(starts[i]! + by);
      newEnds.push(ends[i]! + by);
    }
    for (const problem of last.problems)
      if (problem.span.start >= region.end) reader.problems.push(movedWith(problem, by));
    for (const comment of document.comments)
      if (comment.span.start >= region.end)
        comments.push({ ...movedWith(comment, by), line: comment.line + moved });
  }
  if (global.work.left < 0) return undefined;
  const isSound = scanned.instructions.every(({ heredocs }) =>
    heredocs.every((heredoc) => heredoc.terminated),
  );
  const { directives } = document;
  const read = finishReading(reader, { starts: newStarts, ends: newEnds, comments, directives, isSound });
  const replaced = document.instructions.slice(before, until);
  return {
    read,
    kept: edit.isSteady ? { before, after: starts.length - until, replaced, region, by } : undefined,
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
  let before = 0;
  while (before < ends.length && ends[before]! <= firstLine) before++;
  if ((document.instructions[before - 1]?.stageIndex ?? -1) < 0) return undefined;
  const lines = linesOf(text);
  const from = ends[before - 1]!;
  const by = change.endAfter - change.endBefore;
  let until = before;
  let isMet = false;
  const scanned = scan(text, lines, {
    from,
    stopsAt(at) {
      while (until < starts.length && (starts[until]! < change.endBefore || starts[until]! + by < at))
        until++;
      isMet = until < starts.length && starts[until]! + by === at;
      return isMet;
    },
  });
  // An edit may make what stood behind it a part of its own instruction, to the end of the text.
  if (!isMet) until = starts.length;
  const keywords = [
    ...document.instructions.slice(before, until).map((instruction) => instruction.keyword),
    ...scanned.instructions.map((instruction) => instruction.command.keyword),
  ];
  const part = { lines, before, until, region: { start: from, end: starts[until] ?? document.text.length } };
  if (!keywords.some((keyword) => framing.has(keyword)))
    return { ...part, scanned, isSteady: hasSameComments(document, part.region, text, scanned) };
  return {
    ...part,
    until: starts.length,
    region: { start: from, end: document.text.length },
    scanned: scan(text, lines, { from, stopsAt: () => false }),
    isSteady: false,
  };
}

function hasSameComments(before: DockerfileDocument, region: Span, text: string, scanned: Scan): boolean {
  const written = before.comments
    .filter(({ span }) => region.start <= span.start && span.start < region.end)
    .map(({ span }) => before.text.slice(span.start, span.end));
  return (
    written.length === scanned.comments.length &&
    scanned.comments.every(({ span }, i) => text.slice(span.start, span.end) === written[i])
  );
}

function takeBefore(
  reader: Reader,
  { instructions, globalArgs, stages }: DockerfileDocument,
  finished: readonly FinishedStage[],
  before: number,
): void {
  const index = instructions[before - 1]!.stageIndex;
  for (const stage of finished.slice(0, index)) takeStage(reader, stage);
  const first = instructions.indexOf(stages[index]!.from);
  for (let i = 0; i < first; i++) reader.instructions.push(instructions[i]!);
  for (let i = first; i < before; i++) takeInstruction(reader, instructions[i]!);
  reader.globalArgs.push(...globalArgs);
}

/** Takes the rest of the stage that was edited, and the stages behind it. */
function takeAfter(
  reader: Reader,
  { instructions }: DockerfileDocument,
  finished: readonly FinishedStage[],
  until: number,
  by: Distance,
): void {
  let at = until;
  for (; at < instructions.length && instructions[at]!.keyword !== "FROM"; at++)
    takeInstruction(reader, movedInstruction(instructions[at]!, by));
  for (const one of finished.slice(instructions[until]!.stageIndex + (at === until ? 0 : 1))) {
    const own = one.stage.instructions.map((instruction) => movedInstruction(instruction, by));
    endStage(reader);
    const parent = one.stage.parent && reader.finished[one.stage.parent.index];
    takeStage(reader, movedStage(one, own, parent));
    for (const instruction of own) reader.instructions.push(instruction);
  }
}

function movedWith<T extends Problem | Comment>(one: T, by: number): T {
  return { ...one, span: movedSpan(one.span, by) };
}
