import type { DockerfileDocument, Instruction, RunInstruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { replaceSpan, type TextEdit } from "../../text/edit";
import { lineBreakOf } from "../../text/lines";
import { spanOf } from "../../text/span";
import { systemCommandOf } from "./systemPackages";

/**
 * Joins a RUN with the one that follows it, so that the same commands run in the same order and the build still stops
 * at the first that fails.
 *
 * @returns undefined where that would not be so, or a comment stands between them: other forms, flags, a list that is
 * not joined by `&&` all through, or a first step that changes something about its own shell
 */
export function joinWithNext(
  document: DockerfileDocument,
  first: RunInstruction,
  second: Instruction | undefined,
): TextEdit | undefined {
  if (second?.keyword !== "RUN" || !isPlain(first) || !isPlain(second)) return undefined;
  const last = first.script.commands.at(-1);
  const { text } = document;
  if (last === undefined || !first.script.commands.every(leavesShellAlone)) return undefined;
  if (text.slice(last.span.end, first.span.end).trim() !== "") return undefined;
  if (text.slice(first.span.end, second.span.start).trim() !== "") return undefined;
  if (
    !second.script.commands.every(
      ({ context, joinedBy }) => context !== "top" || stopsAtFailure.has(joinedBy),
    )
  )
    return undefined;
  const gap = spanOf(last.span.end, second.argumentsSpan.start);
  return replaceSpan(gap, ` && ${document.escape}${lineBreakOf(text)}    `);
}

function isPlain({ form, flags, heredocs, onbuild, script }: RunInstruction): boolean {
  return form === "shell" && flags.length === 0 && heredocs.length === 0 && !onbuild && !script.incomplete;
}

const stopsAtFailure: ReadonlySet<ShellCommand["joinedBy"]> = new Set(["start", "&&"]);

const printing: ReadonlySet<string> = new Set(["echo", "printf", "true", "rm", "mkdir"]);

/** Whether a command is known to leave no folder, variable or option behind that the next step would then have. */
function leavesShellAlone(command: ShellCommand): boolean {
  const isKnown = systemCommandOf(command) !== undefined || printing.has(command.unwrapped.program);
  return isKnown && command.context === "top" && command.pipeline.length === 1 && command.joinedBy !== "&";
}
