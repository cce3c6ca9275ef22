import type { ImageReference } from "../documents/imageReference";
import type { Fact } from "../engine/facts";
import type { SignerIdentity } from "../engine/policy";
import { maxSignatures } from "../limits";
import type { Hashing, KeylessVerifier } from "../platform/ports";
import { matchesGlob } from "../text/glob";
import type { RegistryClient } from "./client";
import { bytesOfBase64 } from "./dockerConfig";
import { listOf, parseJson, propertyOf, textOf } from "./json";
import type { Descriptor } from "./manifest";
import type { Unknown } from "./unknown";

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
const certificateAnnotation = "dev.sigstore.cosign/certificate";
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
  const notAsked = [signed, referrers, instead].find((answer) => answer?.state === "unknown");
  const all = [...cosign, ...referring];
  return {
    signatures: all.slice(0, maxSignatures),
    predicates: entries.flatMap((entry) => predicateOf(entry) ?? []),
    unknown:
      notAsked?.state === "unknown"
        ? notAsked.reason
        : all.length > maxSignatures
          ? `it has more than ${maxSignatures} signatures`
          : undefined,
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

/** What signatures are verified with. */
export interface Verification {
  readonly hashing: Hashing;
  /** Public keys, PEM. */
  readonly keys: readonly string[];
  /** Whose certificates count; `undefined` for nobody's. */
  readonly keyless?: {
    readonly verifier: KeylessVerifier;
    readonly identities: readonly SignerIdentity[];
  };
}

/** What became of one signature. */
export type Checked =
  | { readonly state: "signed"; readonly by: string }
  /** It is of none of those whose signatures count, or of another image. */
  | { readonly state: "others" }
  /** Of a kind that cannot be verified here with what is given. */
  | { readonly state: "unchecked" }
  | Unknown;

/**
 * Checks a signature over the very image: with a given key what cosign makes, in both of its schemes, and with a certificate
 * of Sigstore's a bundle; nothing of Notation.
 */
export async function checkSignature(
  client: RegistryClient,
  reference: ImageReference,
  signature: FoundSignature,
  verification: Verification,
  signal?: AbortSignal,
): Promise<Checked> {
  const { kind, at, subject } = signature;
  const { hashing, keys, keyless } = verification;
  if (kind === "notation") return { state: "unchecked" };
  if (kind === "cosign") {
    const bytes = decoded(signature.signature);
    const blob = await client.blob(reference, at, signal);
    if (blob.state === "unknown") return blob;
    const payload = known(blob);
    if (payload === undefined || bytes === undefined) return { state: "others" };
    const image = propertyOf(propertyOf(parseJson(payload), "critical"), "image");
    if (textOf(image, "docker-manifest-digest") !== subject) return { state: "others" };
    if (keys.some((key) => hashing.isSignedBy(payload, bytes, key))) return { state: "signed", by: byKey };
    // A certificate beside it may be that of one who counts.
    return {
      state: keyless !== undefined && at.annotations.has(certificateAnnotation) ? "unchecked" : "others",
    };
  }
  const fetched = await client.manifest(reference, at.digest, signal);
  if (fetched.state === "unknown") return fetched;
  const holder = known(fetched)?.manifest;
  const layer = holder?.kind === "image" ? holder.layers[0] : undefined;
  if (layer === undefined) return { state: "others" };
  const blob = await client.blob(reference, layer, signal);
  if (blob.state !== "known") return blob.state === "unknown" ? blob : { state: "others" };
  const bundle = parseJson(blob.value);
  // What stands beside a bundle is not signed, and any statement about the image may lie in one.
  const predicate = textOf(parseJson(payloadOf(bundle) ?? new Uint8Array()), "predicateType");
  if (predicate !== undefined && predicate !== signPredicate) return { state: "others" };
  const by = signerOfBundle(bundle, subject, verification);
  return by === undefined ? { state: "others" } : { state: "signed", by };
}

const byKey = "a given key";

/**
 * Who has signed a Sigstore bundle about an image; `undefined` where nobody of those whose signatures count has.
 * @param bundle as JSON
 * @param subject the image's digest
 */
export function signerOfBundle(
  bundle: unknown,
  subject: string,
  { hashing, keys, keyless }: Verification,
): string | undefined {
  const envelope = propertyOf(bundle, "dsseEnvelope");
  const payload = payloadOf(bundle);
  const type = textOf(envelope, "payloadType");
  if (payload === undefined || type === undefined) return undefined;
  const hex = subject.slice("sha256:".length);
  const subjects = listOf(parseJson(payload), "subject");
  if (!subjects.some((entry) => textOf(propertyOf(entry, "digest"), "sha256") === hex)) return undefined;
  const signed = preAuthentication(type, payload);
  const made = listOf(envelope, "signatures").slice(0, maxSignatures);
  const isByKey = made.some((entry) => {
    const bytes = decoded(textOf(entry, "sig"));
    return bytes !== undefined && keys.some((key) => hashing.isSignedBy(signed, bytes, key));
  });
  if (isByKey) return byKey;
  const signer = keyless?.verifier.signerOf(bundle);
  if (keyless === undefined || signer === undefined || typeof signer === "string") return undefined;
  const isWanted = keyless.identities.some(
    ({ identity, issuer }) => signer.issuer === issuer && matchesGlob(identity, signer.name),
  );
  return isWanted ? signer.name : undefined;
}

function payloadOf(bundle: unknown): Uint8Array | undefined {
  return decoded(textOf(propertyOf(bundle, "dsseEnvelope"), "payload"));
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
