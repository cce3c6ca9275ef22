import type { CopySource, DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import { type LayerPath, layerPath } from "./layerPaths";

/**
 * The path inside the image that a value names, relative ones from the working directory before its instruction.
 * @returns undefined where a variable in it has no value that the file shows
 */
export function imagePath(
  document: DockerfileDocument,
  instruction: Instruction,
  { expanded }: Pick<CopySource, "expanded">,
): LayerPath | undefined {
  if (expanded.state === "unknown") return undefined;
  const { value } = expanded;
  if (/^[/~]/.test(value)) return layerPath(value, undefined);
  const stage = document.stages[instruction.stageIndex];
  const position = instruction.onbuild ? -1 : (stage?.instructions.indexOf(instruction) ?? -1);
  return layerPath(value, position < 0 ? undefined : stage?.stateAt(position).workdir);
}
