import type { DockerfileDocument, Instruction, Stage } from "../documents/dockerfile/model";
import { maxChain, maxReferences } from "../limits";
import type { NotChecked } from "./finding";

/** Why the variables of an instruction are not all followed to what they stand for; `undefined` where they are. */
export function unfollowedReason(instruction: Instruction, text: string): string | undefined {
  return hasUnfollowed(instruction, text)
    ? `a word or value names more than ${maxReferences} variables: the rest is not followed`
    : undefined;
}

/** The first stage that is built on more stages than are followed. */
export function unfollowedStages(document: DockerfileDocument): readonly NotChecked[] {
  const stage = stageOnTooMany(document);
  if (stage === undefined) return [];
  const reason = `this stage is built on more than ${maxChain} others: not all of them are followed`;
  return [{ rule: undefined, reason, span: stage.from.keywordSpan }];
}

/** The first stage of which the chain of stages that it is built on is longer than what is followed. */
function stageOnTooMany({ stages }: DockerfileDocument): Stage | undefined {
  if (stages.length <= maxChain) return undefined;
  const lengths: number[] = [];
  return stages.find(({ index, parent }) => {
    lengths[index] = parent === undefined ? 0 : (lengths[parent.index] ?? 0) + 1;
    return lengths[index] >= maxChain;
  });
}

/** Whether an instruction has a word, a value or a here-document with more variables than are followed. */
function hasUnfollowed(instruction: Instruction, text: string): boolean {
  const { start, end } = instruction.span;
  // A variable takes two characters at least, so that hardly any instruction is looked at.
  if (end - start < 2 * maxReferences || !isBeyond(text.slice(start, end))) return false;
  if ("assignments" in instruction) return instruction.assignments.some(({ value = "" }) => isBeyond(value));
  if (!("script" in instruction)) return false;
  return instruction.script.commands.some(
    ({ arguments: words, assignments, redirections }) =>
      words.some(({ variables }) => variables.length > maxReferences) ||
      assignments.some(({ value }) => value !== undefined && value.variables.length > maxReferences) ||
      redirections.some(({ body }) => body !== undefined && isBeyond(text.slice(body.start, body.end))),
  );
}

function isBeyond(text: string): boolean {
  return text.split("$").length - 1 > maxReferences;
}
