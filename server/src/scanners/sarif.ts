import { listOf, propertyOf, textOf } from "../registry/json";
import { type Found, type Report, shown } from "./report";

const scanners: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^docker scout/i, "Docker Scout"],
  [/^trivy/i, "Trivy"],
  [/^grype/i, "Grype"],
  [/^snyk container/i, "Snyk"],
];

/**
 * Reads SARIF as scanners of images write it: `docker scout cves --format sarif` says severity and remedy in its rules, the
 * others in the text of each result. Only Trivy says which image it is about.
 */
export function sarifReport(root: unknown): Report | string | undefined {
  const run = listOf(root, "runs")[0];
  if (run === undefined || !(textOf(root, "version") ?? "").startsWith("2.")) return undefined;
  const driver = propertyOf(propertyOf(run, "tool"), "driver");
  const scanner = scanners.find(([pattern]) => pattern.test(textOf(driver, "name") ?? ""))?.[1];
  if (scanner === undefined) return "it is SARIF, and of no scanner of images that is known";
  const rules = new Map(listOf(driver, "rules").map((rule) => [textOf(rule, "id") ?? "", rule]));
  const found = listOf(run, "results").flatMap((result): readonly Found[] => {
    const id = textOf(result, "ruleId");
    return id === undefined ? [] : [foundIn(id, result, rules.get(id))];
  });
  const properties = propertyOf(run, "properties");
  const names = [
    textOf(properties, "imageName"),
    ...listOf(properties, "repoTags"),
    ...listOf(properties, "repoDigests"),
  ];
  return { scanner, names, found };
}

function foundIn(id: string, result: unknown, rule: unknown): Found {
  const properties = propertyOf(rule, "properties");
  const said = [
    textOf(propertyOf(result, "message"), "text"),
    textOf(propertyOf(rule, "fullDescription"), "text"),
  ]
    .map((text) => (text ?? "").slice(0, 5_000))
    .join("\n");
  const [purl] = listOf(properties, "purls");
  const ofPurl = /^pkg:[^/]{1,50}\/(?:[^@?]{1,200}\/)?([^@?/]{1,200})@([^?]{1,200})/.exec(
    typeof purl === "string" ? purl : (textOf(properties, "purl") ?? ""),
  );
  const [logical] = listOf(listOf(result, "locations")[0], "logicalLocations");
  const ofPlace = /^([^@:]{1,200})@([^@:]{1,200})$/.exec(textOf(logical, "fullyQualifiedName") ?? "");
  return {
    id: shown(id),
    package: shown(ofPurl?.[1] ?? /^ {0,3}Package {0,20}: {0,3}(\S{1,200})/m.exec(said)?.[1] ?? ofPlace?.[1]),
    installed: shown(ofPurl?.[2] ?? /^Installed Version: (\S{1,200})/m.exec(said)?.[1] ?? ofPlace?.[2]),
    fixed: fixedVersion(textOf(properties, "fixed_version"), said),
    severity: severityOf(properties, said),
  };
}

function fixedVersion(told: string | undefined, said: string): string | undefined {
  const version =
    told ??
    /^ {0,3}Fixed version {0,20}: {0,3}([^\n]{1,100})/im.exec(said)?.[1] ??
    /available fix in versions? ([^\s]{1,100})/i.exec(said)?.[1];
  const text = shown(version).trim();
  return text === "" || /^not fixed$/i.test(text) ? undefined : text;
}

/** As told, else by the score of CVSS: 9 and more is critical, 7 and more is high. */
function severityOf(properties: unknown, said: string): string {
  const told =
    textOf(properties, "cvssV3_severity") ??
    /^Severity: (\w{1,20})$/m.exec(said)?.[1] ??
    /\b(critical|high|medium|low) (?:severity )?vulnerability/i.exec(said)?.[1];
  if (told !== undefined && /^(?:critical|high|medium|low)$/i.test(told)) return told.toLowerCase();
  const score = Number(textOf(properties, "security-severity") ?? Number.NaN);
  if (!(score >= 0)) return "unknown";
  return score >= 9 ? "critical" : score >= 7 ? "high" : score >= 4 ? "medium" : "low";
}
