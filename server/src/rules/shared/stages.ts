import type { DockerfileDocument, Instruction, Stage } from "../../documents/dockerfile/model";

/** The final stage and the stages that it is built from, nearest first: what they hold is in the image. */
export function finalChain(document: DockerfileDocument): readonly Stage[] {
  const chain: Stage[] = [];
  for (let stage = document.finalStage; stage && !chain.includes(stage); stage = stage.parent)
    chain.push(stage);
  return chain;
}

/** Whether what an instruction leaves behind is in the image that is built when no target is named. */
export function reachesFinalImage(document: DockerfileDocument, instruction: Instruction): boolean {
  return finalChain(document).some((stage) => stage.index === instruction.stageIndex);
}

/** Every instruction of a document, the triggers of ONBUILD in place of the ONBUILD that holds them. */
export function instructionsOf(document: DockerfileDocument): readonly Instruction[] {
  return document.instructions.map((instruction) =>
    instruction.keyword === "ONBUILD" && instruction.trigger ? instruction.trigger : instruction,
  );
}
