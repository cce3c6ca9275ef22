import type { DockerfileDocument, ImageUse, Instruction, Stage } from "../../documents/dockerfile/model";
import { imageFacts } from "../../knowledge/images";
import { takenImages } from "./imageUses";
import { instructionsOf } from "./stages";

/** A `COPY --from` or `RUN --mount=from`, and the instruction that holds it. */
export interface CopiedFrom {
  readonly use: ImageUse;
  readonly by: Instruction;
}

/** The places that copy from something and name neither an earlier stage, nor an image beyond doubt. */
export function undefinedStageUses(document: DockerfileDocument): readonly CopiedFrom[] {
  return copies(document).filter(({ use, by }) => {
    const stage = document.stages[by.stageIndex];
    return looksLikeStage(use) && (stage === undefined || by.onbuild || !isOwnStage(stage, use));
  });
}

/** Whether a `COPY --from` or `RUN --mount=from` of a stage names that stage itself. */
export function isOwnStage(stage: Stage, { expanded }: ImageUse): boolean {
  if (expanded.state === "unknown") return false;
  const name = expanded.value;
  return name === String(stage.index) || name.toLowerCase() === stage.name?.toLowerCase();
}

/** The images that are copied from by their name. */
export function copiedImages(document: DockerfileDocument) {
  return takenImages(document).filter(({ by, use }) => by.keyword !== "FROM" && !looksLikeStage(use));
}

function copies(document: DockerfileDocument): readonly CopiedFrom[] {
  return instructionsOf(document).flatMap((by): readonly CopiedFrom[] => {
    if (by.keyword === "COPY" || by.keyword === "ADD") return by.from ? [{ use: by.from, by }] : [];
    if (by.keyword !== "RUN") return [];
    return by.mounts.flatMap(({ from }) => (from ? [{ use: from, by }] : []));
  });
}

/** A single word without tag or digest which no official image is called; or the index of a stage that is not there. */
function looksLikeStage({ target, expanded }: ImageUse): boolean {
  if (expanded.state === "unknown") return false;
  if (target.kind === "unknown") return /^[\w.-]{1,200}$/.test(expanded.value);
  if (target.kind !== "image") return false;
  const { reference } = target;
  return (
    !reference.source.includes("/") &&
    reference.tag === undefined &&
    reference.digest === undefined &&
    imageFacts(reference) === undefined
  );
}
