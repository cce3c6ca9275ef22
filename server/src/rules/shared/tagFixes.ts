import type { Fix } from "../../engine/finding";
import { spanOf } from "../../text/span";
import type { TakenImage } from "./imageUses";

/** Puts a tag that the user fills in behind an image without one, or in the place of `latest`. */
export function tagFixes({ use, reference }: TakenImage): readonly Fix[] {
  const { text, span } = use;
  if (text !== reference.source || span.end - span.start !== text.length || reference.digest !== undefined)
    return [];
  const name = reference.tag === undefined ? text : text.slice(0, -`:${reference.tag}`.length);
  const edits = [{ ...spanOf(span.start + name.length, span.end), text: ":TAG" }];
  return [{ title: "Write a tag that you fill in", safety: "unsafe", edits, asks: ["TAG"] }];
}
