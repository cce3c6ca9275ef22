import type { DockerfileDocument, Instruction, Stage } from "../../documents/dockerfile/model";
import { maxChain } from "../../limits";
import { rememberLast } from "../../text/rememberLast";

/** The final stage and the stages that it is built from, nearest first: what they hold is in the image. */
export function finalChain(document: DockerfileDocument): readonly Stage[] {
  const chain: Stage[] = [];
  for (let stage = document.finalStage; stage && chain.length < maxChain; stage = stage.parent)
    chain.push(stage);
  return chain;
}

/** The indices of the stages that the image is made of when no target is named; the others are thrown away. */
export function finalStages(document: DockerfileDocument): ReadonlySet<number> {
  return new Set(finalChain(document).map((stage) => stage.index));
}

/** Every instruction of a document, the triggers of ONBUILD in place of the ONBUILD that holds them. */
export const instructionsOf: (document: DockerfileDocument) => readonly Instruction[] = rememberLast(
  (document: DockerfileDocument) =>
    document.instructions.map((instruction) =>
      instruction.keyword === "ONBUILD" && instruction.trigger ? instruction.trigger : instruction,
    ),
);
