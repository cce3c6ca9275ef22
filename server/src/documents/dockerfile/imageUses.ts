import type { ImageUse, Instruction } from "./model";

/** Every place of an instruction that names an image or a stage. */
export function usesOf(instruction: Instruction): readonly ImageUse[] {
  switch (instruction.keyword) {
    case "FROM":
      return instruction.image ? [instruction.image] : [];
    case "COPY":
    case "ADD":
      return instruction.from ? [instruction.from] : [];
    case "RUN":
      return instruction.mounts.flatMap((mount) => (mount.from ? [mount.from] : []));
    default:
      return [];
  }
}
