import type { ImageReference } from "../documents/imageReference";
import { isAtOrBelow, isLoopback, nameOfHost } from "./domains";

/** Where the registry of an image is asked. */
export interface Endpoint {
  /** As references name it: `docker.io`, `ghcr.io`, `127.0.0.1:5000`. */
  readonly registry: string;
  /** `https://registry-1.docker.io`: without a slash at its end. */
  readonly origin: string;
  /** With its port. */
  readonly host: string;
  /** Under which the user's `config.json` keeps credentials, the usual one first. */
  readonly credentialKeys: readonly string[];
}

/** Docker Hub goes by three names (https://docs.docker.com/reference/cli/docker/login/). */
const hub = {
  origin: "https://registry-1.docker.io",
  host: "registry-1.docker.io",
  credentialKeys: ["https://index.docker.io/v1/", "index.docker.io", "docker.io"],
} as const;

/**
 * The endpoint of a reference's registry. Only the loopback device is spoken to without encryption, and always so.
 */
export function endpointOf({ domain }: Pick<ImageReference, "domain">): Endpoint {
  const registry = domain.toLowerCase();
  if (registry === "docker.io") return { registry, ...hub };
  return {
    registry,
    origin: `${isLoopback(registry) ? "http" : "https"}://${registry}`,
    host: registry,
    credentialKeys: [registry, `https://${registry}`, `http://${registry}`],
  };
}

/**
 * Where registries keep their contents: they answer with a redirect to there. As of November 2026.
 * Sources: the allow lists that https://docs.docker.com/desktop/setup/allow-list/,
 * https://docs.github.com/packages, https://docs.quay.io and Microsoft's and Google's documentation give for firewalls.
 */
const storage: ReadonlyMap<string, readonly string[]> = new Map([
  ["docker.io", ["docker.com", "r2.cloudflarestorage.com"]],
  ["ghcr.io", ["githubusercontent.com"]],
  ["quay.io", ["quay.io", "cloudfront.net", "amazonaws.com"]],
  ["mcr.microsoft.com", ["data.mcr.microsoft.com"]],
  ["registry.k8s.io", ["pkg.dev", "amazonaws.com", "storage.googleapis.com"]],
  ["gcr.io", ["pkg.dev", "storage.googleapis.com"]],
  ["public.ecr.aws", ["cloudfront.net"]],
  ["cgr.dev", ["r2.cloudflarestorage.com"]],
]);

/** Whether a host is known to hold the contents of a registry. */
export function isStorageOf({ registry }: Endpoint, host: string): boolean {
  return (storage.get(registry) ?? []).some((domain) => isAtOrBelow(nameOfHost(host), domain));
}
