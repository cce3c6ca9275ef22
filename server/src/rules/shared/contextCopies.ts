import type { CopyInstruction, DockerfileDocument, Stage } from "../../documents/dockerfile/model";
import { maxSecretStages } from "../../limits";
import { contextPath, contextSources } from "./contextPaths";
import { imagePath } from "./imagePaths";
import { covers, type LayerPath } from "./layerPaths";
import { stagesBelow } from "./projectArgs";
import { deletionsIn } from "./secretFiles";

/** A file of the build context in a stage. */
interface Landing {
  /** What brought it out of the context. */
  readonly copy: CopyInstruction;
  readonly stage: Stage;
  /** Of the instruction in its stage. */
  readonly position: number;
  /** Undefined where a variable decides: the file is not followed from there. */
  readonly path: LayerPath | undefined;
}

/**
 * The COPY or ADD that takes a file of the context into the image that a stage makes: into the stage itself, one that it is
 * built on, or one that it copies the file's folder from. A file that is deleted there before counts as gone. In each stage
 * one place of the file is followed.
 * @param parts the file's path in the context
 * @returns `"unknown"` where it would have to be followed through more than {@link maxSecretStages} stages
 */
export function copyInto(
  document: DockerfileDocument,
  stage: Stage,
  parts: readonly string[],
): CopyInstruction | "unknown" | undefined {
  const kept = stagesBelow(stage);
  const seen = new Set<number>();
  let landings: readonly Landing[] = document.stages.flatMap((one) => landingsOf(document, one, parts));
  for (let step = 0; landings.length > 0; step++) {
    const found = landings.find((one) => kept.has(one.stage.index));
    if (found !== undefined) return found.copy;
    if (step === maxSecretStages) return "unknown";
    landings = landings.filter(({ stage: { index } }) => !seen.has(index) && seen.add(index));
    landings = landings.flatMap((one) => movedOn(document, one));
  }
  return undefined;
}

/** Where a stage's COPY and ADD bring a file of the context to. */
function landingsOf(
  document: DockerfileDocument,
  stage: Stage,
  parts: readonly string[],
): readonly Landing[] {
  return stage.instructions.flatMap((copy, position) => {
    if (copy.keyword !== "COPY" && copy.keyword !== "ADD") return [];
    const source = contextSources(copy)
      .map(({ text }) => contextPath(text).parts)
      .find((one) => one.length <= parts.length && one.every((part, index) => part === parts[index]));
    if (source === undefined) return [];
    const inside = parts.slice(source.length);
    return [{ copy, stage, position, path: placeOf(document, copy, inside, parts.at(-1) ?? "") }];
  });
}

/** Where later stages copy a file to, with the folder that it lies in. */
function movedOn(document: DockerfileDocument, { copy: first, stage, position, path }: Landing): Landing[] {
  if (path === undefined) return [];
  return document.stages.flatMap((target) =>
    target.instructions.flatMap((copy, at) => {
      if (copy.keyword !== "COPY" || copy.from?.target.kind !== "stage") return [];
      const origin = document.stages[copy.from.target.index];
      if (origin === undefined || !stagesBelow(origin).has(stage.index)) return [];
      const from = copy.sources
        .map(({ expanded }) =>
          expanded.state === "known"
            ? imagePath(document, copy, { expanded: { ...expanded, value: `/${expanded.value}` } })
            : undefined,
        )
        .find((one) => one !== undefined && covers(one, path));
      if (from === undefined || isDeleted(document, stage, position, path)) return [];
      const inside = from === path ? [] : path.slice(from === "/" ? 1 : from.length + 1).split("/");
      const name = path.slice(path.lastIndexOf("/") + 1);
      return [{ copy: first, stage: target, position: at, path: placeOf(document, copy, inside, name) }];
    }),
  );
}

/**
 * The place of a file after a COPY.
 * @param inside the file's path below the source; none where the source is the file
 */
function placeOf(
  document: DockerfileDocument,
  copy: CopyInstruction,
  inside: readonly string[],
  name: string,
): LayerPath | undefined {
  const { destination } = copy;
  const to = destination && imagePath(document, copy, destination);
  if (destination === undefined || to === undefined) return undefined;
  const isFolder = /\/$|^\.$/.test(destination.text) || copy.sources.length > 1;
  const rest = inside.length > 0 ? inside : isFolder ? [name] : [];
  return [to === "/" ? "" : to, ...rest].join("/") || "/";
}

function isDeleted(document: DockerfileDocument, stage: Stage, after: number, path: LayerPath): boolean {
  return stage.instructions.some(
    (run, position) =>
      run.keyword === "RUN" &&
      position > after &&
      /\brm\b/.test(document.text.slice(run.span.start, run.span.end)) &&
      deletionsIn(run, stage, position).some((deletion) => covers(deletion.path, path)),
  );
}
