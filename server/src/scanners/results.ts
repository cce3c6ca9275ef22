import { parseImageReference } from "../documents/imageReference";
import type { Vulnerabilities, Vulnerability } from "../engine/facts";
import { maxWorstVulnerabilities } from "../limits";
import { parseJson } from "../registry/json";
import { grypeReport } from "./grype";
import type { Found, Report } from "./report";
import { sarifReport } from "./sarif";
import { snykReport } from "./snyk";
import { trivyReport } from "./trivy";

/** What one scan says, and of which images: by normalised name with digest and with tag. */
export interface ScanResult {
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
 * Reads what a scanner has written: the JSON of Trivy, Grype or Snyk, or SARIF as Docker Scout and the others write it.
 * @returns the result, or why it is none that can be used
 */
export function parseScanResult(text: string): ScanResult | string {
  const root = parseJson(text);
  for (const read of [grypeReport, trivyReport, snykReport, sarifReport]) {
    const report = read(root);
    if (typeof report === "string") return report;
    if (report !== undefined) return resultOf(report);
  }
  return "it is no result of Trivy, Grype or Snyk in JSON, nor one of Docker Scout in SARIF";
}

function resultOf({ scanner, names, found }: Report): ScanResult {
  // A package that is installed twice is one to whoever has to update it.
  const distinct = [...new Map(found.map((entry) => [`${entry.id} ${entry.package}`, entry])).values()];
  const grave = distinct.filter(isGrave);
  // The path of an archive that was scanned reads like a name.
  const images = names.flatMap((name) =>
    typeof name === "string" && !/\.(?:tar|tgz|tar\.gz)$/i.test(name) ? (imageKey(name) ?? []) : [],
  );
  return {
    images: [...new Set(images)],
    found: {
      scanner,
      critical: grave.filter(({ severity }) => severity === "critical").length,
      high: grave.filter(({ severity }) => severity === "high").length,
      fixable: grave.filter(({ fixed }) => fixed !== undefined).length,
      worst: grave.sort(byGravity).slice(0, maxWorstVulnerabilities),
    },
  };
}

function isGrave(entry: Found): entry is Vulnerability {
  return entry.severity === "critical" || entry.severity === "high";
}

/** The critical ones first, and of those what can be closed. */
function byGravity(a: Vulnerability, b: Vulnerability): number {
  const rank = ({ severity, fixed }: Vulnerability): number =>
    (severity === "critical" ? 0 : 2) + (fixed === undefined ? 1 : 0);
  return rank(a) - rank(b) || (a.id < b.id ? -1 : 1);
}
