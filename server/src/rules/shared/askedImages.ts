import type { ImageReference } from "../../documents/imageReference";
import type { AskedImage, Facts, SignatureVerdict } from "../../engine/facts";
import { type ImagePolicy, signersFor } from "../../engine/policy";
import type { Severity } from "../../engine/severity";
import { shorten } from "./shorten";
import { shownImage } from "./shownImage";
import { isRootUser } from "./users";

/** Said where nobody may ask. */
const notAsked = "registries are asked with --online, or where plimsoll.network is on";

function answerOn({ source }: ImageReference, { asked }: Facts): AskedImage | undefined {
  return asked?.get(source);
}

/** What stands in the way of a demand, or why that is not known. */
export type Judged<T> = T | { readonly kind: "unknown"; readonly reason: string };

/** An image that is older than the policy allows; `undefined` where it is not, or where nothing is demanded. */
export function tooOld(
  reference: ImageReference,
  { require, maxAgeDays }: ImagePolicy,
  facts: Facts,
): Judged<{ readonly kind: "old"; readonly days: number; readonly most: number }> | undefined {
  if (!require.maxAge || maxAgeDays === undefined) return undefined;
  const unknown = (reason: string) => ({
    kind: "unknown" as const,
    reason: `how old ${shownImage(reference)} is, is not known: ${reason}`,
  });
  const created = answerOn(reference, facts)?.created;
  if (created === undefined) return unknown(notAsked);
  if (created.state === "unknown") return unknown(created.reason);
  if (created.state === "absent") return unknown("it does not say");
  const days = Math.floor((Date.parse(facts.today) - Date.parse(created.value.slice(0, 10))) / day);
  return days > maxAgeDays ? { kind: "old", days, most: maxAgeDays } : undefined;
}

const day = 86_400_000;

export const tooOldMessages = {
  old: (image: string, days: number, most: number) =>
    `${image} was made ${days} days ago, and the policy allows ${most}`,
};

/** Whether an image starts as root by what its registry says; `undefined` where nobody asked it, or it does not say. */
export function toldRootness(reference: ImageReference, facts: Facts): "root" | "other" | undefined {
  const user = answerOn(reference, facts)?.user;
  if (user?.state !== "known") return undefined;
  const [name = ""] = user.value.split(":");
  return name === "" || isRootUser(name) ? "root" : "other";
}

/** Says that nobody knows what an image starts as, and why its registry did not tell where it was asked. */
export function userNotKnown(reference: ImageReference, facts: Facts): string {
  const user = answerOn(reference, facts)?.user;
  const image = shownImage(reference);
  return user?.state === "unknown"
    ? `the default user of ${image} is not known: ${user.reason}`
    : `the default user of ${image} is not known`;
}

/** A demand for a signature that is not met. */
export type NotSigned = { readonly severity: Severity } & (
  | { readonly kind: "none" | "others" }
  | { readonly kind: "partly"; readonly platforms: string }
);

/** The demands for signatures that an image does not meet, or of which that is not known. */
export function notSigned(
  reference: ImageReference,
  policy: ImagePolicy,
  facts: Facts,
): readonly Judged<NotSigned>[] {
  if (!policy.require.signature) return [];
  const verdicts = answerOn(reference, facts)?.signed;
  const image = shownImage(reference);
  return signersFor(policy, reference).flatMap(
    ({ severity = "high" }, index): readonly Judged<NotSigned>[] => {
      const verdict = verdicts?.[index] ?? { state: "unknown", reason: notAsked };
      if (verdict.state === "verified") return [];
      const reason = openReason(verdict);
      if (reason !== undefined)
        return [{ kind: "unknown", reason: `who has signed ${image} is not known: ${reason}` }];
      if (verdict.state === "partly")
        return [{ kind: "partly", platforms: shorten(verdict.platforms.join(", "), 40), severity }];
      return verdict.state === "none" || verdict.state === "others"
        ? [{ kind: verdict.state, severity }]
        : [];
    },
  );
}

function openReason(verdict: SignatureVerdict): string | undefined {
  if (verdict.state === "unknown") return verdict.reason;
  return verdict.state === "unchecked"
    ? `its signature (${verdict.kinds.join(", ")}) cannot be verified here`
    : undefined;
}

export const notSignedMessages = {
  none: (image: string) => `${image} has no signature, and the policy demands one`,
  others: (image: string) => `${image} is signed, but by none of those whom the policy names`,
  partly: (image: string, platforms: string) =>
    `${image} is signed as the policy demands for ${platforms} alone`,
};
