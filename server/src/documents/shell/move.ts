import { type Span, spanOf } from "../../text/span";
import type { ShellAssignment, ShellCommand, ShellRedirection, ShellWord } from "./model";
import { unwrap } from "./wrappers";

/** The same commands with every span moved by a number of UTF-16 units. */
export function moveCommands(commands: readonly ShellCommand[], by: number): readonly ShellCommand[] {
  const lists = new Map<readonly ShellCommand[], ShellCommand[]>();
  const moved = new Map<ShellCommand, ShellCommand>();
  for (const command of commands) moved.set(command, moveCommand(command, by, moved, lists));
  for (const [original, list] of lists) for (const command of original) list.push(moved.get(command)!);
  return [...moved.values()];
}

/**
 * Moves a command. The lists it shares with others are left empty in `lists` until all commands are there;
 * the commands it refers to stand before it, since what feeds or runs something starts no later.
 */
function moveCommand(
  command: ShellCommand,
  by: number,
  moved: ReadonlyMap<ShellCommand, ShellCommand>,
  lists: Map<readonly ShellCommand[], ShellCommand[]>,
): ShellCommand {
  const name = moveWord(command.name, by);
  const words = command.arguments.map((word) => moveWord(word, by));
  return {
    span: moveSpan(command.span, by),
    name,
    program: command.program,
    arguments: words,
    assignments: command.assignments.map((assignment) => moveAssignment(assignment, by)),
    redirections: command.redirections.map((redirection) => moveRedirection(redirection, by)),
    unwrapped: unwrap(name, words),
    pipeline: listFor(command.pipeline, lists),
    pipelineIndex: command.pipelineIndex,
    inputs: listFor(command.inputs, lists),
    context: command.context,
    feeds: command.feeds && moved.get(command.feeds),
    runBy: command.runBy && moved.get(command.runBy),
    joinedBy: command.joinedBy,
  };
}

function listFor(
  original: readonly ShellCommand[],
  lists: Map<readonly ShellCommand[], ShellCommand[]>,
): readonly ShellCommand[] {
  if (original.length === 0) return original;
  const known = lists.get(original);
  if (known !== undefined) return known;
  const made: ShellCommand[] = [];
  lists.set(original, made);
  return made;
}

function moveSpan(span: Span, by: number): Span {
  return spanOf(span.start + by, span.end + by);
}

function moveWord<Word extends ShellWord | undefined>(word: Word, by: number): Word {
  return word && { ...word, span: moveSpan(word.span, by) };
}

function moveAssignment(assignment: ShellAssignment, by: number): ShellAssignment {
  return {
    name: assignment.name,
    span: moveSpan(assignment.span, by),
    value: moveWord(assignment.value, by),
  };
}

function moveRedirection(redirection: ShellRedirection, by: number): ShellRedirection {
  return {
    operator: redirection.operator,
    span: moveSpan(redirection.span, by),
    target: moveWord(redirection.target, by),
    body: redirection.body && moveSpan(redirection.body, by),
  };
}
