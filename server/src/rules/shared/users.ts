import type { DockerfileDocument, EffectiveUser, Instruction } from "../../documents/dockerfile/model";
import { imageFacts } from "../../knowledge/images";

/** Whether a user named in USER, without its group, has all rights inside the container. */
export function isRootUser(name: string): boolean {
  return /^(?:root|0+)$/.test(name) || name.toLowerCase() === "containeradministrator";
}

/** Whether a user is root, as far as the file and what is known of its base image tell. */
export function rootnessOf(user: EffectiveUser): "root" | "other" | "unknown" {
  if (user.source === "instruction") {
    const { name } = user.user;
    if (name.state === "unknown") return "unknown";
    return isRootUser(name.value) ? "root" : "other";
  }
  const target = user.base?.target;
  if (target?.kind === "scratch") return "root";
  if (target?.kind !== "image") return "unknown";
  const facts = imageFacts(target.reference);
  if (facts?.defaultUser.state !== "known") return "unknown";
  return isRootUser(facts.defaultUser.user.split(":")[0] ?? "") ? "root" : "other";
}

/** Whether an instruction runs as root; triggers of ONBUILD run in an image that is not known. */
export function rootnessAt(
  document: DockerfileDocument,
  instruction: Instruction,
): "root" | "other" | "unknown" {
  const stage = document.stages[instruction.stageIndex];
  const position = stage?.instructions.indexOf(instruction) ?? -1;
  if (stage === undefined || position < 0) return "unknown";
  return rootnessOf(stage.stateAt(position).user);
}
