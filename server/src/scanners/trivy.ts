import { listOf, propertyOf, textOf } from "../registry/json";
import { type Found, type Report, shown } from "./report";

/** Reads `trivy image --format json` (https://trivy.dev/latest/docs/configuration/reporting/#json, schema version 2). */
export function trivyReport(root: unknown): Report | string | undefined {
  const name = textOf(root, "ArtifactName");
  if (name === undefined) return undefined;
  if (textOf(root, "ArtifactType") !== "container_image") return "it is no result about an image";
  const metadata = propertyOf(root, "Metadata");
  const found = listOf(root, "Results").flatMap((result) =>
    listOf(result, "Vulnerabilities").map(
      (entry): Found => ({
        id: shown(textOf(entry, "VulnerabilityID")),
        package: shown(textOf(entry, "PkgName")),
        installed: shown(textOf(entry, "InstalledVersion")),
        fixed: shown(textOf(entry, "FixedVersion")) || undefined,
        severity: (textOf(entry, "Severity") ?? "unknown").toLowerCase(),
      }),
    ),
  );
  const names = [name, ...listOf(metadata, "RepoTags"), ...listOf(metadata, "RepoDigests")];
  return { scanner: "Trivy", names, found };
}
