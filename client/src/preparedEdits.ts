import { l10n, window, workspace } from "vscode";
import type { BaseLanguageClient, WorkspaceEdit } from "vscode-languageclient";
import {
  type HardenParams,
  type IgnoreParams,
  type IgnoreTarget,
  methods,
  type PreparedEdit,
} from "../../server/src/lsp/protocol";

/**
 * Asks for a reason and an end date, both of which may be left out unless the repository wants a reason, and has the
 * server silence the finding. Escape ends it without a change.
 *
 * @param target the finding, as the server named it in its action
 */
export async function ignoreFinding(client: BaseLanguageClient, target: IgnoreTarget): Promise<void> {
  const title = l10n.t("Ignore {0}", target.rule);
  const reason = await window.showInputBox({
    title: l10n.t("{0} (1 of 2)", title),
    prompt: target.reasonRequired
      ? l10n.t("Why is this accepted?")
      : l10n.t("Why is this accepted? Leave empty for no reason."),
    placeHolder: l10n.t("Reason"),
    ignoreFocusOut: true,
    validateInput: (text) =>
      target.reasonRequired && text.trim() === "" ? l10n.t("This repository wants a reason.") : undefined,
  });
  if (reason === undefined) return;
  const until = await window.showInputBox({
    title: l10n.t("{0} (2 of 2)", title),
    prompt: l10n.t("Until which day? Leave empty for no end."),
    placeHolder: "2027-03-01",
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === "" || isDay(text.trim()) ? undefined : l10n.t("A day like 2027-03-01."),
  });
  if (until === undefined) return;
  const params: IgnoreParams = {
    ...target,
    ...(reason.trim() === "" ? {} : { reason: reason.trim() }),
    ...(until.trim() === "" ? {} : { until: until.trim() }),
  };
  const prepared = await client.sendRequest<PreparedEdit | null>(methods.ignore, params);
  if (prepared === null) {
    void window.showInformationMessage(l10n.t("Plimsoll: the finding is not there any more."));
    return;
  }
  await apply(client, prepared);
}

/** Hardens a stage or a service, as one step that can be undone. */
export async function harden(client: BaseLanguageClient, params: HardenParams): Promise<void> {
  const prepared = await client.sendRequest<PreparedEdit | null>(methods.harden, params);
  if (prepared !== null) await apply(client, prepared);
  else void window.showInformationMessage(l10n.t("Plimsoll: there is nothing left to harden here."));
}

async function apply(client: BaseLanguageClient, { edit }: PreparedEdit): Promise<void> {
  const converted = await client.protocol2CodeConverter.asWorkspaceEdit(edit as WorkspaceEdit);
  if (!(await workspace.applyEdit(converted, { isRefactoring: true }))) {
    void window.showWarningMessage(
      l10n.t("Plimsoll: the change was not made, because a file has changed meanwhile."),
    );
  }
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
