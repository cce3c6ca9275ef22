import type { ImageReference } from "../../documents/imageReference";
import { type DeniedImage, type ImagePolicy, matchesImage } from "../../engine/policy";
import { matchesGlob } from "../../text/glob";
import { shorten } from "./shorten";

/** What a policy has against an image; `undefined` where nothing. */
export type ImageVerdict =
  | { readonly kind: "denied"; readonly by: DeniedImage }
  /** Of a registry that is not allowed. */
  | { readonly kind: "registry" }
  /** Not on the list of approved images, where there is one and no list of registries. */
  | { readonly kind: "unapproved" };

/**
 * Judges an image by a policy. What is denied is denied; else an image may be used that is approved by its name or comes
 * from an allowed registry, and any image where neither list says anything.
 */
export function verdictOn(reference: ImageReference, policy: ImagePolicy): ImageVerdict | undefined {
  const by = policy.denied.find(({ image }) => matchesImage(image, reference));
  if (by !== undefined) return { kind: "denied", by };
  if (policy.approved.some((pattern) => matchesImage(pattern, reference))) return undefined;
  if (policy.registries.length > 0) {
    const isAllowed = policy.registries.some((glob) => matchesGlob(glob, reference.domain));
    return isAllowed ? undefined : { kind: "registry" };
  }
  return policy.approved.length > 0 ? { kind: "unapproved" } : undefined;
}

/** Messages of the rules about denied images, of Dockerfiles and Compose files alike. */
export const deniedMessages = {
  denied: (image: string) => `${image} is denied by the policy`,
  reason: (image: string, reason: string) => `${image} is denied by the policy: ${reason}`,
};

/** A reason as it stands in a message, on one line and without a full stop. */
export function reasonOf({ reason }: DeniedImage): string | undefined {
  const text = reason?.replace(/\s+/g, " ").trim().replace(/\.$/, "");
  return text === undefined || text === "" ? undefined : shorten(text, 48);
}
