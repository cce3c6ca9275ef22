import type { PlacedFinding } from "../worstFirst";
import type { Compliance } from "./evaluate";

/** A compliance report for programs: version 1. Every item with its state, its reason and all its evidence. */
export function renderComplianceJson({ framework, result, items }: Compliance): string {
  const evidence = ({ file, finding }: PlacedFinding): object => ({
    path: file.path,
    line: finding.range.start.line,
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    fingerprint: finding.fingerprint,
  });
  const { id, title, url, note } = framework;
  const report = {
    version: 1,
    tool: result.tool,
    framework: { id, title, url, note },
    complete: result.complete,
    items: items.map(({ item, state, reason, rules, files, findings, accepted, notes }) => ({
      id: item.id,
      title: item.title,
      coverage: item.coverage,
      state,
      reason,
      rules,
      files,
      findings: findings.map(evidence),
      accepted: accepted.map(evidence),
      notes: notes.map(evidence),
    })),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
