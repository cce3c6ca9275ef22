import { maxStages } from "../../limits";
import type { Lines } from "../../text/lines";
import type { Problem } from "../document";
import { buildInstruction } from "./build";
import type { BuildContext, Source } from "./context";
import type { ArgInstruction, FromInstruction, Instruction } from "./model";
import type { ScannedInstruction } from "./scan";
import { type Scope, stageScope } from "./scope";
import {
  addInstruction,
  beginStage,
  dialectIn,
  type FinishedStage,
  finishStage,
  type StageDraft,
} from "./stages";

/** What has been read of a Dockerfile so far, instruction by instruction. */
export interface Reader {
  readonly text: string;
  readonly lines: Lines;
  readonly escape: "\\" | "`";
  readonly problems: Problem[];
  /** The instructions before the first FROM. */
  readonly preamble: Instruction[];
  readonly globalArgs: ArgInstruction[];
  readonly finished: FinishedStage[];
  /** The index of the last stage of a name, in any case. */
  readonly findStage: BuildContext["findStage"];
  readonly global: Scope;
  draft: StageDraft | undefined;
}

export function newReader(
  text: string,
  lines: Lines,
  escapeChar: "\\" | "`",
  global: Scope,
  problems: readonly Problem[],
): Reader {
  const finished: FinishedStage[] = [];
  return {
    text,
    lines,
    escape: escapeChar,
    problems: [...problems],
    preamble: [],
    globalArgs: [],
    finished,
    findStage: finderIn(finished),
    global,
    draft: undefined,
  };
}

/** Takes note of names when one is looked for: after an edit that is seldom. */
function finderIn(finished: readonly FinishedStage[]): BuildContext["findStage"] {
  const indices = new Map<string, number>();
  let noted = 0;
  return (sought) => {
    for (; noted < finished.length; noted++) {
      const { index, name } = finished[noted]!.stage;
      if (name !== undefined) indices.set(name.toLowerCase(), index);
    }
    return indices.get(sought.toLowerCase());
  };
}

/** Reads one instruction; `false` where a limit is reached and reading must end. */
export function readInstruction(reader: Reader, scanned: ScannedInstruction): boolean {
  const { lines } = reader;
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
    escape: reader.escape,
    problems: reader.problems,
    scope: draft?.scope ?? reader.global,
    stageIndex: begins ? reader.finished.length : (draft?.index ?? -1),
    position: draft?.instructions.length ?? reader.preamble.length,
    dialect: draft === undefined ? "posix" : dialectIn(draft),
    findStage: reader.findStage,
  };
  const instruction = buildInstruction(source, context);
  if (instruction.keyword === "FROM") {
    beginAt(reader, instruction);
    return true;
  }
  if (draft !== undefined) {
    addInstruction(draft, instruction);
    return true;
  }
  reader.preamble.push(instruction);
  if (instruction.keyword === "ARG") reader.globalArgs.push(instruction);
  else if (instruction.keyword !== "UNKNOWN") {
    const message = `${instruction.keyword} cannot stand before the first FROM.`;
    reader.problems.push({ span: instruction.keywordSpan, message, effect: "syntax" });
  }
  return true;
}

/** Takes an instruction that was read before, in a text that is the same in all that decides what it means. */
export function takeInstruction(reader: Reader, instruction: Instruction): void {
  if (instruction.keyword === "FROM") {
    endStage(reader);
    beginAt(reader, instruction);
    return;
  }
  const { draft } = reader;
  if (draft === undefined) return;
  if (instruction.keyword === "ARG") {
    for (const { name, expanded } of instruction.assignments)
      draft.scope.declareArg(name, expanded, draft.instructions.length);
  }
  addInstruction(draft, instruction);
}

/** Ends the stage that is being read. */
export function endStage(reader: Reader): void {
  const { draft } = reader;
  if (draft === undefined) return;
  reader.finished.push(finishStage(draft, reader.escape));
  reader.draft = undefined;
}

function beginAt(reader: Reader, from: FromInstruction): void {
  const target = from.image?.target;
  const parent = target?.kind === "stage" ? reader.finished[target.index] : undefined;
  const scope = stageScope(reader.global, parent?.scope);
  const draft = beginStage(reader.finished.length, from, parent, reader.global, scope, reader.escape);
  addInstruction(draft, from);
  reader.draft = draft;
}
