import type { CopyInstruction, DockerfileDocument, Stage } from "../../documents/dockerfile/model";
import { maxSecretStages } from "../../limits";
import { type LayerPath, layerPath } from "./layerPaths";
import { finalChain, stateBefore } from "./stages";

/** By stage and folder, what copies that folder as a whole from that stage into the image. */
export type CarriedFolders = ReadonlyMap<Stage, ReadonlyMap<LayerPath, CopyInstruction>>;

/** The folders of other stages that the image takes over as a whole: with `COPY --from=build /app /app` that is `/app`. */
export function carriedFolders(document: DockerfileDocument): CarriedFolders {
  const carried = new Map<Stage, Map<LayerPath, CopyInstruction>>();
  for (const { instructions } of finalChain(document))
    for (const copy of instructions) {
      if (copy.keyword !== "COPY" || copy.from?.target.kind !== "stage") continue;
      const folders = copy.sources.flatMap(({ expanded }) =>
        expanded.state === "known"
          ? [layerPath(`/${expanded.value.replace(/(?<=^|\/)\*$/, "")}`, undefined)]
          : [],
      );
      let origin = document.stages[copy.from.target.index];
      for (let left = maxSecretStages; origin && left > 0; origin = origin.parent, left--) {
        const ofStage = carried.get(origin) ?? new Map<LayerPath, CopyInstruction>();
        carried.set(origin, ofStage);
        for (const folder of folders) if (!ofStage.has(folder)) ofStage.set(folder, copy);
      }
    }
  return carried;
}

/**
 * The instruction by which the image takes over the whole folder that `copy` fills in an earlier stage; `undefined`
 * where it takes a part of it, or where a path is not known.
 */
export function carrierOf(
  document: DockerfileDocument,
  copy: CopyInstruction,
  carried: CarriedFolders,
): CopyInstruction | undefined {
  const stage = document.stages[copy.stageIndex];
  const folders = stage && carried.get(stage);
  const to = copy.destination?.expanded;
  if (folders === undefined || to?.state !== "known") return undefined;
  const workdir = stateBefore(document, copy)?.workdir ?? { state: "known", value: "/" };
  let path = layerPath(to.value, workdir);
  if (path.startsWith("?")) return undefined;
  for (;;) {
    const found = folders.get(path);
    if (found !== undefined || path === "/" || path === "~") return found ?? folders.get("/");
    path = path.slice(0, path.lastIndexOf("/")) || "/";
  }
}
