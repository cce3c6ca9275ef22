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

/** Where each instruction stands in its stage. By the stages, which all parts of a document have in common. */
const positionsOf: (document: DockerfileDocument) => ReadonlyMap<Instruction, number> = rememberLast(
  ({ stages }: DockerfileDocument) => {
    const positions = new Map<Instruction, number>();
    for (const { instructions } of stages)
      for (const [position, instruction] of instructions.entries()) positions.set(instruction, position);
    return positions;
  },
  ({ stages }) => stages,
);
