import type { AuditedFile, AuditFinding, AuditResult } from "../audit/result";

/** An audit for programs: version 1 of the object that the command line promises. */
export function renderJson(result: AuditResult): string {
  const object = {
    version: result.version,
    tool: result.tool,
    complete: result.complete,
    files: result.files.map(({ path, language, status, reason }) => ({ path, language, status, reason })),
    findings: result.files.flatMap((file) => file.findings.map((finding) => findingObject(file, finding))),
    suppressed: result.files.flatMap((file) =>
      file.suppressed.map(({ finding, ...acceptance }) => ({
        ...findingObject(file, finding),
        ...acceptance,
      })),
    ),
    failures: result.failures,
    notChecked: result.notChecked,
    posture: result.files.flatMap(({ path, posture }) =>
      (posture ?? []).map(({ kind, name, range, controls }) => ({ path, kind, name, range, controls })),
    ),
  };
  return `${JSON.stringify(object, undefined, 2)}\n`;
}

function findingObject(file: AuditedFile, finding: AuditFinding): Readonly<Record<string, unknown>> {
  return {
    rule: finding.rule,
    severity: finding.severity,
    category: finding.category,
    message: finding.message,
    path: file.path,
    range: finding.range,
    fixes: finding.fixes.map(({ title, safety, edits, creates }) => ({
      title,
      safety,
      edits: edits.map(({ start, end, text }) => ({ start, end, text })),
      creates,
    })),
    related: finding.related,
    fingerprint: finding.fingerprint,
  };
}
