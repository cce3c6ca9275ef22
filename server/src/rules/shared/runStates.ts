import type {
  DockerfileDocument,
  Expansion,
  Instruction,
  StageState,
} from "../../documents/dockerfile/model";
import { rememberLast } from "../../text/rememberLast";

/** Tells what holds where an instruction runs; for triggers of ONBUILD what holds at the end of their stage. */
export function stateAtInstruction(
  document: DockerfileDocument,
  instruction: Instruction,
): StageState | undefined {
  const stage = document.stages[instruction.stageIndex];
  return stage?.stateAt(positionsOf(document).get(instruction) ?? stage.instructions.length);
}

/** The ENV and ARG values that an instruction sees. */
export function environmentAt(
  document: DockerfileDocument,
  instruction: Instruction,
): ReadonlyMap<string, Expansion> {
  return stateAtInstruction(document, instruction)?.environment ?? none;
}

const none: ReadonlyMap<string, Expansion> = new Map();

/** Where each instruction stands in its stage. */
const positionsOf: (document: DockerfileDocument) => ReadonlyMap<Instruction, number> = rememberLast(
  ({ stages }: DockerfileDocument) =>
    new Map(
      stages.flatMap(({ instructions }) =>
        instructions.map((instruction, position): [Instruction, number] => [instruction, position]),
      ),
    ),
);
