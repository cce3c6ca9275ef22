import type { ImageReference } from "../../documents/imageReference";
import type { Facts } from "../../engine/facts";
import { type ImagePolicy, matchesImage } from "../../engine/policy";
import { isNamedAfterSoftware, publisherKind } from "../../knowledge/publishers";
import { matchesGlob } from "../../text/glob";

export type PublicImageGrade = "unverified" | "trusted";

/**
 * What is to be said of an image from a public registry: `unverified` where nobody but its namespace answers for it,
 * `trusted` where Docker or a known vendor does.
 *
 * @returns undefined for images from registries that are not public, and for what the policy approves
 */
export function judgePublicImage(
  reference: ImageReference,
  policy: ImagePolicy,
): PublicImageGrade | undefined {
  if (isApproved(reference, policy)) return undefined;
  switch (publisherKind(reference)) {
    case "personal":
      return "unverified";
    case "official":
    case "verified":
      return "trusted";
    case "private":
      return undefined;
  }
}

/**
 * How bad it is: low, too, for what nobody can change any more, for a namespace that is called as its software is, and for
 * one that is called as the owner of the repository.
 */
export function publicImageSeverity(
  reference: ImageReference,
  grade: PublicImageGrade,
  { owners }: Facts,
): "medium" | "low" {
  const isLow =
    grade === "trusted" ||
    reference.digest !== undefined ||
    isNamedAfterSoftware(reference) ||
    owners?.includes(reference.path.split("/")[0] ?? "");
  return isLow ? "low" : "medium";
}

/** Whether a policy names an image, or the registry that it comes from, as one that may be used. */
export function isApproved(reference: ImageReference, policy: ImagePolicy): boolean {
  return (
    policy.approved.some((pattern) => matchesImage(pattern, reference)) ||
    policy.registries.some((glob) => matchesGlob(glob, reference.domain))
  );
}

/** The image that a policy names in place of another: `undefined` where it names none. */
export function replacementFor(reference: ImageReference, policy: ImagePolicy): string | undefined {
  for (const [pattern, replacement] of policy.replacements)
    if (matchesImage(pattern, reference)) return replacement;
  const denied = policy.denied.find(({ image }) => matchesImage(image, reference));
  return denied?.replacement;
}
