import type { CancellationToken, Connection } from "vscode-languageserver";
import { joinPath } from "../audit/paths";
import type { AuditResult as Audited } from "../audit/result";
import { toldByOthers } from "../engine/requirements";
import { createImageTable } from "../inventory/imageTable";
import type { AuditedDiagnostics } from "./auditedDiagnostics";
import type { AuditRun } from "./auditRun";
import { diagnosticsOfFile, toAuditRange } from "./convert";
import { guardRequest, signalOf } from "./guard";
import type { Network } from "./network";
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
  network: Network,
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
      const signal = signalOf(token);
      const settings = await session.settingsOf(params.folders[0] ?? "");
      const images = network.isOn(settings)
        ? createImageTable({ ...(await network.asking(settings)), signal })
        : undefined;
      const found = await run.start({
        signal,
        onProgress: report.files,
        withPosture: true,
        ...(images !== undefined && { askRegistries: (file) => images.ask(file) }),
      });
      const told = token.isCancellationRequested ? undefined : await images?.told(session.clock.now());
      const result = told === undefined ? found : { ...found, images: told };
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
  const place = (path: string): string => uriOf(fromBase(base, path));
  const images = result.images?.map((image) => ({
    ...image,
    summary: image.unknown ?? image.told.find(({ name }) => name === "Created")?.text ?? "",
    places: image.places.map(({ path, line }) => ({ uri: place(path), line: line - 1 })),
  }));
  return {
    files,
    result: { ...answer, ...(images !== undefined && { images }) },
    uriOf: place,
  };
}

/** A path of the result as an absolute one: it is relative to the base unless it shares nothing with it. */
function fromBase(base: string, path: string): string {
  if (path === ".") return base;
  return /^(?:\/|[A-Za-z][A-Za-z0-9+.-]{0,30}:)/.test(path) ? path : joinPath(base, path);
}
