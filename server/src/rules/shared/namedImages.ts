import type { CommandsDocument, NamedImage } from "../../documents/commands/model";
import { type ImageReference, parseImageReference } from "../../documents/imageReference";
import type { Fix } from "../../engine/finding";
import type { ImagePolicy } from "../../engine/policy";
import type { Span } from "../../text/span";
import { replacementAt } from "./imageReplacement";

/** An image that a key of a pipeline or a development container names. */
export interface NamedReference {
  readonly reference: ImageReference;
  /** As written, with the quotes around it. */
  readonly span: Span;
  /** Without the quotes. */
  readonly written: Span;
}

/** The images that a file's own keys name, in order of place; a value that aliases share is one. */
export function namedImages({ text, images }: CommandsDocument): readonly NamedReference[] {
  const places = new Map<number, NamedReference>();
  for (const { name, open, span } of images) {
    const reference = open ? undefined : parseImageReference(name);
    if (reference === undefined) continue;
    const isQuoted = /^["']/.test(text.slice(span.start, span.start + 1));
    const written = isQuoted ? { start: span.start + 1, end: span.end - 1 } : span;
    places.set(span.start, { reference, span, written });
  }
  return [...places.values()].sort((a, b) => a.span.start - b.span.start);
}

/** The images of which the file tells a part: the rest is put in later. */
export function openImages({ images }: CommandsDocument): readonly NamedImage[] {
  return images.filter(({ open }) => open);
}

/** The change to the image that the policy names instead. */
export function namedReplacementFixes(
  { reference, written }: NamedReference,
  text: string,
  policy: ImagePolicy,
): readonly Fix[] {
  const isWritten = text.slice(written.start, written.end) === reference.source;
  return isWritten ? replacementAt(written, reference, policy) : [];
}
