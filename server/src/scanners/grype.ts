import { listOf, propertyOf, textOf } from "../registry/json";
import { type Found, type Report, shown } from "./report";

/** Reads `grype -o json` (https://github.com/anchore/grype/tree/main/grype/presenter/models). */
export function grypeReport(root: unknown): Report | string | undefined {
  if (!Array.isArray(propertyOf(root, "matches"))) return undefined;
  const source = propertyOf(root, "source");
  if (textOf(source, "type") !== "image") return "it is no result about an image";
  const target = propertyOf(source, "target");
  const found = listOf(root, "matches").map((match): Found => {
    const vulnerability = propertyOf(match, "vulnerability");
    const artifact = propertyOf(match, "artifact");
    const fix = propertyOf(vulnerability, "fix");
    const versions = listOf(fix, "versions").filter((version) => typeof version === "string");
    return {
      id: shown(textOf(vulnerability, "id")),
      package: shown(textOf(artifact, "name")),
      installed: shown(textOf(artifact, "version")),
      fixed: textOf(fix, "state") === "fixed" ? shown(versions.join(", ")) || "a later one" : undefined,
      severity: (textOf(vulnerability, "severity") ?? "unknown").toLowerCase(),
    };
  });
  const names = [textOf(target, "userInput"), ...listOf(target, "tags"), ...listOf(target, "repoDigests")];
  return { scanner: "Grype", names, found };
}
