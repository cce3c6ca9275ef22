import type { ImageReference } from "../documents/imageReference";
import type { Fact } from "../engine/facts";
import { maxSignatures } from "../limits";
import type { Hashing, KeylessVerifier } from "../platform/ports";
import { matchesGlob } from "../text/glob";
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

/** What signatures are verified with. */
export interface Verification {
  readonly hashing: Hashing;
  /** Public keys, PEM. */
  readonly keys: readonly string[];
  /** Whose certificates count; `undefined` for nobody's. */
  readonly keyless?: {
    readonly verifier: KeylessVerifier;
    /** Whom the certificate names; `*` stands for any part without a slash, `**` for any part. */
    readonly identity: string;
    /** Who has vouched for that, exactly. */
    readonly issuer: string;
  };
}

/**
 * Who has made a signature over the very image, as far as it can be verified: with a given key what cosign makes, in both of
 * its schemes, and with a certificate of Sigstore's a bundle; nothing of Notation. `undefined` where nobody of those given has.
 */
export async function signerOf(
  client: RegistryClient,
  reference: ImageReference,
  signature: FoundSignature,
  verification: Verification,
  signal?: AbortSignal,
): Promise<string | undefined> {
  if (signature.kind === "notation") return undefined;
  if (signature.kind === "cosign") {
    const { hashing, keys } = verification;
    const payload = known(await client.blob(reference, signature.at, signal));
    const bytes = decoded(signature.signature);
    if (payload === undefined || bytes === undefined) return undefined;
    const image = propertyOf(propertyOf(parseJson(payload), "critical"), "image");
    if (textOf(image, "docker-manifest-digest") !== signature.subject) return undefined;
    return keys.some((key) => hashing.isSignedBy(payload, bytes, key)) ? byKey : undefined;
  }
  const holder = known(await client.manifest(reference, signature.at.digest, signal))?.manifest;
  const layer = holder?.kind === "image" ? holder.layers[0] : undefined;
  const content = layer && known(await client.blob(reference, layer, signal));
  return content && signerOfBundle(parseJson(content), signature.subject, verification);
}

const byKey = "a given key";

/**
 * Who has signed a Sigstore bundle about an image.
 * @param bundle as JSON
 * @param subject the image's digest
 */
export function signerOfBundle(
  bundle: unknown,
  subject: string,
  { hashing, keys, keyless }: Verification,
): string | undefined {
  const envelope = propertyOf(bundle, "dsseEnvelope");
  const payload = decoded(textOf(envelope, "payload"));
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
  const isWanted = signer.issuer === keyless.issuer && matchesGlob(keyless.identity, signer.name);
  return isWanted ? signer.name : undefined;
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
