import type { Assignment, DockerfileDocument, ImageUse, Instruction } from "../../documents/dockerfile/model";
import type { ImageReference } from "../../documents/imageReference";
import type { Related } from "../../engine/finding";
import { instructionsOf } from "./stages";

/** An image that a Dockerfile takes from a registry, and the place that names it. */
export interface TakenImage {
  readonly use: ImageUse;
  readonly reference: ImageReference;
  readonly by: Instruction;
}

/** The images that FROM names: no earlier stages, no `scratch`, no variables without a value. */
export function baseImages(document: DockerfileDocument): readonly TakenImage[] {
  return takenImages(document).filter((taken) => taken.by.keyword === "FROM");
}

/** The images that FROM, `COPY --from` and `RUN --mount=from` name. */
export function takenImages(document: DockerfileDocument): readonly TakenImage[] {
  return instructionsOf(document).flatMap((by) =>
    usesOf(by).flatMap((use) =>
      use.target.kind === "image" ? [{ use, reference: use.target.reference, by }] : [],
    ),
  );
}

/** The default of the ARG that a FROM takes its image from, where the image is not written out. */
export function defaultOf(document: DockerfileDocument, taken: TakenImage): readonly Related[] {
  if (taken.by.keyword !== "FROM" || !taken.use.text.includes("$")) return [];
  return document.globalArgs
    .flatMap((arg) => arg.assignments)
    .filter((assignment) => assignment.value !== undefined && expands(taken.use.text, assignment))
    .map((assignment) => ({ message: "The default value comes from here", span: assignment.span }));
}

function expands(text: string, { name }: Assignment): boolean {
  for (let at = text.indexOf(name); at > 0; at = text.indexOf(name, at + 1)) {
    const before = text.slice(Math.max(0, at - 2), at);
    const after = text[at + name.length] ?? "";
    if (before.endsWith("${") || (before.endsWith("$") && !/\w/.test(after))) return true;
  }
  return false;
}

function usesOf(instruction: Instruction): readonly ImageUse[] {
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
