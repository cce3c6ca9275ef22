import { type CancellationToken, ProgressLocation, window, workspace } from "vscode";
import {
  type BaseLanguageClient,
  WorkDoneProgress,
  type WorkDoneProgressReport,
} from "vscode-languageclient";
import {
  type AuditParams,
  type AuditResult,
  methods,
  type ReportFormat,
  severities,
} from "../../server/src/lsp/protocol";

/**
 * Has the server check the whole workspace, with progress that the user can cancel.
 *
 * @param client whose server does it
 * @param reportFormat a format in which the report is wanted beside HTML
 * @returns the result, or undefined when it was cancelled or no folder is open
 */
export async function auditWorkspace(
  client: BaseLanguageClient,
  reportFormat?: ReportFormat,
): Promise<AuditResult | undefined> {
  const folders = (workspace.workspaceFolders ?? []).map((folder) => folder.uri.toString());
  if (folders.length === 0) {
    void window.showInformationMessage("Open a folder to audit it with Plimsoll.");
    return undefined;
  }
  const options = { location: ProgressLocation.Notification, title: "Plimsoll: auditing", cancellable: true };
  return window.withProgress(options, async (progress, token) => {
    let reached = 0;
    return requestAudit(client, { folders, ...(reportFormat && { reportFormat }) }, token, (report) => {
      // The protocol tells where it stands, the editor wants to know the step.
      const increment = Math.max(0, (report.percentage ?? reached) - reached);
      reached += increment;
      progress.report({ increment, ...(report.message !== undefined && { message: report.message }) });
    });
  });
}

/** @returns the counts of an audit as one sentence for a person */
export function describeAudit(result: AuditResult): string {
  const counts = severities
    .filter((severity) => result.summary[severity] > 0)
    .map((severity) => `${result.summary[severity]} ${severity}`);
  const found = counts.length === 0 ? "nothing found" : counts.join(", ");
  const sentences = [`Plimsoll checked ${files(result.filesChecked)}: ${found}.`];
  if (result.notChecked.length > 0)
    sentences.push(`${files(result.notChecked.length)} could not be checked.`);
  if (result.failures.length > 0)
    sentences.push("Some rules failed, so something may be missing; see the output.");
  return sentences.join(" ");
}

let audits = 0;

async function requestAudit(
  client: BaseLanguageClient,
  params: AuditParams,
  token: CancellationToken,
  onProgress: (report: WorkDoneProgressReport) => void,
): Promise<AuditResult | undefined> {
  audits += 1;
  const workDoneToken = `plimsoll-audit-${audits}`;
  const listener = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
    if (value.kind === "report") onProgress(value);
  });
  try {
    const result = await client.sendRequest<AuditResult>(methods.audit, { ...params, workDoneToken }, token);
    // What came of an audit that was cut short would look like all there is.
    return token.isCancellationRequested ? undefined : result;
  } catch (error) {
    if (token.isCancellationRequested) return undefined;
    throw error;
  } finally {
    listener.dispose();
  }
}

function files(count: number): string {
  return `${count} ${count === 1 ? "file" : "files"}`;
}
