import {
  type Assignment,
  type Command,
  forEachChild,
  type ParsedScript,
  parse,
  type Redirection,
  type Statement,
  type SyntaxNode,
  type Word,
} from "unbash";
import {
  maxExpansionDepth,
  maxShellCommands,
  maxShellLength,
  maxShellNesting,
  maxShellWork,
} from "../../limits";
import { ownCopy } from "../../text/ownCopy";
import { type Span, spanOf } from "../../text/span";
import { cachedScript } from "./cache";
import {
  addCommand,
  documentSpan,
  enterNestedScripts,
  type Place,
  type Reading,
  type Root,
  rootAt,
  type Source,
  separator,
  sourceOfBackquotes,
  spanOfNode,
  type TextsOfCommand,
  topPlace,
} from "./commands";
import { addExecCommand, type ExecString, rootOfExec } from "./exec";
import type { ShellAssignment, ShellCommand, ShellRedirection, ShellScript, ShellWord } from "./model";
import { joinedLines, outerSpan, type Positions, positionsOf, unmoved } from "./positions";
import { dialectOfProgram, dialectOfShebang } from "./programs";
import { addBody, addWord, plainWordOf, wordOf, wordOfAssignment, wordOfDelimiter } from "./words";

/**
 * The commands of a shell script. Never throws; a script that is half typed gives what can be read of it.
 *
 * @param masked The document's text from `offset`, of the same length, comment lines inside continuations blanked.
 * @param offset Where the script starts in the document, in UTF-16 units.
 * @param dialect The shell in force. A `#!` line goes before it.
 */
export function parseShell(masked: string, offset: number, dialect: ShellScript["dialect"]): ShellScript {
  if (dialect !== "posix") return readShell(masked, offset, dialect);
  return cachedScript(masked, offset, () => readShell(masked, offset, dialect));
}

/** The same without remembering it, for callers that know the text under another name. */
export function readShell(masked: string, offset: number, dialect: ShellScript["dialect"]): ShellScript {
  const span = spanOf(offset, offset + masked.length);
  const spoken = dialectOfShebang(masked) ?? dialect;
  if (spoken !== "posix") return { dialect: spoken, span, commands: [], incomplete: false };
  if (masked.length > maxShellLength) return { dialect: spoken, span, commands: [], incomplete: true };
  // Words are parts of the text, and scripts are remembered when their document is gone.
  return readScript(ownCopy(masked), span);
}

/**
 * The command that an exec form names and, where it is a shell with `-c`, the commands of that script. Spans
 * inside the script are exact where its string has no escapes, else they are the whole string's.
 *
 * @param args The strings with their places: JSON strings with their quotes, or plain text.
 * @param span The whole exec form.
 */
export function scriptOfExec(args: readonly ExecString[], span: Span): ShellScript {
  const dialect = dialectOfProgram(args[0]?.value ?? "");
  if (dialect !== "posix") return { dialect, span, commands: [], incomplete: false };
  const root = rootOfExec(args);
  if (root.text.length > maxShellLength) return { dialect, span, commands: [], incomplete: true };
  const walk = newWalk(root);
  addExecCommand(walk, root, args, (script, place) => enterText(walk, script, place));
  return finishScript(walk, span);
}

/**
 * The commands of a script whose characters stand apart in a document, such as one in a block of YAML. Not remembered.
 *
 * @param places The offset of each character of `text` in the document, rising; or the place of all of it where no more
 *   is known.
 * @param span The script's place in the document.
 */
export function parseShellAt(text: string, places: readonly number[] | Span, span: Span): ShellScript {
  const isFixed = "start" in places;
  const whole: Positions = isFixed
    ? { kind: "fixed", span: places }
    : positionsOf({ text, offsets: [...places] }, unmoved);
  const joined = joinedLines(text);
  const walk = newWalk(rootAt(0, undefined));
  const positions = joined === undefined ? whole : positionsOf(joined, whole);
  enterText(walk, { text: joined?.text ?? text, positions, depth: 0 }, topPlace);
  return finishScript(walk, span);
}

function readScript(masked: string, span: Span): ShellScript {
  const joined = joinedLines(masked);
  const walk = newWalk(rootAt(span.start, joined?.offsets));
  enterText(walk, { text: joined?.text ?? masked, positions: unmoved, depth: 0 }, topPlace);
  return finishScript(walk, span);
}

/** A reading with the tree's nodes that are still to be visited, the next one last: no recursion. */
interface Walk extends Reading {
  readonly pending: { readonly node: SyntaxNode; readonly source: Source; readonly place: Place }[];
  /** Root offsets of the substitutions entered: a string that is a script too would show its own again. */
  readonly entered: Set<number>;
  /** How many more UTF-16 units of substitutions and expansions may be read. */
  work: number;
}

function newWalk(root: Root): Walk {
  return { root, commands: [], incomplete: false, pending: [], entered: new Set(), work: maxShellWork };
}

