import type { ImageReference } from "../documents/imageReference";
import type { Fact, SignatureVerdict } from "../engine/facts";
import type { RegistryClient } from "./client";
import { createdOf, mapped, type ReadImage, readImage, userOf } from "./imageConfig";
import type { Descriptor } from "./manifest";
import { type FoundBeside, foundBeside, type Verification } from "./signatures";
import { attestationOf, verifyImage } from "./verify";

/** How far something is proven, in four honest states. */
export type Evidence =
  | { readonly state: "verified"; readonly what: readonly string[] }
  /** It says of itself that it is this; nobody has checked. */
  | {
      readonly state: "found";
      readonly what: readonly string[];
      /** Somebody has checked, and it is not of those whose word counts. */
      readonly refuted: boolean;
      /** The platforms whose images one of those has signed, where it is not all of them. */
      readonly platforms?: readonly string[];
    }
  | { readonly state: "none" }
  | { readonly state: "unknown"; readonly reason: string };

/** What a registry alone can tell of an image. */
export interface SupplyChain {
  /** The name with its tag, as short as it can be. */
  readonly image: string;
  /** Of the index where there is one. */
  readonly digest: string;
  /** Where the reference has a digest and a tag: the digest that the tag stands for now. */
  readonly tagDigest: Fact<string> | undefined;
  readonly platforms: readonly string[];
  /** The platform that the following is about. */
  readonly platform: string | undefined;
  /** ISO 8601; *absent* where the image does not say, as those that are built the same every time. */
  readonly created: Fact<string>;
  /** The user that it starts as; empty for root. */
  readonly user: Fact<string>;
  /** Bytes of its layers as they are downloaded. */
  readonly size: Fact<number>;
  readonly sbom: Evidence;
  readonly provenance: Evidence;
  readonly signatures: Evidence;
}

export interface SupplyChainSetup {
  readonly client: RegistryClient;
  /** What signatures are verified with; without it they are found and not checked. */
  readonly verification?: Verification;
  readonly signal?: AbortSignal | undefined;
}

/** Asks all that a registry tells of an image: some ten to twenty questions, most of them for once only. */
export async function supplyChainOf(
  reference: ImageReference,
  setup: SupplyChainSetup,
): Promise<Fact<SupplyChain>> {
  const { client, signal } = setup;
  const isPinned = reference.digest !== undefined;
  const tagged =
    isPinned && reference.tag === undefined ? undefined : await client.digestOf(reference, signal);
  const digest: Fact<string> =
    reference.digest === undefined
      ? (tagged ?? { state: "absent" })
      : { state: "known", value: reference.digest };
  if (digest.state !== "known") return digest;
  const read = await readImage(reference, digest.value, client, signal);
  if (read.state !== "known") return read;
  const { top: manifest, images, chosen, image, config } = read.value;
  const entries = manifest.kind === "index" ? manifest.manifests : [];
  const attestation = chosen && attestationOf(entries, chosen);
  const subjects = [digest.value, chosen?.digest, attestation?.digest].filter((at) => at !== undefined);
  const [attested, ...beside] = await Promise.all([
    predicatesOf(reference, attestation, setup),
    ...subjects.map((subject) => foundBeside(client, reference, subject, signal)),
  ]);
  const created = createdOf(manifest, config);
  return {
    state: "known",
    value: {
      image: reference.tag === undefined ? reference.familiar : `${reference.familiar}:${reference.tag}`,
      digest: digest.value,
      tagDigest: isPinned ? tagged : undefined,
      platforms: images.flatMap(({ platform }) => platform ?? []),
      platform: chosen?.platform,
      created,
      user: userOf(config),
      size: mapped(image, (value) =>
        value.kind === "image" ? value.layers.reduce((sum, { size }) => sum + size, 0) : 0,
      ),
      ...statements(attested, beside),
      signatures: await signaturesOf(reference, digest.value, read.value, beside, setup),
    },
  };
}

/** What BuildKit has attested of an image, by the types of its statements. */
async function predicatesOf(
  reference: ImageReference,
  attestation: Descriptor | undefined,
  { client, signal }: SupplyChainSetup,
): Promise<Fact<readonly string[]>> {
  if (attestation === undefined) return { state: "absent" };
  return mapped(await client.manifest(reference, attestation.digest, signal), ({ manifest }) =>
    manifest.kind === "image"
      ? manifest.layers.flatMap(({ annotations }) => annotations.get("in-toto.io/predicate-type") ?? [])
      : [],
  );
}

const billsOfMaterials = /spdx|cyclonedx/i;
const provenances = /slsa\.dev\/provenance/i;

function statements(
  attested: Fact<readonly string[]>,
  beside: readonly FoundBeside[],
): Pick<SupplyChain, "sbom" | "provenance"> {
  const predicates = [
    ...(attested.state === "known" ? attested.value : []),
    ...beside.flatMap((found) => found.predicates),
  ];
  const unknown =
    attested.state === "unknown"
      ? attested.reason
      : beside.find((found) => found.unknown !== undefined)?.unknown;
  const evidence = (pattern: RegExp): Evidence => {
    const what = [...new Set(predicates.filter((predicate) => pattern.test(predicate)))];
    if (what.length > 0) return { state: "found", what, refuted: false };
    return unknown === undefined ? { state: "none" } : { state: "unknown", reason: unknown };
  };
  return { sbom: evidence(billsOfMaterials), provenance: evidence(provenances) };
}

async function signaturesOf(
  reference: ImageReference,
  digest: string,
  image: ReadImage,
  beside: readonly FoundBeside[],
  { client, verification, signal }: SupplyChainSetup,
): Promise<Evidence> {
  if (verification !== undefined)
    return evidenceOf(await verifyImage(reference, digest, image, { client, verification, signal }));
  const kinds = new Set(beside.flatMap(({ signatures }) => signatures.map(({ kind }) => kind)));
  if (kinds.size > 0) return { state: "found", what: [...kinds], refuted: false };
  const reason = beside.find((found) => found.unknown !== undefined)?.unknown;
  return reason === undefined ? { state: "none" } : { state: "unknown", reason };
}

function evidenceOf(verdict: SignatureVerdict): Evidence {
  switch (verdict.state) {
    case "verified":
      return { state: "verified", what: verdict.by };
    case "partly":
      return { state: "found", what: verdict.by, refuted: true, platforms: verdict.platforms };
    case "others":
      return { state: "found", what: verdict.kinds, refuted: true };
    case "unchecked":
      return { state: "found", what: verdict.kinds, refuted: false };
    default:
      return verdict;
  }
}
