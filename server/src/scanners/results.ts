import { parseImageReference } from "../documents/imageReference";
import type { Vulnerabilities } from "../engine/facts";
import { listOf, parseJson, propertyOf, textOf } from "../registry/json";

/** What one run of a scanner said of one image. */
export interface ScanResult {
  /** Names that the image goes by, as {@link imageKey} writes them. */
  readonly images: readonly string[];
  readonly found: Vulnerabilities;
}

/** The name of an image that two spellings of one reference share: by its digest where there is one, else by its tag. */
export function imageKey(reference: string): string | undefined {
  const parsed = parseImageReference(reference);
  if (parsed === undefined) return undefined;
  return parsed.digest === undefined
    ? `${parsed.name}:${parsed.tag ?? "latest"}`
    : `${parsed.name}@${parsed.digest}`;
}

/**
 * Reads the JSON of `trivy image --format json` or of `grype -o json`.
 * @returns the result, or why it is none that can be used
 */
export function parseScanResult(text: string): ScanResult | string {
  const root = parseJson(text);
  if (Array.isArray(propertyOf(root, "matches"))) return grypeResult(root);
  if (textOf(root, "ArtifactName") !== undefined) return trivyResult(root);
  return "it is no result of Trivy or Grype in JSON";
}

/** https://trivy.dev/latest/docs/configuration/reporting/#json, schema version 2. */
function trivyResult(root: unknown): ScanResult | string {
  if (textOf(root, "ArtifactType") !== "container_image") return "it is no result about an image";
  const metadata = propertyOf(root, "Metadata");
  const names = [
    textOf(root, "ArtifactName"),
    ...listOf(metadata, "RepoTags"),
    ...listOf(metadata, "RepoDigests"),
  ];
  const entries = listOf(root, "Results").flatMap((result) =>
    listOf(result, "Vulnerabilities").map((entry) => ({
      id: `${textOf(entry, "VulnerabilityID")} ${textOf(entry, "PkgName")}`,
      severity: textOf(entry, "Severity"),
      fixable: Boolean(textOf(entry, "FixedVersion")),
    })),
  );
  return resultOf("Trivy", names, entries);
}

/** The document of Grype, as its JSON presenter writes it (https://github.com/anchore/grype/tree/main/grype/presenter/models). */
function grypeResult(root: unknown): ScanResult | string {
  const source = propertyOf(root, "source");
  if (textOf(source, "type") !== "image") return "it is no result about an image";
  const target = propertyOf(source, "target");
  const names = [textOf(target, "userInput"), ...listOf(target, "tags"), ...listOf(target, "repoDigests")];
  const entries = listOf(root, "matches").map((match) => {
    const vulnerability = propertyOf(match, "vulnerability");
    return {
      id: `${textOf(vulnerability, "id")} ${textOf(propertyOf(match, "artifact"), "name")}`,
      severity: textOf(vulnerability, "severity"),
      fixable: textOf(propertyOf(vulnerability, "fix"), "state") === "fixed",
    };
  });
  return resultOf("Grype", names, entries);
}

interface Entry {
  readonly id: string;
  readonly severity: string | undefined;
  readonly fixable: boolean;
}

function resultOf(scanner: string, names: readonly unknown[], entries: readonly Entry[]): ScanResult {
  // A package that is installed twice is one to whoever has to update it.
  const distinct = [...new Map(entries.map((entry) => [entry.id, entry])).values()];
  const of = (severity: string): number =>
    distinct.filter((entry) => entry.severity?.toLowerCase() === severity).length;
  const grave = distinct.filter((entry) => /^(?:critical|high)$/i.test(entry.severity ?? ""));
  // The path of an archive that was scanned reads like a name.
  const images = names.flatMap((name) =>
    typeof name === "string" && !/\.(?:tar|tgz|tar\.gz)$/i.test(name) ? (imageKey(name) ?? []) : [],
  );
  return {
    images: [...new Set(images)],
    found: {
      scanner,
      critical: of("critical"),
      high: of("high"),
      fixable: grave.filter(({ fixable }) => fixable).length,
    },
  };
}
