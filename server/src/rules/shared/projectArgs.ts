import type { ArgInstruction, DockerfileDocument, Stage } from "../../documents/dockerfile/model";
import { maxChain } from "../../limits";

/** The ARG that takes a build argument, wherever it stands. */
export function declarationOf(document: DockerfileDocument, name: string): ArgInstruction | undefined {
  for (const instruction of document.instructions)
    if (instruction.keyword === "ARG" && instruction.assignments.some((one) => one.name === name))
      return instruction;
  return undefined;
}

/**
 * Whether a build may take arguments that no ARG of the file names: a frontend of its own may do as it likes, and a
 * trigger may stand in a base image.
 */
export function mayTakeUndeclared({ directives, instructions }: DockerfileDocument): boolean {
  const frontend = directives.find(({ name }) => name === "syntax")?.value;
  if (frontend !== undefined && !/^docker(?:\.io\/docker)?\/dockerfile(?:[:@]|$)/.test(frontend)) return true;
  return instructions.some(
    (one) => one.keyword === "FROM" && /(?:^|[-:])onbuild/.test(one.image?.text ?? ""),
  );
}

/** The indices of a stage and of those that it is built on: what they hold is in the image. */
export function stagesBelow(stage: Stage): ReadonlySet<number> {
  const indices = new Set<number>();
  for (let at: Stage | undefined = stage; at !== undefined && indices.size < maxChain; at = at.parent)
    indices.add(at.index);
  return indices;
}
