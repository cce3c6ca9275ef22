import { type ImageReference, parseImageReference } from "../../documents/imageReference";
import { publisherKind } from "../../knowledge/publishers";

/**
 * What is to be said of the image that reads a Dockerfile: `docker` for Docker's own, `foreign` for somebody else's in
 * a public registry, `private` for a registry of one's own.
 */
export function frontendKind(reference: ImageReference): "docker" | "foreign" | "private" {
  if (/^docker\.io\/docker\/dockerfile(?:-upstream)?$/.test(reference.name)) return "docker";
  return publisherKind(reference) === "private" ? "private" : "foreign";
}

/** Whether a version of Docker's own frontend moves beyond bug fixes: it is not named, or names a channel. */
export function isMovingFrontend({ tag, digest }: ImageReference): boolean {
  return digest === undefined && !/^\d/.test(tag ?? "");
}

/** The image that a `syntax` directive names; `undefined` where it is none. */
export function frontendOf(value: string): ImageReference | undefined {
  return parseImageReference(value.trim());
}
