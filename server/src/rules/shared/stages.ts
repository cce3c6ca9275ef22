import type { DockerfileDocument, Instruction, Stage, StageState } from "../../documents/dockerfile/model";
import { maxChain } from "../../limits";
import { rememberLast } from "../../text/rememberLast";

/** The final stage and the stages that it is built from, nearest first: what they hold is in the image. */
export function finalChain({ finalStage }: DockerfileDocument): readonly Stage[] {
  return finalStage === undefined ? [] : chainOf(finalStage);
}

/** A stage and the stages that it is built from, nearest first. */
export function chainOf(last: Stage): readonly Stage[] {
  const chain: Stage[] = [];
  for (let stage: Stage | undefined = last; stage && chain.length < maxChain; stage = stage.parent)
    chain.push(stage);
  return chain;
}

/** The indices of the stages that the image is made of when no target is named; the others are thrown away. */
export const finalStages: (document: DockerfileDocument) => ReadonlySet<number> = rememberLast(
  (document: DockerfileDocument) => new Set(finalChain(document).map((stage) => stage.index)),
  ({ stages }) => stages,
);

/** An instruction with the stage that it belongs to and its position in it. */
export interface PlacedInstruction {
  readonly instruction: Instruction;
  readonly stage: Stage;
  readonly position: number;
}

/** The instructions of a document that belong to a stage, in order. */
export const placedInstructions: (document: DockerfileDocument) => readonly PlacedInstruction[] =
  rememberLast((document: DockerfileDocument) => {
    const placed: PlacedInstruction[] = [];
    let last: PlacedInstruction | undefined;
    for (const instruction of document.instructions) {
      const stage = document.stages[instruction.stageIndex];
      if (stage === undefined) continue;
      const from = last?.stage === stage ? last.position + 1 : 0;
      last = { instruction, stage, position: stage.instructions.indexOf(instruction, from) };
      placed.push(last);
    }
    return placed;
  });

/** Every instruction of a document, the triggers of ONBUILD in place of the ONBUILD that holds them. */
export const instructionsOf: (document: DockerfileDocument) => readonly Instruction[] = rememberLast(
  (document: DockerfileDocument) =>
    document.instructions.map((instruction) =>
      instruction.keyword === "ONBUILD" && instruction.trigger ? instruction.trigger : instruction,
    ),
);

/** What holds where an instruction runs; `undefined` for triggers of ONBUILD and before the first FROM. */
export function stateBefore(document: DockerfileDocument, instruction: Instruction): StageState | undefined {
  const stage = document.stages[instruction.stageIndex];
  const position = stage && positions(stage).get(instruction);
  return position === undefined ? undefined : stage?.stateAt(position);
}

const positions = rememberLast(
  (stage: Stage): ReadonlyMap<Instruction, number> =>
    new Map(stage.instructions.map((instruction, position) => [instruction, position])),
);
