import { maxTextLength } from "../../limits";
import { linesOf } from "../../text/lines";
import { type Offsets, offsetsOf } from "../../text/offsets";
import type { Comment, Problem } from "../document";
import { documentOf } from "./document";
import { addLongLines } from "./longLines";
import type { Directive, DockerfileDocument, Instruction } from "./model";
import { endStage, newReader, type Reader, readInstruction } from "./reader";
import { scan } from "./scan";
import { globalScope, type Scope } from "./scope";
import type { FinishedStage } from "./stages";

/**
 * Parses a Dockerfile. Never throws: what BuildKit would refuse becomes a problem, and the rest is modelled.
 *
 * Time and memory are linear in the text; shell scripts are parsed only when they are first asked for.
 *
 * @param text the whole file; a byte-order mark and any line breaks are fine
 */
export function parseDockerfile(text: string): DockerfileDocument {
  return readDockerfile(text).document;
}

/** A document with what it takes to read it again after an edit. */
export interface ReadDockerfile {
  readonly document: DockerfileDocument;
  /** Start of the first line of each instruction, and of the line after its last one. */
  readonly starts: Offsets;
  readonly ends: Offsets;
  readonly preamble: readonly Instruction[];
  readonly finished: readonly FinishedStage[];
  /** Among all instructions, the index of the first one of each stage. */
  readonly firsts: readonly number[];
  readonly global: Scope;
  /** Without those about the text as a whole. */
  readonly problems: readonly Problem[];
  /** Whether each part was read in full and for itself, so that another edit may leave parts as they are. */
  readonly isSound: boolean;
}

export function readDockerfile(text: string): ReadDockerfile {
  const lines = linesOf(text);
  if (text.length > maxTextLength) {
    const span = { start: 0, end: 0 };
    const problem: Problem = { span, message: "The file is too long to be checked.", effect: "unchecked" };
    const reader = newReader(text, lines, "\\", globalScope(), [problem]);
    return finishReading(reader, {
      starts: offsetsOf([]),
      ends: offsetsOf([]),
      problems: reader.problems,
      comments: [],
      directives: [],
      isSound: false,
    });
  }
  const scanned = scan(text, lines);
  const reader = newReader(text, lines, scanned.escape, globalScope(), scanned.problems);
  const starts: number[] = [];
  const ends: number[] = [];
  let isSound = true;
  for (const instruction of scanned.instructions) {
    if (!readInstruction(reader, instruction)) {
      isSound = false;
      break;
    }
    starts.push(instruction.firstLine);
    ends.push(instruction.next);
    if (instruction.heredocs.some((heredoc) => !heredoc.terminated)) isSound = false;
  }
  if (reader.draft === undefined && reader.finished.length === 0) {
    reader.problems.push({
      span: reader.preamble[0]?.keywordSpan ?? { start: 0, end: 0 },
      message: "No FROM: nothing can be built from this file.",
      effect: "syntax",
    });
  }
  const { comments, directives } = scanned;
  return finishReading(reader, {
    starts: offsetsOf(starts),
    ends: offsetsOf(ends),
    problems: reader.problems,
    comments,
    directives,
    isSound,
  });
}

/** Ends the last stage and puts the document together. */
export function finishReading(
  reader: Reader,
  parts: {
    readonly starts: Offsets;
    readonly ends: Offsets;
    readonly problems: readonly Problem[];
    readonly comments: readonly Comment[];
    readonly directives: readonly Directive[];
    readonly isSound: boolean;
  },
): ReadDockerfile {
  endStage(reader);
  const { text, lines, preamble, finished, global } = reader;
  const { problems } = parts;
  const stages = finished.map(({ stage }) => stage);
  const firsts: number[] = [];
  let count = preamble.length;
  for (const { length } of finished) {
    firsts.push(count);
    count += length;
  }
  const all = [...problems];
  if (global.work.left < 0) {
    const span = { start: 0, end: 0 };
    all.push({ span, message: "The variables are too much to follow in full.", effect: "unchecked" });
  }
  if (text.length <= maxTextLength) addLongLines(text, lines, all);
  const document = {
    language: "dockerfile",
    text,
    lines,
    comments: parts.comments,
    problems: all.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end),
    escape: reader.escape,
    directives: parts.directives,
    globalArgs: reader.globalArgs,
    stages,
    finalStage: stages.at(-1),
  } as const;
  return {
    document: documentOf(document, preamble),
    starts: parts.starts,
    ends: parts.ends,
    preamble,
    finished,
    firsts,
    global,
    problems,
    isSound: parts.isSound && global.work.left >= 0,
  };
}
