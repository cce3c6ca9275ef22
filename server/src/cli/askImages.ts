import type { ImageReference } from "../documents/imageReference";
import type { Fact } from "../engine/facts";
import type { AskedImage, InventoryImage } from "../inventory/inventory";
import { type Asking, supplyChainUnder } from "../registry/askedImages";
import type { Evidence, SupplyChain } from "../registry/supplyChain";

/**
 * Asks registries about the images of an inventory, each once, by the policy of the first place that names it, and adds what
 * they say.
 * @returns the images, and whether something could not be asked
 */
export async function askAboutImages(
  images: readonly InventoryImage[],
  asking: Asking,
): Promise<{ readonly images: readonly InventoryImage[]; readonly hasGaps: boolean }> {
  const named = new Map(
    images
      .flatMap(({ reference, policy }) =>
        reference === undefined ? [] : [[reference.source, { reference, policy }] as const],
      )
      .reverse(),
  );
  const answers = new Map<string, Fact<SupplyChain>>();
  // The client itself holds how many questions are under way at once.
  await Promise.all(
    [...named].map(async ([source, { reference, policy }]) => {
      answers.set(source, await supplyChainUnder(policy, reference, asking));
    }),
  );
  const asked = images.map((image) => {
    const answer = image.reference && answers.get(image.reference.source);
    if (image.reference === undefined || answer === undefined) return image;
    return { ...image, asked: toldOf(answer, image.reference) };
  });
  return { images: asked, hasGaps: [...answers.values()].some(({ state }) => state === "unknown") };
}

function toldOf(answer: Fact<SupplyChain>, { domain }: ImageReference): AskedImage {
  if (answer.state !== "known") {
    const reason =
      answer.state === "unknown" ? `unknown: ${answer.reason}` : `none: ${domain} has no such image`;
    const nothing = { created: "", pin: "", platforms: "", user: "", size: "" };
    return { digest: reason, ...nothing, signatures: "", sbom: "", provenance: "" };
  }
  const { digest, created, tagDigest, signatures, sbom, provenance } = answer.value;
  return {
    digest,
    created: factWord(created, (date) => date.slice(0, 10)),
    platforms: answer.value.platforms.join(" "),
    user: factWord(answer.value.user, (user) => user || "root"),
    size: factWord(answer.value.size, String),
    pin: pinOf(tagDigest, digest),
    ...{ signatures: worded(signatures), sbom: worded(sbom), provenance: worded(provenance) },
  };
}

function factWord<T>(fact: Fact<T>, word: (value: T) => string): string {
  if (fact.state === "known") return word(fact.value);
  return fact.state === "unknown" ? `unknown: ${fact.reason}` : "";
}

function pinOf(tagDigest: Fact<string> | undefined, digest: string): string {
  if (tagDigest === undefined) return "";
  if (tagDigest.state === "unknown") return `unknown: ${tagDigest.reason}`;
  if (tagDigest.state === "absent") return "the tag is gone";
  return tagDigest.value === digest ? "current" : "moved";
}

function worded(evidence: Evidence): string {
  switch (evidence.state) {
    case "none":
      return "none";
    case "unknown":
      return `unknown: ${evidence.reason}`;
    case "verified":
      return `verified: ${evidence.what.join(", ")}`;
    case "found": {
      const what = evidence.what.join(", ");
      if (evidence.platforms !== undefined)
        return `found: ${what}, for ${evidence.platforms.join(" ")} alone`;
      return evidence.refuted ? `found: ${what}, by nobody whom the policy names` : `found: ${what}`;
    }
  }
}
