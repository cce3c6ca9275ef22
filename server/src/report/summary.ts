import type { AuditResult } from "../audit/result";
import { type Severity, severities } from "../engine/severity";

/**
 * What an audit came to, in one sentence: files, findings by severity, what was silenced, what can be fixed.
 * @param paint how the count of a severity is shown
 */
export function summarySentence(
  result: AuditResult,
  paint: (severity: Severity, text: string) => string = (_severity, text) => text,
): string {
  const { summary } = result;
  const counts = severities
    .filter((severity) => summary.findings[severity] > 0)
    .map((severity) => paint(severity, `${summary.findings[severity]} ${severity}`));
  const total = findingCount(result);
  const fixable = result.files.reduce(
    (sum, file) =>
      sum + file.findings.filter((finding) => finding.fixes.some((fix) => fix.safety === "safe")).length,
    0,
  );
  const parts = [
    `${counted(summary.checked, "file")} checked`,
    total === 0 ? "nothing found" : `${counted(total, "finding")} (${counts.join(", ")})`,
    summary.suppressed > 0 ? `${summary.suppressed} suppressed` : "",
    fixable > 0 ? `${fixable} can be fixed safely by "plimsoll fix"` : "",
  ].filter((part) => part !== "");
  return `${parts.join(", ")}.`;
}

/** Findings of all severities. */
export function findingCount({ summary }: AuditResult): number {
  return severities.reduce((sum, severity) => sum + summary.findings[severity], 0);
}

/** A number with its noun; the plural is the noun with an s where none is given. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
