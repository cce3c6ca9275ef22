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
  const readers = readersOf(document, name).filter((reader) => {
    if (reader.stageIndex !== stage.index) return document.stages[reader.stageIndex] !== undefined;
    return stage.instructions.indexOf(reader) > position;
  });
  const isOfStage = (reader: Instruction): boolean =>
    reader.keyword === "RUN" && reader.stageIndex === stage.index;
  if (readers.length === 0 || !readers.every(isOfStage)) return undefined;
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

/** The instructions that `$NAME` or `${NAME…}` stands in, wherever that may be: a doubt counts as yes. */
export function readersOf({ text, instructions }: DockerfileDocument, name: string): readonly Instruction[] {
  const readers = new Set<Instruction>();
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text.slice(Math.max(0, at - 2), at);
    const isRead =
      before.endsWith("${") || (before.endsWith("$") && !/\w/.test(text[at + name.length] ?? ""));
    const reader = isRead ? instructionAt(instructions, at) : undefined;
    if (reader !== undefined) readers.add(reader);
  }
  return [...readers];
}

/** The instruction that a place lies in, found by halving. */
function instructionAt(instructions: readonly Instruction[], offset: number): Instruction | undefined {
  let from = 0;
  let to = instructions.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (instructions[middle]!.span.end <= offset) from = middle + 1;
    else to = middle;
  }
  const found = instructions[from];
  return found !== undefined && found.span.start <= offset ? found : undefined;
}
