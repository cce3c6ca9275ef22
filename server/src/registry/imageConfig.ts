import type { ImageReference } from "../documents/imageReference";
import type { Fact } from "../engine/facts";
import type { RegistryClient } from "./client";
import { parseJson, propertyOf, textOf } from "./json";
import type { Descriptor, Manifest } from "./manifest";
import { unknown } from "./unknown";

/** What stands behind a digest: the list of platforms where there is one, and the image of one of them. */
export interface ReadImage {
  /** What has the digest. */
  readonly top: Manifest;
  /** The images of a list, without attestations. */
  readonly images: readonly Descriptor[];
  /** The entry of the list that is looked into: `linux/amd64`, else the first; `undefined` where there is no list. */
  readonly chosen: Descriptor | undefined;
  readonly image: Fact<Manifest>;
  /** The image's configuration, as JSON. */
  readonly config: Fact<unknown>;
}

/** Reads an image down to its configuration: three questions at most, each kept by its digest. */
export async function readImage(
  reference: ImageReference,
  digest: string,
  client: RegistryClient,
  signal?: AbortSignal,
): Promise<Fact<ReadImage>> {
  const fetched = await client.manifest(reference, digest, signal);
  if (fetched.state !== "known") return fetched;
  const top = fetched.value.manifest;
  const entries = top.kind === "index" ? top.manifests : [];
  const images = entries.filter(({ platform }) => platform !== undefined && !platform.startsWith("unknown/"));
  const chosen = images.find(({ platform }) => platform === "linux/amd64") ?? images[0];
  const image = await imageManifest(reference, top, chosen, client, signal);
  const config = await configOf(reference, image, client, signal);
  return { state: "known", value: { top, images, chosen, image, config } };
}

async function imageManifest(
  reference: ImageReference,
  top: Manifest,
  chosen: Descriptor | undefined,
  client: RegistryClient,
  signal: AbortSignal | undefined,
): Promise<Fact<Manifest>> {
  if (top.kind === "image") return { state: "known", value: top };
  if (chosen === undefined) return unknown("the index names no image");
  return mapped(await client.manifest(reference, chosen.digest, signal), ({ manifest }) => manifest);
}

async function configOf(
  reference: ImageReference,
  image: Fact<Manifest>,
  client: RegistryClient,
  signal: AbortSignal | undefined,
): Promise<Fact<unknown>> {
  if (image.state !== "known") return image;
  const config = image.value.kind === "image" ? image.value.config : undefined;
  if (config === undefined) return unknown("the manifest names no configuration");
  return mapped(await client.blob(reference, config, signal), (content) => parseJson(content));
}

/** When an image was made, ISO 8601. Some images are dated to the beginning of all times, so that they are the same whenever they are built. */
export function createdOf(top: Manifest, config: Fact<unknown>): Fact<string> {
  const told =
    top.annotations.get("org.opencontainers.image.created") ??
    (config.state === "known" ? textOf(config.value, "created") : undefined);
  const time = told === undefined ? Number.NaN : Date.parse(told);
  if (!Number.isNaN(time) && time >= Date.UTC(2000, 0, 1))
    return { state: "known", value: new Date(time).toISOString() };
  return config.state === "unknown" ? config : { state: "absent" };
}

/** The user that an image starts as; empty where it names none, which is root. */
export function userOf(config: Fact<unknown>): Fact<string> {
  return mapped(config, (value) => textOf(propertyOf(value, "config"), "User") ?? "");
}

/** What follows from a fact where it is known. */
export function mapped<T, U>(fact: Fact<T>, map: (value: T) => U): Fact<U> {
  return fact.state === "known" ? { state: "known", value: map(fact.value) } : fact;
}
