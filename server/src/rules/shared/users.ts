import type { DockerfileDocument, EffectiveUser, Instruction } from "../../documents/dockerfile/model";
import { imageFacts } from "../../knowledge/images";
import { type PlacedInstruction, placedInstructions } from "./stages";

/** Whether a user named in USER, without its group, has all rights inside the container. */
export function isRootUser(name: string): boolean {
  return /^(?:root|0+)$/.test(name) || name.toLowerCase() === "containeradministrator";
}

export type Rootness = "root" | "other" | "unknown";

/** Tells whether an instruction runs as root; triggers of ONBUILD run in an image that is not known. */
export function rootnessIn(document: DockerfileDocument): (instruction: Instruction) => Rootness {
  let places: ReadonlyMap<Instruction, PlacedInstruction> | undefined;
  return (instruction) => {
    places ??= new Map(placedInstructions(document).map((placed) => [placed.instruction, placed]));
    const placed = places.get(instruction);
    if (placed === undefined || instruction.keyword !== "RUN") return "unknown";
    return rootnessOf(placed.stage.stateAt(placed.position).user);
  };
}

/** Whether a user is root, as far as the file and what is known of its base image tell. */
function rootnessOf(user: EffectiveUser): Rootness {
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
