import type { AuditedFile, AuditFinding, AuditResult } from "../audit/result";
import { type Severity, severities } from "../engine/severity";

/** A finding and the file that it is in. */
export interface PlacedFinding {
  readonly file: AuditedFile;
  readonly finding: AuditFinding;
}

/** All findings of an audit, the worst first, those of one severity by path and by place in the file. */
export function worstFirst(result: AuditResult): readonly PlacedFinding[] {
  return severities.flatMap((severity) => ofSeverity(result, severity));
}

/** The findings of one severity by path and by place in the file. */
export function ofSeverity(result: AuditResult, severity: Severity): readonly PlacedFinding[] {
  return result.files.flatMap((file) =>
    file.findings
      .filter((finding) => finding.severity === severity)
      .map((finding): PlacedFinding => ({ file, finding })),
  );
}
