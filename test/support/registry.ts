import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A registry of our own on the loopback device, with contents made in the test. */
export interface TestRegistry {
  /** `127.0.0.1:port`, as a reference names it. */
  readonly host: string;
  /** Every request, in order: `HEAD /v2/team/app/manifests/1.0`, with ` +login` where it brought one. */
  readonly requests: string[];
  /** Keeps a manifest, under tags where they are given. Gives its digest. */
  put(repository: string, manifest: unknown, ...tags: readonly string[]): string;
  /** Keeps a blob. Gives its descriptor. */
  blob(content: string | Uint8Array, mediaType?: string): Entry;
  /** Answers in place of the registry; says whether it did. */
  intercept: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  /** Whether it has the API for referrers; off by default, as with most registries that people run. */
  hasReferrers: boolean;
  close(): Promise<void>;
}

/** A descriptor as it stands in a manifest. */
export interface Entry {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly artifactType?: string;
  readonly platform?: { readonly os: string; readonly architecture: string; readonly variant?: string };
  readonly annotations?: Readonly<Record<string, string>>;
}

export const mediaTypes = {
  index: "application/vnd.oci.image.index.v1+json",
  image: "application/vnd.oci.image.manifest.v1+json",
  list: "application/vnd.docker.distribution.manifest.list.v2+json",
  v2: "application/vnd.docker.distribution.manifest.v2+json",
  config: "application/vnd.oci.image.config.v1+json",
  layer: "application/vnd.oci.image.layer.v1.tar+gzip",
} as const;

export function digestOf(content: string | Uint8Array): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}

interface Kept {
  readonly content: Buffer;
  readonly type: string;
  readonly subject: string | undefined;
}

/** Starts an empty registry that wants no login; it is gone after the test. */
export async function startTestRegistry(t: {
  after(done: () => Promise<void>): void;
}): Promise<TestRegistry> {
  const blobs = new Map<string, Buffer>();
  const manifests = new Map<string, Kept>();
  const tags = new Map<string, string>();
  const requests: string[] = [];

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? "/", "http://registry");
    requests.push(
      `${request.method} ${url.pathname}${request.headers.authorization === undefined ? "" : " +login"}`,
    );
    if (registry.intercept?.(request, response) === true) return;
    const [, repository = "", kind = "", name = ""] =
      /^\/v2\/(.+)\/(manifests|blobs|referrers|tags)\/([^/]+)$/.exec(url.pathname) ?? [];
    if (kind === "blobs") send(response, request, blobs.get(name), "application/octet-stream", name);
    else if (kind === "tags") sendTags(response, url, repository, [...tags.keys()]);
    else if (kind === "referrers" && registry.hasReferrers) {
      const entries = [...manifests].flatMap(([key, { content, type, subject }]) =>
        subject === name && key.startsWith(`${repository}@`)
          ? [descriptorFrom(content, type, JSON.parse(content.toString()) as { artifactType?: string })]
          : [],
      );
      const list = Buffer.from(
        JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests: entries }),
      );
      send(response, request, list, mediaTypes.index, undefined);
    } else if (kind === "manifests") {
      const digest = name.startsWith("sha256:") ? name : tags.get(`${repository}:${name}`);
      const kept = manifests.get(`${repository}@${digest}`);
      // As registries do: what the client does not accept does not exist for it.
      const accepted = kept !== undefined && String(request.headers.accept).includes(kept.type);
      send(response, request, accepted ? kept.content : undefined, kept?.type ?? "", digest);
    } else send(response, request, undefined, "", undefined);
  };
  const server = createServer(answer);
  const port = await listening(server);
  const registry: TestRegistry = {
    host: `127.0.0.1:${port}`,
    requests,
    intercept: undefined,
    hasReferrers: false,
    put: (repository, manifest, ...names) => {
      const content = Buffer.from(JSON.stringify(manifest));
      const digest = digestOf(content);
      const { mediaType, subject } = manifest as { mediaType: string; subject?: { digest: string } };
      manifests.set(`${repository}@${digest}`, { content, type: mediaType, subject: subject?.digest });
      for (const name of names) tags.set(`${repository}:${name}`, digest);
      return digest;
    },
    blob: (content, mediaType = mediaTypes.config) => {
      const bytes = Buffer.from(content);
      blobs.set(digestOf(bytes), bytes);
      return { mediaType, digest: digestOf(bytes), size: bytes.length };
    },
    close: () => closed(server),
  };
  t.after(registry.close);
  return registry;
}

/** Two to a page, so that whoever reads them has to turn it. */
function sendTags(response: ServerResponse, url: URL, repository: string, all: readonly string[]): void {
  const own = all
    .filter((key) => key.startsWith(`${repository}:`))
    .map((key) => key.slice(repository.length + 1))
    .sort();
  const rest = own.filter((tag) => tag > (url.searchParams.get("last") ?? ""));
  const page = rest.slice(0, 2);
  const next = `</v2/${repository}/tags/list?last=${page.at(-1)}>; rel="next"`;
  response.writeHead(own.length === 0 ? 404 : 200, {
    "content-type": "application/json",
    ...(rest.length > page.length && { link: next }),
  });
  response.end(JSON.stringify({ name: repository, tags: page }));
}

function descriptorFrom(
  content: Buffer,
  mediaType: string,
  { artifactType }: { artifactType?: string },
): Entry {
  const base = { mediaType, digest: digestOf(content), size: content.length };
  return artifactType === undefined ? base : { ...base, artifactType };
}

function send(
  response: ServerResponse,
  request: IncomingMessage,
  content: Buffer | undefined,
  type: string,
  digest: string | undefined,
): void {
  if (content === undefined) {
    response.writeHead(404, { "content-type": "application/json" });
    response.end(request.method === "HEAD" ? undefined : '{"errors":[{"code":"NOT_FOUND"}]}');
    return;
  }
  response.writeHead(200, {
    "content-type": type,
    "content-length": content.length,
    ...(digest !== undefined && { "docker-content-digest": digest }),
  });
  response.end(request.method === "HEAD" ? undefined : content);
}

/** Listens on a free port of the loopback device. */
export function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

export function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });
}

/** What is put into a registry to make one image. */
export interface TestImage {
  readonly created?: string;
  readonly user?: string;
  readonly platform?: string;
}

/** Puts the parts of an image for one platform; gives the entry that an index has for it. */
export function putImage(
  registry: TestRegistry,
  repository: string,
  { created = "2026-11-01T00:00:00Z", user = "", platform = "linux/amd64" }: TestImage,
  ...tags: readonly string[]
): Entry {
  const [os = "", architecture = "", variant] = platform.split("/");
  const config = registry.blob(JSON.stringify({ os, architecture, created, config: { User: user } }));
  const layer = { ...registry.blob(`layer of ${repository} ${platform}`, mediaTypes.layer), size: 1_000_000 };
  const manifest = { schemaVersion: 2, mediaType: mediaTypes.image, config, layers: [layer] };
  const digest = registry.put(repository, manifest, ...tags);
  return {
    mediaType: mediaTypes.image,
    digest,
    size: JSON.stringify(manifest).length,
    platform: { os, architecture, ...(variant !== undefined && { variant }) },
  };
}

/** Puts an index over images for two platforms; gives its digest. */
export function putIndex(
  registry: TestRegistry,
  repository: string,
  image: TestImage,
  ...tags: readonly string[]
): string {
  const manifests = ["linux/amd64", "linux/arm64/v8"].map((platform) =>
    putImage(registry, repository, { ...image, platform }),
  );
  return registry.put(repository, { schemaVersion: 2, mediaType: mediaTypes.index, manifests }, ...tags);
}
