import { maxScriptDepth, maxShellCommands, maxShellWrappers } from "../../limits";
import { type Span, spanOf } from "../../text/span";
import type { ShellAssignment, ShellCommand, ShellRedirection, ShellWord } from "./model";
import { type NestedScript, nestedScripts } from "./nested";
import {
  addUnescaped,
  escapableInDoubleQuotes,
  escapableInHeredoc,
  outerSpan,
  type Pieces,
  type Positions,
  positionsOf,
} from "./positions";
import { programOf } from "./programs";
import { isWrapper, unwrap } from "./wrappers";

/** A script that is being read: the root, or one in a string or heredoc of another. */
export interface Source {
  readonly text: string;
  /** Where its characters stand in the root's text. */
  readonly positions: Positions;
  /** How many strings and heredocs it is inside of. */
  readonly depth: number;
}

/** The text that a document gave, and where it stands there. */
export interface Root {
  /** The document's range for a range of the root's text. */
  spanOf(start: number, end: number): Span;
  /** Whether the characters from an offset of the root's text on are the document's own. */
  isExact(start: number): boolean;
}

/**
 * The root of a text that starts at an offset of a document.
 *
 * @param offsets The place of each character of the root in that text, where some were left out.
 */
export function rootAt(offset: number, offsets: readonly number[] | undefined): Root {
  const isExact = () => true;
  if (offsets === undefined) return { spanOf: (start, end) => spanOf(start + offset, end + offset), isExact };
  const positions: Positions = { kind: "table", offsets };
  return {
    spanOf: (start, end) => {
      const inText = outerSpan(positions, start, end);
      return spanOf(inText.start + offset, inText.end + offset);
    },
    isExact,
  };
}

/** Where a command stands, handed down while a script is read. */
export interface Place extends Pick<ShellCommand, "context" | "feeds" | "runBy" | "joinedBy" | "inputs"> {
  /** The pipeline it belongs to; `undefined` for one of its own. */
  readonly pipeline: ShellCommand[] | undefined;
  /** Collects the commands whose output goes into the same pipe. */
  readonly outputs: ShellCommand[] | undefined;
  /** How many substitutions it is inside of. */
  readonly nesting: number;
}

export const topPlace: Place = {
  context: "top",
  feeds: undefined,
  runBy: undefined,
  joinedBy: "start",
  inputs: [],
  pipeline: undefined,
  outputs: undefined,
  nesting: 0,
};

/** What has been read of a root so far. */
export interface Reading {
  readonly root: Root;
  readonly commands: ShellCommand[];
  incomplete: boolean;
}

export interface CommandParts {
  readonly span: Span;
  readonly name: ShellWord | undefined;
  readonly arguments: readonly ShellWord[];
  readonly assignments: readonly ShellAssignment[];
  readonly redirections: readonly ShellRedirection[];
}

/** The document's range for a range of a source. */
export function documentSpan(reading: Reading, source: Source, start: number, end: number): Span {
  const { positions } = source;
  if (positions.kind === "shift") return reading.root.spanOf(start + positions.by, end + positions.by);
  const inRoot = outerSpan(positions, start, end);
  return reading.root.spanOf(inRoot.start, inRoot.end);
}

/** The document's range of a node of a source, without the continuations that the parser counts in. */
export function spanOfNode(
  reading: Reading,
  source: Source,
  node: { readonly pos: number; readonly end: number },
): Span {
  const { text } = source;
  let { pos, end } = node;
  while (end - pos >= 2 && text.startsWith(continuation, end - 2)) end -= 2;
  while (end - pos >= 2 && text.startsWith(continuation, pos)) pos += 2;
  return documentSpan(reading, source, pos, end);
}

/** A line break that the shell takes out. */
export const continuation = "\\\n";

/** Whether the characters of a range stand in the document just so, with no escape in them or before them. */
export function isExact(reading: Reading, source: Source, start: number, end: number): boolean {
  const { positions } = source;
  if (positions.kind === "shift") return reading.root.isExact(start + positions.by);
  if (positions.kind === "fixed") return false;
  const from = Math.max(start - 1, 0);
  const length = positions.offsets[end - 1]! - positions.offsets[from]!;
  return length === end - 1 - from && reading.root.isExact(positions.offsets[start]!);
}

/** Between backquotes the parser reads a copy without the backslashes that quote: find where each character was. */
export function sourceOfBackquotes(
  source: Source,
  node: { readonly pos: number; readonly end: number },
  text: string,
): Source {
  const { depth } = source;
  for (const escapable of [escapableInHeredoc, escapableInDoubleQuotes]) {
    const pieces: Pieces = { text: "", offsets: [] };
    addUnescaped(pieces, source.text, node.pos + 1, node.end - 1, escapable);
    if (pieces.text === text) return { text, positions: positionsOf(pieces, source.positions), depth };
  }
  return { text, positions: { kind: "fixed", span: outerSpan(source.positions, node.pos, node.end) }, depth };
}

