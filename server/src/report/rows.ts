import type { AuditedFile, AuditFinding, AuditResult } from "../audit/result";
import { ruleUrl } from "../docs/ruleUrl";
import { isAtLeast, type Severity } from "../engine/severity";
import { gapsOf } from "./gaps";

/** A finding, a silenced one, or something that was not checked, as a service desk takes it: no value holds others. */
export type Row = Readonly<Record<string, string | number>>;

/**
 * An audit as flat rows, the same columns in each.
 * @param minSeverity findings below it are left out
 */
export function rowsOf(result: AuditResult, minSeverity: Severity | undefined): readonly Row[] {
  const wanted = ({ severity }: AuditFinding): boolean =>
    minSeverity === undefined || isAtLeast(severity, minSeverity);
  const found = result.files.flatMap((file) =>
    file.findings.filter(wanted).map((finding) => findingRow("finding", file, finding, "")),
  );
  const silenced = result.files.flatMap((file) =>
    file.suppressed
      .filter(({ finding }) => wanted(finding))
      .map(({ finding, reason }) => findingRow("suppressed", file, finding, reason ?? "")),
  );
  const gaps = gapsOf(result).map(({ kind, path, rule, range, text }): Row => {
    const status = kind === "failure" || kind === "stopped" ? "failure" : "not checked";
    const place = { path: path ?? "", line: range?.start.line ?? 0, column: range?.start.column ?? 0 };
    return { ...empty, status, rule: rule ?? "", ...place, reason: text };
  });
  return [...found, ...silenced, ...gaps];
}

const empty = {
  ...{ status: "", severity: "", rule: "", category: "", path: "", line: 0, column: 0 },
  ...{ message: "", fix: "", reason: "", fingerprint: "", url: "" },
} as const;

function findingRow(status: string, { path }: AuditedFile, finding: AuditFinding, reason: string): Row {
  const { severity, rule, category, message, fingerprint, fixes, range } = finding;
  return {
    ...empty,
    ...{ status, severity, rule, category, path, line: range.start.line, column: range.start.column },
    ...{ message, fix: fixes[0]?.title ?? "", reason, fingerprint, url: ruleUrl(rule) },
  };
}
