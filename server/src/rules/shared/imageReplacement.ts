import type { ImageReference } from "../../documents/imageReference";
import type { Fix } from "../../engine/finding";
import type { ImagePolicy } from "../../engine/policy";
import { replaceSpan } from "../../text/edit";
import type { Span } from "../../text/span";
import type { TakenImage } from "./imageUses";
import { replacementFor } from "./publicImage";
import { shorten } from "./shorten";

/**
 * The change to the image that the policy names instead. An image that is written with variables is left alone,
 * and so is a replacement that is the image itself.
 */
export function replacementFixes({ use, reference }: TakenImage, policy: ImagePolicy): readonly Fix[] {
  return use.text === reference.source ? replacementAt(use.span, reference, policy) : [];
}

/**
 * The change to the image that the policy names instead, at the place where the reference is written out. A replacement
 * without a version keeps that of the image.
 */
export function replacementAt(span: Span, reference: ImageReference, policy: ImagePolicy): readonly Fix[] {
  const name = replacementFor(reference, policy);
  if (name === undefined) return [];
  const hasVersion = /[@:]/.test(name.slice(name.lastIndexOf("/") + 1));
  const text = hasVersion ? name : name + reference.source.slice(reference.spans.name.end);
  // What holds anything else could not stand in every place without quotes.
  if (text === reference.source || !/^[\w./:@-]+$/.test(text)) return [];
  return [{ title: `Use ${shorten(text)}`, safety: "unsafe", edits: [replaceSpan(span, text)] }];
}
