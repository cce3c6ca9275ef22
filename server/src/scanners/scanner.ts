import type { ImageReference } from "../documents/imageReference";

/** Scanners that can be run, in the order in which they are looked for. */
export const scannerIds = ["trivy", "grype", "scout", "snyk"] as const;
export type ScannerId = (typeof scannerIds)[number];

/** How a scanner is run. Arguments go to the program as they are: no shell reads them. */
export interface Scanner {
  readonly id: ScannerId;
  /** For people. */
  readonly title: string;
  /** The name of its program. */
  readonly program: string;
  /** Arguments of commands that say which version and which database there is: a result counts while they say the same. */
  readonly state: readonly (readonly string[])[];
  /** @param image as {@link scannedName} gives it, so that it can be no option */
  scan(image: string): readonly string[];
  /** Exit codes with which it has scanned: some end with 1 where they find something. */
  readonly scanned: readonly number[];
}

export const scanners: readonly Scanner[] = [
  {
    // https://trivy.dev/latest/docs/references/configuration/cli/trivy_image/
    id: "trivy",
    title: "Trivy",
    program: "trivy",
    state: [["version", "--format", "json"]],
    scan: (image) => ["image", "--format", "json", "--quiet", "--scanners", "vuln", image],
    scanned: [0],
  },
  {
    // https://github.com/anchore/grype#usage. `registry:` asks the registry, rather than what lies on this machine.
    id: "grype",
    title: "Grype",
    program: "grype",
    state: [["version"], ["db", "status"]],
    scan: (image) => [`registry:${image}`, "--output", "json", "--quiet"],
    scanned: [0],
  },
  {
    // https://docs.docker.com/reference/cli/docker/scout/cves/
    id: "scout",
    title: "Docker Scout",
    program: "docker",
    state: [["scout", "version"]],
    scan: (image) => ["scout", "cves", "--format", "sarif", `registry://${image}`],
    scanned: [0],
  },
  {
    // https://docs.snyk.io/snyk-cli/commands/container-test
    id: "snyk",
    title: "Snyk",
    program: "snyk",
    state: [["--version"]],
    scan: (image) => ["container", "test", image, "--json"],
    scanned: [0, 1],
  },
];

export function scannerOf(id: ScannerId): Scanner {
  return scanners.find((scanner) => scanner.id === id)!;
}

/**
 * The name by which a scanner is asked: with its registry and all that is implied, by its digest where one is known. It comes
 * out of a parsed reference, so that it begins with a letter, a digit or a bracket and holds no blank.
 */
export function scannedName({ name, tag, digest }: ImageReference, known?: string): string {
  const by = digest ?? known;
  return by === undefined ? `${name}:${tag ?? "latest"}` : `${name}@${by}`;
}
