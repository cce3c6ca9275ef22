import type { DockerfileDocument, RunInstruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import type { Fix } from "../../engine/finding";
import { imageFamily } from "../../knowledge/imageFamily";
import { insertAt } from "../../text/edit";
import { lineBreakOf } from "../../text/lines";

/** Puts SHELL with pipefail above a step, in the shell that its image is known or likely to have. */
export function pipefailFixes(document: DockerfileDocument, run: RunInstruction): readonly Fix[] {
  const stage = document.stages[run.stageIndex];
  if (run.form !== "shell" || run.onbuild || stage === undefined) return [];
  const target = stage.base?.target;
  const isAlpine = target?.kind === "image" && imageFamily(target.reference) === "alpine";
  const shell = isAlpine ? '["/bin/ash", "-eo", "pipefail", "-c"]' : '["/bin/bash", "-o", "pipefail", "-c"]';
  const edit = insertAt(run.span.start, `SHELL ${shell}${lineBreakOf(document.text)}`);
  return [{ title: "Let the shell notice it, by SHELL above the step", safety: "unsafe", edits: [edit] }];
}

/** Whether `||` follows the pipe that a command belongs to. */
export function isCaught(commands: readonly ShellCommand[], index: number): boolean {
  const { pipeline, pipelineIndex, context } = commands[index]!;
  const end = pipeline.at(-1)?.span.start ?? 0;
  for (let at = index + pipeline.length - pipelineIndex; at < commands.length; at++) {
    const next = commands[at]!;
    if (next.context === context && next.span.start > end) return next.joinedBy === "||";
  }
  return false;
}