/** What stands between two statements of a list, from the end of the one to the start of the other. */
export function separator(
  text: string,
  before: { readonly end: number; readonly background: boolean | undefined },
  start: number,
): ShellCommand["joinedBy"] {
  if (before.background) return "&";
  let at = before.end;
  while (text[at] === " " || text[at] === "\t") at += 1;
  return at < start && text[at] === ";" ? ";" : "newline";
}

/** Adds a command at its place. Its pipeline fills up as the later ones are read. */
export function addCommand(reading: Reading, place: Place, parts: CommandParts): ShellCommand {
  const pipeline = place.pipeline ?? [];
  const command: ShellCommand = {
    span: parts.span,
    name: parts.name,
    program: programOf(parts.name),
    arguments: parts.arguments,
    assignments: parts.assignments,
    redirections: parts.redirections,
    unwrapped: unwrap(parts.name, parts.arguments),
    pipeline,
    pipelineIndex: pipeline.length,
    inputs: place.inputs,
    context: place.context,
    feeds: place.feeds,
    runBy: place.runBy,
    joinedBy: place.joinedBy,
  };
  pipeline.push(command);
  place.outputs?.push(command);
  reading.commands.push(command);
  // What is still wrapped after so many wrappers is a command that nobody has seen.
  const { wrappers, program } = command.unwrapped;
  if (wrappers.length === maxShellWrappers && isWrapper(program)) reading.incomplete = true;
  return command;
}

/** How the texts of a command are turned into scripts. */
export interface TextsOfCommand {
  /** Adds a word of the command, quotes taken out; gives whether it could be placed. */
  addWord(pieces: Pieces, word: ShellWord): boolean;
  /** Adds the body of a heredoc. */
  addBody(pieces: Pieces, redirection: ShellRedirection): boolean;
  /** Called with each script that the command runs. */
  enter(script: Source, place: Place): void;
}

/**
 * Finds the scripts that a command runs from its own text, down to `maxScriptDepth`.
 *
 * @param textsOf Asked only where there are such scripts.
 */
export function enterNestedScripts(
  reading: Reading,
  source: Source,
  command: ShellCommand,
  place: Place,
  textsOf: () => TextsOfCommand,
): void {
  const scripts = nestedScripts(command.unwrapped, command.redirections);
  if (scripts.length === 0) return;
  const depth = source.depth + 1;
  if (depth > maxScriptDepth) {
    reading.incomplete = true;
    return;
  }
  const texts = textsOf();
  const inner: Place = {
    ...place,
    context: place.context === "top" ? "subshell" : place.context,
    runBy: command,
    joinedBy: "start",
    pipeline: undefined,
  };
  for (const script of scripts) {
    if (script.kind === "command") {
      addCommandOfWords(reading, { ...source, depth }, script.words, inner, texts);
    } else {
      const found = textOf(script, source, texts);
      if (found !== undefined) texts.enter({ ...found, depth }, inner);
      else if (isConstant(script)) reading.incomplete = true;
    }
  }
}

/** Whether a script that could not be read says something: `sh -c "$X"` does not, `sh -c $'a\x20b'` does. */
function isConstant(script: NestedScript): boolean {
  return script.kind === "words" && script.words.every((word) => word.value !== undefined);
}

function addCommandOfWords(
  reading: Reading,
  source: Source,
  words: readonly ShellWord[],
  place: Place,
  texts: TextsOfCommand,
): void {
  if (reading.commands.length >= maxShellCommands) {
    reading.incomplete = true;
    return;
  }
  const [name, ...rest] = words;
  const command = addCommand(reading, place, {
    span: spanOf(words[0]!.span.start, words.at(-1)!.span.end),
    name,
    arguments: rest,
    assignments: [],
    redirections: [],
  });
  enterNestedScripts(reading, source, command, place, () => texts);
}

function textOf(
  script: Exclude<NestedScript, { kind: "command" }>,
  source: Source,
  texts: TextsOfCommand,
): Pick<Source, "text" | "positions"> | undefined {
  const pieces: Pieces = { text: "", offsets: [] };
  if (script.kind === "heredoc") {
    if (!texts.addBody(pieces, script.redirection)) return undefined;
  } else {
    for (const word of script.words) {
      if (pieces.text !== "") addBlank(pieces);
      if (!texts.addWord(pieces, word)) return undefined;
    }
  }
  return { text: pieces.text, positions: positionsOf(pieces, source.positions) };
}

/** The blank that joins two words stands right after the first. */
function addBlank(pieces: Pieces): void {
  pieces.text += " ";
  pieces.offsets.push((pieces.offsets.at(-1) ?? -1) + 1);
}
