import { l10n, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  type AuditParams,
  type AuditResult,
  methods,
  type ReportFormat,
  severities,
} from "../../server/src/lsp/protocol";
import { requestWithProgress } from "./longRequest";
import { severityName } from "./severityName";

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
    void window.showInformationMessage(l10n.t("Open a folder to audit it with Plimsoll."));
    return undefined;
  }
  const params: AuditParams = { folders, ...(reportFormat && { reportFormat }) };
  return requestWithProgress<AuditResult>(client, l10n.t("Plimsoll: auditing"), methods.audit, params);
}

/** @returns the counts of an audit as one sentence for a person */
export function describeAudit(result: AuditResult): string {
  const counts = severities
    .filter((severity) => result.summary[severity] > 0)
    .map((severity) => `${result.summary[severity]} ${severityName(severity)}`);
  const found = counts.length === 0 ? l10n.t("nothing found") : counts.join(", ");
  const sentences = [l10n.t("Plimsoll checked {0}: {1}.", files(result.filesChecked), found)];
  if (result.notChecked.length > 0)
    sentences.push(l10n.t("{0} could not be checked.", files(result.notChecked.length)));
  if (result.failures.length > 0)
    sentences.push(l10n.t("Some rules failed, so something may be missing; see the output."));
  return sentences.join(" ");
}

function files(count: number): string {
  return count === 1 ? l10n.t("1 file") : l10n.t("{0} files", count);
}
