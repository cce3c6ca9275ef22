import { maxStages, maxTextLength } from "../../limits";
import { linesOf } from "../../text/lines";
import type { Problem } from "../document";
import { buildInstruction } from "./build";
import type { BuildContext, Source } from "./context";
import type { ArgInstruction, DockerfileDocument, FromInstruction, Instruction } from "./model";
import { type Scan, type ScannedInstruction, scan } from "./scan";
import { globalScope, stageScope } from "./scope";
import {
  addInstruction,
  beginStage,
  dialectIn,
  type FinishedStage,
  finishStage,
  type StageDraft,
} from "./stages";

/**
 * Parses a Dockerfile. Never throws: what BuildKit would refuse becomes a problem, and the rest is modelled.
 *
 * Time and memory are linear in the text; shell scripts are parsed only when they are first asked for.
 *
 * @param text the whole file; a byte-order mark and any line breaks are fine
 */
export function parseDockerfile(text: string): DockerfileDocument {
  const lines = linesOf(text);
  if (text.length > maxTextLength) {
    const span = { start: 0, end: 0 };
    const problem: Problem = { span, message: "The file is too long to be checked.", effect: "unchecked" };
    return emptyDocument(text, lines, [problem]);
  }
  const scanned = scan(text, lines);
  const reader = newReader(text, lines, scanned);
  for (const instruction of scanned.instructions) {
    if (!readInstruction(reader, instruction)) break;
  }
  endStage(reader);
  const stages = reader.finished.map(({ stage }) => stage);
  if (stages.length === 0) {
    const span =
      scanned.instructions.length === 0 ? { start: 0, end: 0 } : reader.instructions[0]!.keywordSpan;
    reader.problems.push({
      span,
      message: "No FROM: nothing can be built from this file.",
      effect: "syntax",
    });
  }
  if (reader.global.work.left < 0) {
    const span = { start: 0, end: 0 };
    reader.problems.push({
      span,
      message: "The variables are too much to follow in full.",
      effect: "unchecked",
    });
  }
  addLongLines(reader);
  return {
    language: "dockerfile",
    text,
    lines,
    comments: scanned.comments,
    problems: reader.problems.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end),
    escape: scanned.escape,
    directives: scanned.directives,
    instructions: reader.instructions,
    globalArgs: reader.globalArgs,
    stages,
    finalStage: stages.at(-1),
  };
}

function emptyDocument(
  text: string,
  lines: DockerfileDocument["lines"],
  problems: readonly Problem[],
): DockerfileDocument {
  return {
    language: "dockerfile",
    text,
    lines,
    comments: [],
    problems,
    escape: "\\",
    directives: [],
    instructions: [],
    globalArgs: [],
    stages: [],
    finalStage: undefined,
  };
}

interface Reader {
  readonly text: string;
  readonly lines: DockerfileDocument["lines"];
  readonly scanned: Scan;
  readonly problems: Problem[];
  readonly instructions: Instruction[];
  readonly globalArgs: ArgInstruction[];
  readonly finished: FinishedStage[];
  /** Index of the last stage of each name, in lower case. */
  readonly stageNames: Map<string, number>;
  readonly findStage: BuildContext["findStage"];
  readonly global: BuildContext["scope"];
  draft: StageDraft | undefined;
}

function newReader(text: string, lines: DockerfileDocument["lines"], scanned: Scan): Reader {
  const stageNames = new Map<string, number>();
  return {
    text,
    lines,
    scanned,
    problems: [...scanned.problems],
    instructions: [],
    globalArgs: [],
    finished: [],
    stageNames,
    findStage: (name) => stageNames.get(name.toLowerCase()),
    global: globalScope(),
    draft: undefined,
  };
}

/** Reads one instruction; `false` where a limit is reached and reading must end. */
function readInstruction(reader: Reader, scanned: ScannedInstruction): boolean {
  const { lines, scanned: whole } = reader;
  const source: Source = {
    command: scanned.command,
    heredocs: scanned.heredocs,
    startLine: lines.at(scanned.firstLine).line,
    // A lone carriage return is white space to BuildKit and a line's end to an editor: the end may be further down.
    endLine: Math.max(lines.at(scanned.lastLine).line, lines.at(scanned.end).line),
    end: scanned.end,
    onbuild: false,
  };
  const begins = scanned.command.keyword === "FROM";
  if (begins) {
    endStage(reader);
    if (reader.finished.length === maxStages) {
      const span = { start: scanned.firstLine, end: scanned.end };
      reader.problems.push({
        span,
        message: "Too many stages: the rest is not checked.",
        effect: "unchecked",
      });
      return false;
    }
  }
  const { draft } = reader;
  const context: BuildContext = {
    text: reader.text,
    lines,
    escape: whole.escape,
    problems: reader.problems,
    scope: draft?.scope ?? reader.global,
    stageIndex: begins ? reader.finished.length : (draft?.index ?? -1),
    position: draft?.instructions.length ?? reader.instructions.length,
    dialect: draft === undefined ? "posix" : dialectIn(draft),
    findStage: reader.findStage,
  };
  const instruction = buildInstruction(source, context);
  reader.instructions.push(instruction);
  if (instruction.keyword === "FROM") beginAt(reader, instruction);
  else if (draft !== undefined) addInstruction(draft, instruction);
  else if (instruction.keyword === "ARG") reader.globalArgs.push(instruction);
  else if (instruction.keyword !== "UNKNOWN") {
    const message = `${instruction.keyword} cannot stand before the first FROM.`;
    reader.problems.push({ span: instruction.keywordSpan, message, effect: "syntax" });
  }
  return true;
}

function beginAt(reader: Reader, from: FromInstruction): void {
  const target = from.image?.target;
  const parent = target?.kind === "stage" ? reader.finished[target.index] : undefined;
  const scope = stageScope(reader.global, parent?.scope);
  const draft = beginStage(reader.finished.length, from, parent, reader.global, scope, reader.scanned.escape);
  addInstruction(draft, from);
  reader.draft = draft;
}

function endStage(reader: Reader): void {
  const { draft } = reader;
  if (draft === undefined) return;
  reader.finished.push(finishStage(draft, reader.scanned.escape));
  if (draft.from.alias !== undefined)
    reader.stageNames.set(draft.from.alias.value.toLowerCase(), draft.index);
  reader.draft = undefined;
}

/** BuildKit refuses a physical line of more bytes (Go's bufio.MaxScanTokenSize, the line feed included). */
const longestLine = 65_535;
const mostBytesPerUnit = 3;

function addLongLines(reader: Reader): void {
  const { text, lines, problems } = reader;
  if (text.length * mostBytesPerUnit <= longestLine) return;
  for (let line = 0; line < lines.count; line++) {
    const start = lines.startOf(line);
    const end = lines.startOf(line + 1);
    if ((end - start) * mostBytesPerUnit <= longestLine) continue;
    if (utf8Length(text, start, end) <= longestLine) continue;
    problems.push({
      span: lines.contentOf(line),
      message: "The line is longer than the builder can read.",
      effect: "syntax",
    });
  }
}

function utf8Length(text: string, from: number, to: number): number {
  let length = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    const isSurrogate = code >= 0xd800 && code <= 0xdfff;
    length += code < 0x80 ? 1 : code < 0x800 || isSurrogate ? 2 : 3;
  }
  return length;
}
