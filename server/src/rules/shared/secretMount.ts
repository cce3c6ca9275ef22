import type { ArgInstruction, DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { insertAt } from "../../text/edit";
import { removeAssignment } from "./removeAssignment";

/**
 * Turns an ARG into a build secret: the ARG goes, and each RUN of its stage that reads the variable gets it from
 * `--mount=type=secret,…,env=`.
 *
 * @param index of the variable among those of the ARG
 * @returns undefined where the variable is read by anything else than RUN, or by nothing: then it is not clear what
 *   should get the secret
 */
export function secretMountFix(
  document: DockerfileDocument,
  arg: ArgInstruction,
  index: number,
): Fix | undefined {
  const stage = document.stages[arg.stageIndex];
  const position = stage?.instructions.indexOf(arg) ?? -1;
  if (stage === undefined || position < 0) return undefined;
  const name = arg.assignments[index]?.name ?? "";
  const readers = stage.instructions.filter((other, i) => i > position && reads(document, other, name));
  if (readers.length === 0 || readers.some(({ keyword }) => keyword !== "RUN")) return undefined;
  if (
    document.stages.some(
      (other) => other.index !== stage.index && other.instructions.some((i) => reads(document, i, name)),
    )
  ) {
    return undefined;
  }
  const mount = `--mount=type=secret,id=${name},env=${name} `;
  return {
    title: `Pass ${name} as a build secret`,
    safety: "unsafe",
    edits: [
      removeAssignment(document, arg, index),
      ...readers.map(({ flags, argumentsSpan }) =>
        insertAt(flags[0]?.span.start ?? argumentsSpan.start, mount),
      ),
    ],
  };
}

/** Whether `$NAME` or `${NAME…}` stands in an instruction, wherever that may be: a doubt counts as yes. */
function reads(document: DockerfileDocument, instruction: Instruction, name: string): boolean {
  const text = document.text.slice(instruction.span.start, instruction.span.end);
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text.slice(Math.max(0, at - 2), at);
    if (before.endsWith("${") || (before.endsWith("$") && !/\w/.test(text[at + name.length] ?? "")))
      return true;
  }
  return false;
}
