import type { CancellationToken, Connection } from "vscode-languageserver";
import { joinPath } from "../audit/paths";
import type { AuditResult as Audited } from "../audit/result";
import { toldByOthers } from "../engine/requirements";
import type { AuditedDiagnostics } from "./auditedDiagnostics";
import type { AuditRun } from "./auditRun";
import { diagnosticsOfFile, toAuditRange } from "./convert";
import { guardRequest, signalOf } from "./guard";
import { progressTo } from "./progress";
import { type AuditParams, type AuditResult, methods, type NotChecked } from "./protocol";
import type { Session } from "./session";

/**
 * Audits whole folders on request, with progress, until done or cancelled.
 * @param auditOf prepares the audit of some folders
 */
export function registerAudit(
  connection: Connection,
  session: Session,
  audited: AuditedDiagnostics,
  auditOf: (folders: readonly string[]) => Promise<AuditRun>,
): void {
  const nothing: AuditResult = {
    summary: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
    filesChecked: 0,
    notChecked: [],
    failures: ["The audit itself failed; the output says why."],
    files: [],
    reportHtml: "",
  };
  const handler = async (params: AuditParams, token: CancellationToken): Promise<AuditResult> => {
    const report = progressTo(connection, params.workDoneToken);
    report.begin("Auditing");
    try {
      const run = await auditOf(params.folders);
      const result = await run.start({
        signal: signalOf(token),
        onProgress: report.files,
        withPosture: true,
      });
      if (token.isCancellationRequested) return nothing;
      const answer = answerOf(result, run);
      if (session.encoding === "utf-16") {
        audited.replace(answer.files.map(({ uri, file }) => diagnosticsOfFile(uri, file, answer.uriOf)));
      }
      const { rules, clock } = session;
      const date = new Date(clock.now()).toISOString().slice(0, 10);
      const { renderReports } = await import("./reports");
      return { ...answer.result, ...renderReports(result, rules, date, params.reportFormat) };
    } finally {
      report.end();
    }
  };
  connection.onRequest(methods.audit, guardRequest(methods.audit, session.log, nothing, handler));
}

/** Files that an audit could not check, and folders that it did not get through, each with its reason. */
export function notCheckedOf(
  result: Audited,
  { base, folders, truncated, uriOf }: AuditRun,
): readonly NotChecked[] {
  const notChecked: NotChecked[] = [
    ...result.files.flatMap(({ location, status, reason }) =>
      status === "checked" ? [] : [{ uri: uriOf(location), reason: reason ?? "It was not checked." }],
    ),
    ...result.notChecked.flatMap(({ rule, path, reason }) =>
      rule === undefined || toldByOthers.has(rule) ? [{ uri: uriOf(fromBase(base, path)), reason }] : [],
    ),
  ];
  if (!result.complete || truncated) {
    const reason = "The audit reached a limit, so some files below were not looked at.";
    notChecked.push(...folders.map(({ uri }) => ({ uri, reason })));
  }
  return notChecked;
}

function answerOf(result: Audited, run: AuditRun) {
  const { base, uriOf } = run;
  const files = result.files
    .filter((file) => file.findings.length > 0)
    .map((file) => ({ uri: uriOf(file.location), file }))
    .sort((a, b) => (a.uri < b.uri ? -1 : 1));
  const answer = {
    summary: result.summary.findings,
    filesChecked: result.summary.checked,
    notChecked: notCheckedOf(result, run),
    failures: result.failures.map(
      ({ rule, path, error }) => `${path}: ${rule === undefined ? "" : `${rule}: `}${error}`,
    ),
    files: files.map(({ uri, file }) => ({
      uri,
      findings: file.findings.map(({ rule, severity, message, range }) => ({
        rule,
        severity,
        message,
        range: toAuditRange(range),
      })),
    })),
  };
  return { files, result: answer, uriOf: (path: string) => uriOf(fromBase(base, path)) };
}

/** A path of the result as an absolute one: it is relative to the base unless it shares nothing with it. */
function fromBase(base: string, path: string): string {
  if (path === ".") return base;
  return /^(?:\/|[A-Za-z][A-Za-z0-9+.-]{0,30}:)/.test(path) ? path : joinPath(base, path);
}
