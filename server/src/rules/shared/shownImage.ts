import type { ImageReference } from "../../documents/imageReference";
import { shorten } from "./shorten";

/** An image as a message names it: by its tag where it has one, since nobody reads a digest. */
export function shownImage({ familiar, tag, source }: ImageReference): string {
  return shorten(tag === undefined ? source : `${familiar}:${tag}`, 40);
}
