import { nameOfHost } from "./domains";
import type { Endpoint } from "./endpoint";

/** Registries that anybody may ask: known ones whose images stand in public files. */
export const publicRegistries: readonly string[] = [
  "docker.io",
  "ghcr.io",
  "quay.io",
  "mcr.microsoft.com",
  "gcr.io",
  "registry.k8s.io",
  "public.ecr.aws",
  "cgr.dev",
  "dhi.io",
  "registry.gitlab.com",
  "registry.access.redhat.com",
  "nvcr.io",
];

/**
 * Whether a registry may be asked. A file can name any host (`FROM 169.254.169.254/x`), so only those count that are
 * known, that the user has named, or that the user has logged in to.
 *
 * @param named by the user: hosts, with a port where the reference has one
 * @param loggedIn keys of the user's `config.json`
 */
export function isAllowedRegistry(
  { registry, host }: Endpoint,
  named: readonly string[],
  loggedIn: readonly string[],
): boolean {
  const names = [registry, host];
  const listed = [...publicRegistries, ...named, ...loggedIn.map(hostOfKey)];
  return listed.some((entry) => names.includes(entry.toLowerCase()));
}

/** Whether the user has named a host, with or without its port. */
export function isNamed(host: string, named: readonly string[]): boolean {
  return named.some((entry) => [host, nameOfHost(host)].includes(entry.toLowerCase()));
}

/** The host of a key such as `https://registry.example.com/v1/`. */
function hostOfKey(key: string): string {
  const withoutScheme = key.replace(/^https?:\/\//, "");
  const slash = withoutScheme.indexOf("/");
  return (slash < 0 ? withoutScheme : withoutScheme.slice(0, slash)).toLowerCase();
}
