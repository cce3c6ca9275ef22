import type { Fix } from "../../engine/finding";
import type { ImagePolicy } from "../../engine/policy";
import { replaceSpan } from "../../text/edit";
import type { TakenImage } from "./imageUses";
import { replacementFor } from "./publicImage";
import { shorten } from "./shorten";

/**
 * The change to the image that the policy names instead. An image that is written with variables is left alone,
 * and so is a replacement that is the image itself.
 */
export function replacementFixes(taken: TakenImage, policy: ImagePolicy): readonly Fix[] {
  const { use, reference } = taken;
  const name = replacementFor(reference, policy);
  if (name === undefined || use.text !== reference.source) return [];
  const hasVersion = /[@:]/.test(name.slice(name.lastIndexOf("/") + 1));
  const text = hasVersion ? name : name + reference.source.slice(reference.spans.name.end);
  if (text === reference.source || /[\s"'\\`$]/.test(text)) return [];
  return [{ title: `Use ${shorten(text)}`, safety: "unsafe", edits: [replaceSpan(use.span, text)] }];
}
