import type { CommandsDocument } from "../documents/commands/model";
import type { ComposeDocument } from "../documents/compose/model";
import { usesOf } from "../documents/dockerfile/imageUses";
import type { DockerfileDocument, ImageUse, Instruction } from "../documents/dockerfile/model";
import { type ImageReference, parseImageReference } from "../documents/imageReference";
import { takenServiceImages } from "../rules/shared/composeImageUses";
import { instructionsOf } from "../rules/shared/stages";
import type { Span } from "../text/span";

/** A place that names an image which comes from a registry. */
export interface NamedImage {
  /** As written, variables and all. */
  readonly text: string;
  /** `undefined` where a variable has no value, or the text is no reference. */
  readonly reference: ImageReference | undefined;
  readonly use: "FROM" | "COPY --from" | "RUN --mount" | "syntax" | "image";
  /** The stage, by name or number, or the service. */
  readonly within: string | undefined;
  readonly span: Span;
}

/** The images that a Dockerfile takes from registries, in order of place. */
export function imagesOfDockerfile(document: DockerfileDocument): readonly NamedImage[] {
  const syntax = document.directives
    .filter(({ name }) => name === "syntax")
    .slice(0, 1)
    .map(
      ({ value, valueSpan }): NamedImage => ({
        text: value,
        reference: parseImageReference(value),
        use: "syntax",
        within: undefined,
        span: valueSpan,
      }),
    );
  const named = instructionsOf(document).flatMap((instruction) =>
    usesOf(instruction).flatMap((use) => namedImage(document, instruction, use)),
  );
  return [...syntax, ...named];
}

function namedImage(
  document: DockerfileDocument,
  instruction: Instruction,
  { text, target, span }: ImageUse,
): readonly NamedImage[] {
  if (target.kind === "stage" || target.kind === "scratch") return [];
  const stage = document.stages[instruction.stageIndex];
  return [
    {
      text,
      reference: target.kind === "image" ? target.reference : undefined,
      use: uses[instruction.keyword] ?? "FROM",
      within: stage && (stage.name ?? String(stage.index)),
      span,
    },
  ];
}

const uses: Readonly<Partial<Record<Instruction["keyword"], NamedImage["use"]>>> = {
  COPY: "COPY --from",
  ADD: "COPY --from",
  RUN: "RUN --mount",
};

/** The images that the services of a Compose file are made from, in order of place. */
export function imagesOfCompose(document: ComposeDocument): readonly NamedImage[] {
  const taken = takenServiceImages(document).map(
    ({ service, image, reference, span }): NamedImage => ({
      text: image.raw,
      reference,
      use: "image",
      within: service.name,
      span,
    }),
  );
  const unresolved = document.services.flatMap((service): readonly NamedImage[] => {
    const image = service.image?.value;
    if (image === undefined || image.reference !== undefined || service.build !== undefined) return [];
    const { raw: text, span } = image;
    return [{ text, reference: undefined, use: "image", within: service.name, span }];
  });
  return [...taken, ...unresolved].sort((a, b) => a.span.start - b.span.start);
}

/** The images that the keys of a pipeline, an action or a development container name, in order of place. */
export function imagesOfCommands({ images }: CommandsDocument): readonly NamedImage[] {
  return images
    .map(({ name, span }): NamedImage => {
      return { text: name, reference: parseImageReference(name), use: "image", within: undefined, span };
    })
    .sort((a, b) => a.span.start - b.span.start);
}