function finishScript(walk: Walk, span: Span): ShellScript {
  // The parser is total by its own word; were it wrong, a crash here would take all findings of the file along.
  try {
    visitPending(walk);
  } catch {
    walk.incomplete = true;
  }
  walk.commands.sort((a, b) => a.span.start - b.span.start);
  return { dialect: "posix", span, commands: walk.commands, incomplete: walk.incomplete };
}

function visitPending(walk: Walk): void {
  for (let next = walk.pending.pop(); next !== undefined; next = walk.pending.pop()) {
    if (walk.commands.length >= maxShellCommands) {
      walk.incomplete = true;
      return;
    }
    visit(walk, next.node, next.source, next.place);
  }
}

function enterText(walk: Walk, source: Source, place: Place): void {
  walk.pending.push({ node: parse(source.text), source, place });
}

function visit(walk: Walk, node: SyntaxNode, source: Source, place: Place): void {
  switch (node.type) {
    case "Script":
      if ((node as ParsedScript).errors?.length) walk.incomplete = true;
      pushStatements(walk, node.commands, source, place);
      return;
    case "CompoundList":
      pushStatements(walk, node.commands, source, place);
      return;
    case "Statement":
      walk.pending.push({ node: node.command, source, place });
      return;
    case "AndOr":
      for (let at = node.commands.length - 1; at >= 0; at -= 1) {
        const joinedBy = node.operators[at - 1];
        const inner = joinedBy === undefined ? place : { ...place, joinedBy, pipeline: undefined };
        walk.pending.push({ node: node.commands[at]!, source, place: inner });
      }
      return;
    case "Pipeline": {
      const pipeline = place.pipeline ?? [];
      const last = node.commands.length - 1;
      const outputs = node.commands.map((_, at): ShellCommand[] | undefined =>
        at < last ? [] : place.outputs,
      );
      for (let at = last; at >= 0; at -= 1) {
        const inputs = outputs[at - 1] ?? place.inputs;
        const inner = { ...place, pipeline, inputs, outputs: outputs[at] };
        walk.pending.push({ node: node.commands[at]!, source, place: inner });
      }
      return;
    }
    case "Command":
      readCommand(walk, node, source, place);
      return;
    case "Function":
      walk.pending.push({ node: node.body, source, place: placeInFunction(place) });
      return;
    case "Subshell":
      walk.pending.push({
        node: node.body,
        source,
        place: place.context === "top" ? { ...place, context: "subshell" } : place,
      });
      return;
    case "CommandExpansion":
    case "ProcessSubstitution":
    case "ArithmeticCommandExpansion":
      enterSubstitution(walk, node, source, place, undefined);
      return;
    default:
      pushChildren(walk, node, source, place);
  }
}

/** A function reads and writes nothing where it is defined. */
function placeInFunction(place: Place): Place {
  const { context } = place;
  const substituted = context === "substitution" || context === "process-substitution";
  return {
    ...place,
    context: substituted ? context : "function",
    inputs: [],
    pipeline: undefined,
    outputs: undefined,
  };
}

/** Of a compound command, the first list stands for it in its pipeline. */
function pushChildren(walk: Walk, node: SyntaxNode, source: Source, place: Place): void {
  const children: SyntaxNode[] = [];
  forEachChild(node, (child) => children.push(child));
  const first = children.findIndex(({ type }) => type !== "Word");
  const later: Place = { ...place, pipeline: undefined };
  for (let at = children.length - 1; at >= 0; at -= 1) {
    walk.pending.push({ node: children[at]!, source, place: at === first ? place : later });
  }
}

function pushStatements(walk: Walk, statements: readonly Statement[], source: Source, place: Place): void {
  for (let at = statements.length - 1; at >= 0; at -= 1) {
    const before = statements[at - 1];
    const statement = statements[at]!;
    const inner: Place =
      before === undefined
        ? { ...place, joinedBy: "start" }
        : { ...place, joinedBy: separator(source.text, before, statement.pos), pipeline: undefined };
    walk.pending.push({ node: statement.command, source, place: inner });
  }
}

type Substitution = Extract<
  SyntaxNode,
  { readonly type: "CommandExpansion" | "ProcessSubstitution" | "ArithmeticCommandExpansion" }
>;

function enterSubstitution(
  walk: Walk,
  node: Substitution,
  source: Source,
  place: Place,
  feeds: ShellCommand | undefined,
): void {
  if (source.positions.kind !== "fixed") {
    const at = outerSpan(source.positions, node.pos, node.end).start;
    if (walk.entered.has(at)) return;
    walk.entered.add(at);
  }
  if (place.nesting >= maxShellNesting || !spend(walk, node)) {
    walk.incomplete = true;
    return;
  }
  const { script } = node;
  if (script === undefined) return;
  const inner: Place = {
    ...topPlace,
    context: node.type === "ProcessSubstitution" ? "process-substitution" : "substitution",
    feeds,
    runBy: place.runBy,
    nesting: place.nesting + 1,
  };
  const within = script.source === undefined ? source : sourceOfBackquotes(source, node, script.source);
  walk.pending.push({ node: script, source: within, place: inner });
}

