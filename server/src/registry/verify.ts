import type { ImageReference } from "../documents/imageReference";
import type { SignatureVerdict } from "../engine/facts";
import { maxVerifiedPlatforms } from "../limits";
import type { RegistryClient } from "./client";
import type { ReadImage } from "./imageConfig";
import type { Descriptor } from "./manifest";
import { checkSignature, type FoundBeside, foundBeside, type Verification } from "./signatures";

/** Who asks, and what signatures are verified with. */
export interface VerifySetup {
  readonly client: RegistryClient;
  readonly verification: Verification;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Whether one of those whose signatures count has signed an image: its index, or else the image of every platform in it, or
 * the attestations that say themselves that they belong to that.
 * @param digest what `image` was read from
 */
export async function verifyImage(
  reference: ImageReference,
  digest: string,
  { top }: ReadImage,
  setup: VerifySetup,
): Promise<SignatureVerdict> {
  const whole = await verdictOn(reference, await besideOf(reference, digest, setup), setup);
  if (whole.state === "verified" || top.kind === "image") return whole;
  // Attestations say that they are for an unknown platform; an entry that names none may be started anywhere.
  const images = top.manifests.filter(({ platform }) => platform?.startsWith("unknown/") !== true);
  if (images.length === 0) return whole;
  if (images.length > maxVerifiedPlatforms)
    return { state: "unknown", reason: `it is made for more than ${maxVerifiedPlatforms} platforms` };
  const platforms = await Promise.all(
    images.map(async (image) => {
      const beside = await besideOf(reference, image.digest, setup);
      const own = await verdictOn(reference, beside, setup);
      const attestation = attestationOf(top.manifests, image);
      if (own.state === "verified" || attestation === undefined) return own;
      return worseOf([own, await verdictOnAttestation(reference, attestation, image, setup)], "verified");
    }),
  );
  const verified = platforms.flatMap((verdict) => (verdict.state === "verified" ? [verdict] : []));
  const by = [...new Set(verified.flatMap((verdict) => verdict.by))];
  if (verified.length === platforms.length) return { state: "verified", by };
  const rest = worseOf([whole, ...platforms.filter(({ state }) => state !== "verified")], "unknown");
  if (verified.length === 0 || rest.state === "unknown") return rest;
  const signed = images.filter((_, index) => platforms[index]?.state === "verified");
  return { state: "partly", by, platforms: signed.flatMap(({ platform }) => platform ?? []) };
}

/** The entry of an index that holds the attestations of an image, by what the index says. */
export function attestationOf(entries: readonly Descriptor[], image: Descriptor): Descriptor | undefined {
  return entries.find(
    ({ annotations }) =>
      annotations.get("vnd.docker.reference.type") === "attestation-manifest" &&
      annotations.get("vnd.docker.reference.digest") === image.digest,
  );
}

/** What an index says of its entries is not signed, so attestations must name their image themselves. */
async function verdictOnAttestation(
  reference: ImageReference,
  attestation: Descriptor,
  image: Descriptor,
  setup: VerifySetup,
): Promise<SignatureVerdict> {
  const beside = await besideOf(reference, attestation.digest, setup);
  if (beside.signatures.length === 0) return verdictOn(reference, beside, setup);
  const fetched = await setup.client.manifest(reference, attestation.digest, setup.signal);
  if (fetched.state === "unknown") return fetched;
  const manifest = fetched.state === "known" ? fetched.value.manifest : undefined;
  if (manifest?.kind === "image" && manifest.subject === image.digest)
    return verdictOn(reference, beside, setup);
  return { state: "unchecked", kinds: kindsOf(beside) };
}

function besideOf(reference: ImageReference, digest: string, setup: VerifySetup): Promise<FoundBeside> {
  return foundBeside(setup.client, reference, digest, setup.signal);
}

async function verdictOn(
  reference: ImageReference,
  beside: FoundBeside,
  { client, verification, signal }: VerifySetup,
): Promise<SignatureVerdict> {
  const { signatures, unknown } = beside;
  const checked = await Promise.all(
    signatures.map((signature) => checkSignature(client, reference, signature, verification, signal)),
  );
  const by = signatures.flatMap(({ kind }, index) => {
    const result = checked[index];
    return result?.state === "signed" ? [`${kind} by ${result.by}`] : [];
  });
  if (by.length > 0) return { state: "verified", by: [...new Set(by)] };
  if (unknown !== undefined) return { state: "unknown", reason: unknown };
  const failed = checked.find((result) => result.state === "unknown");
  if (failed?.state === "unknown") return failed;
  if (signatures.length === 0) return { state: "none" };
  const unchecked = signatures.filter((_, index) => checked[index]?.state === "unchecked");
  return unchecked.length > 0
    ? { state: "unchecked", kinds: kindsOf({ signatures: unchecked }) }
    : { state: "others", kinds: kindsOf(beside) };
}

function kindsOf({ signatures }: Pick<FoundBeside, "signatures">): readonly string[] {
  return [...new Set(signatures.map(({ kind }) => kind))];
}

/** The verdict that says most, where `first` goes before all others. */
function worseOf(verdicts: readonly SignatureVerdict[], first: "verified" | "unknown"): SignatureVerdict {
  for (const state of [first, "unknown", "unchecked", "others", "none"] as const) {
    const found = verdicts.find((verdict) => verdict.state === state);
    if (found !== undefined) return found;
  }
  return { state: "none" };
}
