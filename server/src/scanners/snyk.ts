import { listOf, propertyOf, textOf } from "../registry/json";
import { type Found, type Report, shown } from "./report";

/**
 * Reads `snyk container test --json` (https://docs.snyk.io/snyk-cli/commands/container-test): one result, or a list of one for
 * the distribution and one for each program in the image.
 */
export function snykReport(root: unknown): Report | string | undefined {
  const results = Array.isArray(root) ? root : [root];
  const isOurs = results.some((result) => Array.isArray(propertyOf(result, "vulnerabilities")));
  if (!isOurs) {
    const error = results.map((result) => textOf(result, "error")).find((text) => text !== undefined);
    return error === undefined ? undefined : `Snyk failed: ${shown(error)}`;
  }
  if (!results.some((result) => propertyOf(result, "docker") !== undefined))
    return "it is no result about an image";
  const found = results.flatMap((result) =>
    listOf(result, "vulnerabilities").map((entry): Found => {
      const [cve] = listOf(propertyOf(entry, "identifiers"), "CVE");
      const fixedIn = listOf(entry, "fixedIn").filter((version) => typeof version === "string");
      return {
        id: shown(typeof cve === "string" ? cve : textOf(entry, "id")),
        package: shown(textOf(entry, "packageName")),
        installed: shown(textOf(entry, "version")),
        fixed: shown(textOf(entry, "nearestFixedInVersion")) || shown(fixedIn.join(", ")) || undefined,
        severity: (
          textOf(entry, "severityWithCritical") ??
          textOf(entry, "severity") ??
          "unknown"
        ).toLowerCase(),
      };
    }),
  );
  return { scanner: "Snyk", names: results.map((result) => textOf(result, "path")), found };
}