/** Takes the work of reading a node from what is left; gives whether there was enough. */
function spend(walk: Walk, node: SyntaxNode): boolean {
  walk.work -= node.end - node.pos;
  return walk.work >= 0;
}

function readCommand(walk: Walk, node: Command, source: Source, place: Place): void {
  const substitutions: Substitution[] = [];
  const reader: WordReader = { walk, source, substitutions };
  const name = node.name && readWord(reader, node.name);
  const args = node.args;
  const assignments = node.prefix
    .filter((part) => part.type === "Assignment")
    .map((part) => readAssignment(reader, part));
  const words = args.map((arg) => {
    if (arg.type === "Word") return readWord(reader, arg);
    const assignment = readAssignment(reader, arg);
    assignments.push(assignment);
    return wordOfAssignment(source, arg, assignment);
  });
  const redirections = node.redirects.map((redirect) => readRedirection(reader, redirect));
  if (name === undefined && assignments.length === 0 && redirections.length === 0) return;
  const command = addCommand(walk, place, {
    span: spanOfNode(walk, source, node),
    name,
    arguments: words,
    assignments,
    redirections,
  });
  enterNestedScripts(walk, source, command, place, () => textsOf(walk, source, node, command));
  for (const substitution of substitutions) enterSubstitution(walk, substitution, source, place, command);
}

function textsOf(walk: Walk, source: Source, node: Command, command: ShellCommand): TextsOfCommand {
  const nodes = nodesOfWords(node, command);
  return {
    addWord: (pieces, word) => {
      const found = nodes.get(word);
      return found !== undefined && addWord(pieces, source.text, found);
    },
    addBody: (pieces, redirection) => {
      const heredoc = node.redirects[command.redirections.indexOf(redirection)];
      return heredoc?.type === "HereDoc" && addBody(pieces, source.text, heredoc);
    },
    enter: (script, place) => enterText(walk, script, place),
  };
}

/** The parser's words behind the arguments and the here strings of a command. */
function nodesOfWords(node: Command, command: ShellCommand): ReadonlyMap<ShellWord, Word> {
  const nodes = new Map<ShellWord, Word>();
  for (const [at, arg] of node.args.entries()) {
    if (arg.type === "Word") nodes.set(command.arguments[at]!, arg);
  }
  for (const [at, redirect] of node.redirects.entries()) {
    const target = command.redirections[at]!.target;
    if (redirect.type === "HereString" && redirect.target && target) nodes.set(target, redirect.target);
  }
  return nodes;
}

interface WordReader {
  readonly walk: Walk;
  readonly source: Source;
  /** The substitutions met while reading words. */
  readonly substitutions: Substitution[];
}

function readWord(reader: WordReader, node: Word): ShellWord {
  if (node.parts === undefined) return plainWordOf(reader.walk, reader.source, node);
  const variables: string[] = [];
  // The parts are the parser's own nodes, seen through the narrower type that words.ts needs.
  return wordOf(reader.walk, reader.source, node, variables, (part) =>
    readExpansion(reader, part as SyntaxNode, variables, 0),
  );
}

function readExpansion(reader: WordReader, node: SyntaxNode, variables: string[], depth: number): void {
  switch (node.type) {
    case "CommandExpansion":
    case "ProcessSubstitution":
    case "ArithmeticCommandExpansion":
      reader.substitutions.push(node);
      return;
    case "SimpleExpansion":
      addVariable(variables, node.text.slice(1));
      return;
    case "ParameterExpansion":
      addVariable(variables, node.parameter);
  }
  if (depth < maxExpansionDepth)
    forEachChild(node, (child) => readExpansion(reader, child, variables, depth + 1));
  else reader.walk.incomplete = true;
}

function addVariable(variables: string[], name: string): void {
  if (/^[A-Za-z_]/.test(name)) variables.push(name);
}

function readAssignment(reader: WordReader, node: Assignment): ShellAssignment {
  const { value } = node;
  if (node.index !== undefined) readExpansion(reader, node.index, [], 0);
  if (value.type === "ArrayValue") readExpansion(reader, value, [], 0);
  return {
    name: node.name,
    span: spanOfNode(reader.walk, reader.source, node),
    value: value.type === "Word" ? readWord(reader, value) : undefined,
  };
}

function readRedirection(reader: WordReader, node: Redirection): ShellRedirection {
  const span = spanOfNode(reader.walk, reader.source, node);
  if (node.type !== "HereDoc") {
    return {
      operator: node.operator,
      span,
      target: node.target && readWord(reader, node.target),
      body: undefined,
    };
  }
  const { body, delimiter } = node;
  for (const part of body.parts ?? []) readExpansion(reader, part, [], 0);
  const target = delimiter && wordOfDelimiter(reader.walk, reader.source, delimiter);
  return {
    operator: node.operator,
    span,
    target,
    body: documentSpan(reader.walk, reader.source, body.pos, body.end),
  };
}
