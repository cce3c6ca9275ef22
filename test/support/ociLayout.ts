import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { digestOf, type Entry, mediaTypes } from "./registry";

/** A folder with images as they lie on a disk (https://github.com/opencontainers/image-spec/blob/main/image-layout.md). */
export interface OciLayout {
  readonly folder: string;
  /** Keeps a blob; gives its descriptor. */
  blob(content: string | Uint8Array, mediaType: string): Entry;
  /** Keeps a manifest or an index, under names where they are given; gives its descriptor. */
  put(manifest: { readonly mediaType: string }, ...names: readonly string[]): Entry;
}

export function ociLayout(folder: string): OciLayout {
  const blobs = join(folder, "blobs", "sha256");
  mkdirSync(blobs, { recursive: true });
  writeFileSync(join(folder, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
  const named: unknown[] = [];
  const blob: OciLayout["blob"] = (content, mediaType) => {
    const bytes = Buffer.from(content);
    const digest = digestOf(bytes);
    writeFileSync(join(blobs, digest.slice("sha256:".length)), bytes);
    return { mediaType, digest, size: bytes.length };
  };
  return {
    folder,
    blob,
    put: (manifest, ...names) => {
      const entry = blob(JSON.stringify(manifest), manifest.mediaType);
      for (const name of names)
        named.push({ ...entry, annotations: { "org.opencontainers.image.ref.name": name } });
      const index = { schemaVersion: 2, mediaType: mediaTypes.index, manifests: named };
      writeFileSync(join(folder, "index.json"), JSON.stringify(index));
      return entry;
    },
  };
}

/** Keeps the image of one platform, with an empty layer; gives the entry that an index has for it. */
export function layoutImage(
  layout: OciLayout,
  architecture: string,
  user: string,
  ...names: readonly string[]
): Entry {
  const tar = Buffer.alloc(1_024);
  const config = {
    ...{ created: "2026-10-31T10:00:00Z", os: "linux", architecture, config: { User: user } },
    rootfs: { type: "layers", diff_ids: [digestOf(tar)] },
    history: [{ created: "2026-10-31T10:00:00Z", created_by: "test" }],
  };
  const manifest = {
    ...{ schemaVersion: 2, mediaType: mediaTypes.image },
    config: layout.blob(JSON.stringify(config), mediaTypes.config),
    layers: [layout.blob(gzipSync(tar), mediaTypes.layer)],
  };
  return { ...layout.put(manifest, ...names), platform: { os: "linux", architecture } };
}
