import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { maxRewrittenCommands } from "../../ruleLimits";
import { deleteSpan, type TextEdit } from "../../text/edit";
import { type Span, spanOf } from "../../text/span";

/**
 * Takes a command out of a RUN: with its whole pipeline, with the `&&` or `;` that joins it, and with its whole
 * instruction where that runs nothing else.
 *
 * @returns undefined where it is a part of something larger (a condition, a group, a heredoc, a trigger), or where
 * comments stand in between
 */
export function removalOfCommand(
  document: DockerfileDocument,
  instruction: Instruction,
  command: ShellCommand,
): TextEdit | undefined {
  return removalOfCommands(document, instruction, [command])?.[0];
}

/** Takes several commands out of a RUN, each as {@link removalOfCommand} does; all of them or none. */
export function removalOfCommands(
  document: DockerfileDocument,
  instruction: Instruction,
  removed: readonly ShellCommand[],
): readonly TextEdit[] | undefined {
  if (instruction.keyword !== "RUN" || instruction.form !== "shell" || instruction.heredocs.length > 0)
    return undefined;
  const { argumentsSpan, script } = instruction;
  if (script.incomplete || removed.length === 0 || script.commands.length > maxRewrittenCommands)
    return undefined;
  const gone = new Set(removed.flatMap(({ pipeline }) => pipeline));
  if ([...gone].some(({ context }) => context !== "top")) return undefined;
  const steps = stepsOf(script.commands);
  const isGone = (step: Step): boolean => gone.has(step.first);
  if (steps.every(isGone))
    return isBare(document, argumentsSpan.start, steps[0]) && !instruction.onbuild
      ? [deleteSpan(linesOf(document, instruction))]
      : undefined;
  const join = (before: number, after: number): string =>
    document.text.slice(before, after).replace(/[\s\\`]+/g, "");
  const edits: TextEdit[] = [];
  for (let at = 0; at < steps.length; at++) {
    if (!isGone(steps[at]!)) continue;
    const from = at;
    while (at + 1 < steps.length && isGone(steps[at + 1]!)) at++;
    const previous = steps[from - 1];
    const next = steps[at + 1];
    const joins = steps
      .slice(Math.max(from, 1), at + 2)
      .map((step, index) => join(steps[Math.max(from, 1) + index - 1]!.end, step.start));
    if (!joins.every((text) => text === "&&" || text === ";")) return undefined;
    if (previous === undefined && !isBare(document, argumentsSpan.start, steps[from])) return undefined;
    if (next === undefined && join(steps[at]!.end, argumentsSpan.end) !== "") return undefined;
    if (next !== undefined && (previous === undefined || joins.at(-1) === "&&"))
      edits.push(deleteSpan(spanOf(steps[from]!.start, next.start)));
    else if (previous !== undefined) edits.push(deleteSpan(spanOf(previous.end, steps[at]!.end)));
  }
  return edits;
}

/** A pipeline of a step's own shell; a command of its own is one, too. */
interface Step extends Span {
  readonly first: ShellCommand;
}

function stepsOf(commands: readonly ShellCommand[]): readonly Step[] {
  return commands.flatMap((first) => {
    if (first.context !== "top" || first.pipelineIndex > 0) return [];
    const last = first.pipeline.at(-1) ?? first;
    return [{ first, start: first.span.start, end: last.span.end }];
  });
}

function isBare({ text }: DockerfileDocument, start: number, step: Step | undefined): boolean {
  return step !== undefined && /^[\s\\`]*$/.test(text.slice(start, step.start));
}

/** The lines of an instruction with their last line break. */
function linesOf({ lines, text }: DockerfileDocument, { startLine, endLine }: Instruction): Span {
  return spanOf(
    lines.startOf(startLine),
    endLine + 1 < lines.count ? lines.startOf(endLine + 1) : text.length,
  );
}
