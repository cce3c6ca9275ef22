import { maxManifestEntries } from "../limits";
import { listOf, parseJson, propertyOf, textOf, textsOf } from "./json";

/**
 * Kinds of manifests, the lists first. All must be accepted in every question: a registry that thinks that its client
 * knows no list says that an OCI index does not exist, and turns a Docker list into the manifest of one platform, which
 * has another digest.
 */
export const manifestTypes = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
] as const;

export const acceptManifests = manifestTypes.join(", ");

/** Something that a registry keeps under its digest. */
export interface Descriptor {
  readonly mediaType: string;
  /** `sha256:…`. */
  readonly digest: string;
  readonly size: number;
  readonly annotations: ReadonlyMap<string, string>;
  readonly artifactType: string | undefined;
  /** `linux/amd64`, `linux/arm/v7`, `unknown/unknown`. */
  readonly platform: string | undefined;
}

/** One image for several platforms, or one image. */
export type Manifest =
  | {
      readonly kind: "index";
      readonly annotations: ReadonlyMap<string, string>;
      readonly manifests: readonly Descriptor[];
    }
  | {
      readonly kind: "image";
      readonly annotations: ReadonlyMap<string, string>;
      readonly artifactType: string | undefined;
      readonly config: Descriptor | undefined;
      /** The digest of what it says that it belongs to. */
      readonly subject: string | undefined;
      readonly layers: readonly Descriptor[];
    };

/** Whether a text is a digest that can be checked here. */
export function isDigest(text: string | undefined): text is string {
  return text !== undefined && /^sha256:[0-9a-f]{64}$/.test(text);
}

/** The media type of a `Content-Type` header, if it is that of a manifest. */
export function manifestTypeOf(header: string | undefined): string | undefined {
  const type = (header ?? "").split(";", 1)[0]!.trim().toLowerCase();
  return manifestTypes.find((known) => known === type);
}

/** Reads a manifest; `undefined` where it is none. */
export function parseManifest(content: Uint8Array): Manifest | undefined {
  const root = parseJson(content);
  const annotations = textsOf(propertyOf(root, "annotations"));
  if (Array.isArray(propertyOf(root, "manifests"))) {
    return { kind: "index", annotations, manifests: descriptorsIn(root, "manifests") };
  }
  if (!Array.isArray(propertyOf(root, "layers"))) return undefined;
  const config = descriptorOf(propertyOf(root, "config"));
  const artifactType = textOf(root, "artifactType") ?? config?.mediaType;
  const subject = descriptorOf(propertyOf(root, "subject"))?.digest;
  return { kind: "image", annotations, artifactType, config, subject, layers: descriptorsIn(root, "layers") };
}

function descriptorsIn(root: unknown, name: string): readonly Descriptor[] {
  return listOf(root, name)
    .slice(0, maxManifestEntries)
    .flatMap((entry) => descriptorOf(entry) ?? []);
}

function descriptorOf(entry: unknown): Descriptor | undefined {
  const digest = textOf(entry, "digest");
  const size = propertyOf(entry, "size");
  if (!isDigest(digest) || typeof size !== "number" || !Number.isSafeInteger(size) || size < 0)
    return undefined;
  return {
    mediaType: textOf(entry, "mediaType") ?? "",
    digest,
    size,
    annotations: textsOf(propertyOf(entry, "annotations")),
    artifactType: textOf(entry, "artifactType"),
    platform: platformOf(propertyOf(entry, "platform")),
  };
}

function platformOf(platform: unknown): string | undefined {
  const os = textOf(platform, "os");
  const architecture = textOf(platform, "architecture");
  if (os === undefined || architecture === undefined) return undefined;
  const name = [os, architecture, textOf(platform, "variant")].filter(Boolean).join("/");
  return /^[\w./-]{1,60}$/.test(name) ? name : undefined;
}
