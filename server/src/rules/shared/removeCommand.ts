import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { deleteSpan, type TextEdit } from "../../text/edit";
import { type Span, spanOf } from "../../text/span";

/**
 * Takes one command out of a RUN: with the `&&` or `;` that joins it, or with its whole instruction where that runs
 * nothing else.
 *
 * @returns undefined where it is a part of something larger (a pipe, a condition, a heredoc, a trigger), or where
 * comments stand in between
 */
export function removalOfCommand(
  document: DockerfileDocument,
  instruction: Instruction,
  command: ShellCommand,
): TextEdit | undefined {
  if (instruction.keyword !== "RUN" || instruction.form !== "shell" || instruction.heredocs.length > 0)
    return undefined;
  const { argumentsSpan, script } = instruction;
  const { commands } = script;
  const at = commands.indexOf(command);
  if (at < 0 || script.incomplete || command.context !== "top") return undefined;
  const previous = commands[at - 1];
  const next = commands[at + 1];
  const between = (start: number, end: number) => document.text.slice(start, end).replace(/[\s\\`]+/g, "");
  const before = between(previous?.span.end ?? argumentsSpan.start, command.span.start);
  const after = between(command.span.end, next?.span.start ?? argumentsSpan.end);
  if (!isJoin(before, previous) || !isJoin(after, next)) return undefined;
  if (next !== undefined && (previous === undefined || after === "&&"))
    return deleteSpan(spanOf(command.span.start, next.span.start));
  if (previous !== undefined) return deleteSpan(spanOf(previous.span.end, command.span.end));
  return instruction.onbuild ? undefined : deleteSpan(linesOf(document, instruction));
}

/** Whether nothing stands between a command and its neighbour but what joins the two. */
function isJoin(text: string, neighbour: ShellCommand | undefined): boolean {
  return neighbour === undefined ? text === "" : text === "&&" || text === ";";
}

/** The lines of an instruction with their last line break. */
function linesOf({ lines, text }: DockerfileDocument, { startLine, endLine }: Instruction): Span {
  return spanOf(
    lines.startOf(startLine),
    endLine + 1 < lines.count ? lines.startOf(endLine + 1) : text.length,
  );
}
