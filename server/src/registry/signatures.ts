import type { ImageReference } from "../documents/imageReference";
import type { Fact } from "../engine/facts";
import { maxSignatures } from "../limits";
import type { Hashing } from "../platform/ports";
import type { RegistryClient } from "./client";
import { bytesOfBase64 } from "./dockerConfig";
import { listOf, parseJson, propertyOf, textOf } from "./json";
import type { Descriptor } from "./manifest";

/** A signature that a registry keeps beside an image. None of it is true before somebody has verified it. */
export interface FoundSignature {
  readonly kind: "cosign" | "sigstore bundle" | "notation";
  /** The digest that it says it signs. */
  readonly subject: string;
  /** What holds it: the signed payload of cosign's first scheme, with the signature; else a manifest. */
  readonly at: Descriptor;
  /** Base64. */
  readonly signature: string | undefined;
}

/** Statements about how an image was made, or what is in it, by the types of their predicates. */
export interface FoundBeside {
  readonly signatures: readonly FoundSignature[];
  readonly predicates: readonly string[];
  /** Why some places could not be looked at. */
  readonly unknown: string | undefined;
}

/** Media types and annotations: https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md and BUNDLE_SPEC.md. */
const simpleSigning = "application/vnd.dev.cosign.simplesigning.v1+json";
const signatureAnnotation = "dev.cosignproject.cosign/signature";
const bundleType = /^application\/vnd\.dev\.sigstore\.bundle(?:\.v\d+(?:\.\d+)*)?\+json(?:;.*)?$/;
const bundlePredicate = "dev.sigstore.bundle.predicateType";
const signPredicate = "https://sigstore.dev/cosign/sign/v1";
/** https://github.com/notaryproject/specifications/blob/main/specs/signature-specification.md. */
const notationType = "application/vnd.cncf.notary.signature";

/**
 * Looks for what is kept beside a digest: under cosign's tag, and among the referrers, by their API or, where a registry
 * has none, under the tag that stands in for it.
 */
export async function foundBeside(
  client: RegistryClient,
  reference: ImageReference,
  subject: string,
  signal?: AbortSignal,
): Promise<FoundBeside> {
  const tag = subject.replace(":", "-");
  const [signed, referrers] = await Promise.all([
    client.tagged(reference, `${tag}.sig`, signal),
    client.referrers(reference, subject, signal),
  ]);
  const instead = referrers.state === "absent" ? await client.tagged(reference, tag, signal) : undefined;
  const list = referrers.state === "known" ? referrers.value : known(instead)?.manifest;
  const entries = list?.kind === "index" ? list.manifests : [];
  const old = known(signed)?.manifest;
  const layers = old?.kind === "image" ? old.layers : [];
  const cosign = layers
    .filter(({ mediaType }) => mediaType === simpleSigning)
    .map(
      (at) => ({ kind: "cosign", subject, at, signature: at.annotations.get(signatureAnnotation) }) as const,
    );
  const referring = entries.flatMap((at): readonly FoundSignature[] => {
    const kind = kindOf(at);
    return kind === undefined ? [] : [{ kind, subject, at, signature: undefined }];
  });
  const unknown = [signed, referrers, instead].find((answer) => answer?.state === "unknown");
  return {
    signatures: [...cosign, ...referring].slice(0, maxSignatures),
    predicates: entries.flatMap((entry) => predicateOf(entry) ?? []),
    unknown: unknown?.state === "unknown" ? unknown.reason : undefined,
  };
}

function kindOf({ artifactType, annotations }: Descriptor): FoundSignature["kind"] | undefined {
  if (artifactType === notationType) return "notation";
  if (artifactType === undefined || !bundleType.test(artifactType)) return undefined;
  // The same container holds attestations; one that does not say what it holds is taken for a signature.
  return (annotations.get(bundlePredicate) ?? signPredicate) === signPredicate
    ? "sigstore bundle"
    : undefined;
}

function predicateOf({ artifactType, annotations }: Descriptor): string | undefined {
  const predicate = annotations.get(bundlePredicate) ?? annotations.get("in-toto.io/predicate-type");
  if (predicate !== undefined) return predicate === signPredicate ? undefined : predicate;
  return artifactType === "application/spdx+json" || artifactType?.startsWith("application/vnd.cyclonedx+")
    ? artifactType
    : undefined;
}

/**
 * Whether a key has made a signature over the very image. Only what cosign makes with a key is verified: neither
 * certificates of Sigstore's nor those of Notation.
 * @param keys PEM
 */
export async function isVerified(
  client: RegistryClient,
  hashing: Hashing,
  reference: ImageReference,
  signature: FoundSignature,
  keys: readonly string[],
  signal?: AbortSignal,
): Promise<boolean> {
  if (signature.kind === "notation") return false;
  if (signature.kind === "cosign") {
    const payload = known(await client.blob(reference, signature.at, signal));
    const bytes = decoded(signature.signature);
    if (payload === undefined || bytes === undefined) return false;
    const image = propertyOf(propertyOf(parseJson(payload), "critical"), "image");
    if (textOf(image, "docker-manifest-digest") !== signature.subject) return false;
    return keys.some((key) => hashing.isSignedBy(payload, bytes, key));
  }
  const holder = known(await client.manifest(reference, signature.at.digest, signal))?.manifest;
  const layer = holder?.kind === "image" ? holder.layers[0] : undefined;
  const bundle = layer && known(await client.blob(reference, layer, signal));
  const envelope = bundle && propertyOf(parseJson(bundle), "dsseEnvelope");
  const payload = decoded(textOf(envelope, "payload"));
  const type = textOf(envelope, "payloadType");
  if (payload === undefined || type === undefined) return false;
  const hex = signature.subject.slice("sha256:".length);
  const subjects = listOf(parseJson(payload), "subject");
  if (!subjects.some((subject) => textOf(propertyOf(subject, "digest"), "sha256") === hex)) return false;
  const signed = preAuthentication(type, payload);
  const made = listOf(envelope, "signatures").slice(0, maxSignatures);
  return made.some((entry) => {
    const bytes = decoded(textOf(entry, "sig"));
    return bytes !== undefined && keys.some((key) => hashing.isSignedBy(signed, bytes, key));
  });
}

/** What is signed of an envelope: https://github.com/secure-systems-lab/dsse/blob/master/protocol.md. */
function preAuthentication(type: string, payload: Uint8Array): Uint8Array {
  const encoder = new TextEncoder();
  const head = encoder.encode(`DSSEv1 ${encoder.encode(type).length} ${type} ${payload.length} `);
  const whole = new Uint8Array(head.length + payload.length);
  whole.set(head);
  whole.set(payload, head.length);
  return whole;
}

function decoded(base64: string | undefined): Uint8Array | undefined {
  if (base64 === undefined) return undefined;
  try {
    return bytesOfBase64(base64);
  } catch {
    return undefined;
  }
}

function known<T>(fact: Fact<T> | undefined): T | undefined {
  return fact?.state === "known" ? fact.value : undefined;
}
