import type { ImageReference } from "../documents/imageReference";
import type { AskedImage, Fact, Facts, SignatureVerdict } from "../engine/facts";
import { asksRegistries, type ImagePolicy, type RequiredSigner, signersFor } from "../engine/policy";
import type { Hashing, KeylessVerifier } from "../platform/ports";
import type { RegistryClient } from "./client";
import { createdOf, type ReadImage, readImage, userOf } from "./imageConfig";
import type { ImagePlace } from "./imagePlaces";
import { textOf } from "./json";
import type { Verification } from "./signatures";
import { type SupplyChain, supplyChainOf } from "./supplyChain";
import { tagDigestsOf } from "./tagDigests";
import { verifyImage } from "./verify";

/** What questions about images need. */
export interface Asking {
  readonly client: RegistryClient;
  readonly hashing: Hashing;
  /** Loads what verifies certificates, where it is there. */
  readonly keyless: (() => Promise<KeylessVerifier>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks what rules need to know of images: what the tags of pinned ones stand for now, and what the policy demands that only a
 * registry can tell.
 */
export async function registryFacts(
  places: readonly ImagePlace[],
  policy: ImagePolicy,
  asking: Asking,
): Promise<Pick<Facts, "tagDigests" | "asked">> {
  const tagDigests = await tagDigestsOf(places, asking.client, asking.signal);
  if (!asksRegistries(policy)) return { tagDigests };
  const references = new Map(places.map(({ reference }) => [reference.source, reference]));
  // The client itself holds how many questions are under way at once.
  const answers = [...references].map(
    async ([source, reference]) => [source, await askedImage(reference, policy, asking)] as const,
  );
  return { tagDigests, asked: new Map(await Promise.all(answers)) };
}

async function askedImage(
  reference: ImageReference,
  policy: ImagePolicy,
  asking: Asking,
): Promise<AskedImage> {
  const { client, signal } = asking;
  const signers = policy.require.signature ? signersFor(policy, reference) : [];
  const wantsAge = Boolean(policy.require.maxAge);
  const wantsUser = Boolean(policy.require.nonRoot);
  if (!wantsAge && !wantsUser && signers.length === 0) return { signed: [] };
  const digest: Fact<string> =
    reference.digest === undefined
      ? await client.digestOf(reference, signal)
      : { state: "known", value: reference.digest };
  const read = digest.state === "known" ? await readImage(reference, digest.value, client, signal) : digest;
  const signed = signers.map((signer) =>
    read.state === "known" && digest.state === "known"
      ? signedAs(signer, reference, digest.value, read.value, asking)
      : { state: "unknown" as const, reason: reasonOf(read, reference) },
  );
  return {
    ...(wantsAge && { created: createdFact(read, reference) }),
    ...(wantsUser && { user: userFact(read, reference) }),
    signed: await Promise.all(signed),
  };
}

/** What a registry tells of an image, its signatures verified where the policy says whose count for it. */
export async function supplyChainUnder(
  policy: ImagePolicy,
  reference: ImageReference,
  asking: Asking,
): Promise<Fact<SupplyChain>> {
  const { client, signal } = asking;
  const signers = policy.require.signature ? signersFor(policy, reference) : [];
  return supplyChainOf(reference, {
    ...{ client, signal },
    ...(signers.length > 0 && { verification: await verificationOf(signers, asking) }),
  });
}

function createdFact(read: Fact<ReadImage>, reference: ImageReference): Fact<string> {
  return read.state === "known"
    ? createdOf(read.value.top, read.value.config)
    : { state: "unknown", reason: reasonOf(read, reference) };
}

function userFact(read: Fact<ReadImage>, reference: ImageReference): Fact<string> {
  if (read.state !== "known") return { state: "unknown", reason: reasonOf(read, reference) };
  const { config } = read.value;
  // The user of a Windows container is called otherwise, and where none is named its base decides.
  if (config.state === "known" && textOf(config.value, "os") === "windows") return { state: "absent" };
  return userOf(config);
}

function reasonOf(fact: Fact<unknown>, { domain }: ImageReference): string {
  return fact.state === "unknown" ? fact.reason : `${domain} has no such image`;
}

async function signedAs(
  signer: RequiredSigner,
  reference: ImageReference,
  digest: string,
  image: ReadImage,
  asking: Asking,
): Promise<SignatureVerdict> {
  const { client, signal } = asking;
  const verdict = await verifyImage(reference, digest, image, {
    client,
    verification: await verificationOf([signer], asking),
    signal,
  });
  if (verdict.state === "verified") return verdict;
  // One of those that could not be read may have made what is there.
  const unread = signer.keys.flatMap((key) => ("problem" in key ? [`${key.file}: ${key.problem}`] : []))[0];
  if (unread !== undefined) return { state: "unknown", reason: unread };
  if (signer.identities.length > 0 && asking.keyless === undefined && verdict.state === "others")
    return { state: "unchecked", kinds: verdict.kinds };
  return verdict;
}

/** What is verified with where the signature of any of these counts. */
export async function verificationOf(
  signers: readonly RequiredSigner[],
  { hashing, keyless }: Pick<Asking, "hashing" | "keyless">,
): Promise<Verification> {
  const identities = signers.flatMap((signer) => signer.identities);
  return {
    hashing,
    keys: signers.flatMap(({ keys }) => keys.flatMap((key) => ("pem" in key ? [key.pem] : []))),
    ...(identities.length > 0 &&
      keyless !== undefined && { keyless: { verifier: await keyless(), identities } }),
  };
}
