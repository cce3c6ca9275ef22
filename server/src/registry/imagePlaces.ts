import type { CommandsDocument } from "../documents/commands/model";
import type { ComposeDocument } from "../documents/compose/model";
import type { DockerfileDocument } from "../documents/dockerfile/model";
import type { ImageReference } from "../documents/imageReference";
import type { Analysis } from "../engine/analyse";
import { takenServiceImages } from "../rules/shared/composeImageUses";
import { frontendImages, type TakenImage, takenImages } from "../rules/shared/imageUses";
import { namedImages } from "../rules/shared/namedImages";
import type { Span } from "../text/span";

/** A place in a document that names an image of a registry. */
export interface ImagePlace {
  readonly reference: ImageReference;
  /** Where the document names it, as written. */
  readonly span: Span;
  /**
   * Where the whole reference is written out in one piece, so that it can be changed: at the place itself, or in the
   * ARG that FROM takes it from. `undefined` where variables make it up.
   */
  readonly written: Span | undefined;
}

/** Every image that a document takes from a registry, in order: stages, `scratch` and unknown variables are none. */
export function imagePlaces(document: Analysis["document"]): readonly ImagePlace[] {
  switch (document.language) {
    case "dockerfile":
      return dockerfilePlaces(document);
    case "compose":
      return composePlaces(document);
    case "commands":
      return namedPlaces(document);
    default:
      return [];
  }
}

function dockerfilePlaces(document: DockerfileDocument): readonly ImagePlace[] {
  const frontends = frontendImages(document).map(({ reference, span }) => ({
    ...{ reference, span },
    written: writtenIn(document.text, span, reference.source),
  }));
  const taken = takenImages(document);
  const images = taken.map((image) => ({
    reference: image.reference,
    span: image.use.span,
    written:
      writtenIn(document.text, image.use.span, image.reference.source) ??
      writtenInArgument(document, image, taken),
  }));
  return [...frontends, ...images];
}

function composePlaces(document: ComposeDocument): readonly ImagePlace[] {
  return takenServiceImages(document).map(({ reference, span }) => ({
    reference,
    span,
    written: writtenIn(document.text, span, reference.source),
  }));
}

/** What the keys of a pipeline or a development container name. */
function namedPlaces(document: CommandsDocument): readonly ImagePlace[] {
  return namedImages(document).map(({ reference, span }) => ({
    reference,
    span,
    written: writtenIn(document.text, span, reference.source),
  }));
}

/** Where a span holds a reference as it is, with or without quotes around it. */
function writtenIn(text: string, { start, end }: Span, source: string): Span | undefined {
  const written = text.slice(start, end);
  if (written === source) return { start, end };
  const quote = written[0];
  const quoted = (quote === '"' || quote === "'") && written === `${quote}${source}${quote}`;
  return quoted ? { start: start + 1, end: end - 1 } : undefined;
}

/**
 * The default of the ARG that FROM takes its whole image from. Not where another FROM makes a longer name of it, which
 * would not bear a digest in its middle.
 */
function writtenInArgument(
  document: DockerfileDocument,
  { use, reference }: TakenImage,
  taken: readonly TakenImage[],
): Span | undefined {
  const name = wholeVariable(use.text);
  if (name === undefined) return undefined;
  const assignments = document.globalArgs
    .flatMap((argument) => argument.assignments)
    .filter((assignment) => assignment.name === name && assignment.value !== undefined);
  const [assignment] = assignments;
  if (assignment === undefined || assignments.length > 1) return undefined;
  const mentions = new RegExp(`\\$\\{?${name}\\b`);
  if (taken.some((other) => mentions.test(other.use.text) && wholeVariable(other.use.text) !== name))
    return undefined;
  return writtenIn(document.text, assignment.valueSpan, reference.source);
}

function wholeVariable(text: string): string | undefined {
  const match = /^\$(?:([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)\})$/.exec(text);
  return match?.[1] ?? match?.[2];
}
