import { usesOf } from "../../documents/dockerfile/imageUses";
import type { Assignment, DockerfileDocument, ImageUse, Instruction } from "../../documents/dockerfile/model";
import { type ImageReference, parseImageReference } from "../../documents/imageReference";
import type { Related } from "../../engine/finding";
import { rememberLast } from "../../text/rememberLast";
import type { Span } from "../../text/span";
import { instructionsOf } from "./stages";

/** An image that a Dockerfile takes from a registry, and the place that names it. */
export interface TakenImage {
  readonly use: ImageUse;
  readonly reference: ImageReference;
  readonly by: Instruction;
  /** The defaults of the ARGs that a FROM takes its image from, where the image is not written out. */
  readonly related: readonly Related[];
}

/** The images that FROM names: no earlier stages, no `scratch`, no variables without a value. */
export function baseImages(document: DockerfileDocument): readonly TakenImage[] {
  return takenImages(document).filter((taken) => taken.by.keyword === "FROM");
}

/** The images that FROM, `COPY --from` and `RUN --mount=from` name. */
export const takenImages: (document: DockerfileDocument) => readonly TakenImage[] = rememberLast(findImages);

function findImages(document: DockerfileDocument): readonly TakenImage[] {
  const defaults = new Map<string, Assignment>();
  for (const { assignments } of document.globalArgs) {
    for (const assignment of assignments)
      if (assignment.value !== undefined) defaults.set(assignment.name, assignment);
  }
  return instructionsOf(document).flatMap((by) =>
    usesOf(by).flatMap((use) => {
      if (use.target.kind !== "image") return [];
      const related = by.keyword === "FROM" ? defaultsIn(use.text, defaults) : [];
      return [{ use, reference: use.target.reference, by, related }];
    }),
  );
}

/** An image that a Dockerfile names, and where. */
export interface PlacedImage {
  readonly reference: ImageReference;
  readonly span: Span;
  readonly related: readonly Related[];
}

/** The image that reads a Dockerfile by its `syntax` directive: one, or none. */
export function frontendImages({ directives }: DockerfileDocument): readonly PlacedImage[] {
  return directives.flatMap(({ name, value, valueSpan }) => {
    const reference = name === "syntax" ? parseImageReference(value) : undefined;
    return reference === undefined ? [] : [{ reference, span: valueSpan, related: [] }];
  });
}

/** Every image that the builder fetches for a Dockerfile: what reads it, and what it takes. */
export function fetchedImages(document: DockerfileDocument): readonly PlacedImage[] {
  const taken = takenImages(document).map(({ reference, use, related }) => ({
    ...{ reference, related },
    span: use.span,
  }));
  return [...frontendImages(document), ...taken];
}

/** What FROM names and the file does not tell: variables without a value, and what is no image. */
export function unknownBases(document: DockerfileDocument): readonly ImageUse[] {
  return instructionsOf(document).flatMap((by) =>
    by.keyword === "FROM" && by.image?.target.kind === "unknown" ? [by.image] : [],
  );
}

function defaultsIn(text: string, defaults: ReadonlyMap<string, Assignment>): readonly Related[] {
  if (!text.includes("$")) return [];
  const names = new Set([...text.matchAll(/\$\{?([A-Za-z_][A-Za-z0-9_]*)/g)].map((match) => match[1] ?? ""));
  return [...names].flatMap((name) => {
    const assignment = defaults.get(name);
    return assignment ? [{ message: "The default value comes from here", span: assignment.span }] : [];
  });
}
