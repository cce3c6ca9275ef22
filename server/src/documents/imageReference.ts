import type { Span } from "../text/span";

/** An image reference by the grammar of the distribution project, with what its short forms stand for. */
export interface ImageReference {
  /** The text that was parsed, unchanged. */
  readonly source: string;
  /** Registry host with its port, `docker.io` where none is written. */
  readonly domain: string;
  /** Repository within the registry, `library/ubuntu` for `ubuntu`. */
  readonly path: string;
  /** The shortest name that means the same: `ubuntu`, `grafana/grafana`, `ghcr.io/team/app`. */
  readonly familiar: string;
  /** `domain/path`: the name that two spellings of one repository share. */
  readonly name: string;
  readonly tag?: string;
  /** With its algorithm: `sha256:…`. Where a digest is given, the tag decides nothing. */
  readonly digest?: string;
  /** UTF-16 offsets into `source`; the tag without its colon, the digest without its at sign. */
  readonly spans: { readonly name: Span; readonly tag?: Span; readonly digest?: Span };
}

const longestReference = 4096;
const longestPath = 255;
const longestTag = 128;
const digestLengths: ReadonlyMap<string, number> = new Map([
  ["sha256", 64],
  ["sha384", 96],
  ["sha512", 128],
]);

/**
 * Parses a reference such as `node:22-alpine@sha256:…`, in time linear in its length.
 *
 * The text is taken as it is: variables must be expanded before, and surrounding blanks make it invalid.
 * `scratch` and names of build stages parse as any other name; the caller knows what they mean.
 *
 * @param text the whole reference
 * @returns undefined where the reference implementation (https://github.com/distribution/reference) refuses it,
 *   and for a bare 64-digit image id
 */
export function parseImageReference(text: string): ImageReference | undefined {
  if (text.length === 0 || text.length > longestReference) return undefined;
  const at = text.indexOf("@");
  const beforeDigest = at < 0 ? text.length : at;
  const digest = at < 0 ? undefined : text.slice(at + 1);
  if (digest !== undefined && !isDigest(digest)) return undefined;

  const slash = text.indexOf("/");
  const hasHost = slash >= 0 && slash < beforeDigest && isHostPart(text.slice(0, slash));
  const pathStart = hasHost ? slash + 1 : 0;
  const colon = text.indexOf(":", pathStart);
  const hasTag = colon >= 0 && colon < beforeDigest;
  const nameEnd = hasTag ? colon : beforeDigest;
  const tag = hasTag ? text.slice(colon + 1, beforeDigest) : undefined;
  if (tag !== undefined && !isTag(tag)) return undefined;

  const writtenHost = hasHost ? text.slice(0, slash) : "docker.io";
  if (hasHost && !isDomain(writtenHost)) return undefined;
  const writtenPath = text.slice(pathStart, nameEnd);
  if (!hasHost && text.length === 64 && isHex(text)) return undefined;
  const domain = writtenHost === "index.docker.io" ? "docker.io" : writtenHost;
  const path = domain === "docker.io" && !writtenPath.includes("/") ? `library/${writtenPath}` : writtenPath;
  if (path.length > longestPath || !path.split("/").every(isPathComponent)) return undefined;

  return {
    source: text,
    domain,
    path,
    familiar: familiarName(domain, path),
    name: `${domain}/${path}`,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
    spans: {
      name: { start: 0, end: nameEnd },
      ...(tag === undefined ? {} : { tag: { start: colon + 1, end: beforeDigest } }),
      ...(digest === undefined ? {} : { digest: { start: at + 1, end: text.length } }),
    },
  };
}

function familiarName(domain: string, path: string): string {
  if (domain !== "docker.io") return `${domain}/${path}`;
  const [first, second, ...more] = path.split("/");
  return first === "library" && second !== undefined && more.length === 0 ? second : path;
}

/** Whether what stands before the first slash names a host: only then is it no part of the repository's path. */
function isHostPart(part: string): boolean {
  return part.includes(".") || part.includes(":") || part === "localhost" || part !== part.toLowerCase();
}

function isDomain(host: string): boolean {
  const address = /^\[[0-9a-fA-F:]+\](?::[0-9]+)?$/;
  if (host.startsWith("[")) return address.test(host);
  const colon = host.indexOf(":");
  const port = colon < 0 ? undefined : host.slice(colon + 1);
  if (port !== undefined && !/^[0-9]+$/.test(port)) return false;
  return (colon < 0 ? host : host.slice(0, colon)).split(".").every(isDomainComponent);
}

function isDomainComponent(label: string): boolean {
  return /^[A-Za-z0-9-]+$/.test(label) && !label.startsWith("-") && !label.endsWith("-");
}

/** Lower-case letters and digits, held apart by one dot, one or two underscores, or any number of hyphens. */
function isPathComponent(component: string): boolean {
  if (!/^[a-z0-9._-]+$/.test(component)) return false;
  if (/^[._-]|[._-]$/.test(component)) return false;
  return !/\.[._-]|_[.-]|-[._]|___/.test(component);
}

function isTag(tag: string): boolean {
  return tag.length <= longestTag && /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(tag);
}

function isDigest(digest: string): boolean {
  const colon = digest.indexOf(":");
  const length = digestLengths.get(digest.slice(0, Math.max(colon, 0)));
  const hex = digest.slice(colon + 1);
  return length !== undefined && hex.length === length && isHex(hex);
}

function isHex(text: string): boolean {
  return /^[0-9a-f]+$/.test(text);
}
