import { type Disposable, LanguageStatusSeverity, l10n, languages, Uri, workspace } from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import { methods, type NotChecked, type StatusParams } from "../../server/src/lsp/protocol";
import { documentSelector } from "./client";

/**
 * Shows in the language status what the server does, and how many open files it could not check.
 *
 * @param client the client whose server it is about
 */
export function createStatus(client: BaseLanguageClient): Disposable {
  const item = languages.createLanguageStatusItem("plimsoll.status", documentSelector);
  item.name = "Plimsoll";
  item.command = { command: "plimsoll.showOutput", title: l10n.t("Show Output") };

  const show = (text: string, detail: string, severity: LanguageStatusSeverity, busy = false): void => {
    item.text = text;
    item.detail = detail;
    item.severity = severity;
    item.busy = busy;
  };
  const showStatus = (status: StatusParams): void => {
    if (status.state === "error") {
      show(notWorking(), status.message ?? l10n.t("See the output."), LanguageStatusSeverity.Error);
      return;
    }
    const busy = status.state === "checking";
    const count = status.notChecked.length;
    const took =
      status.lastRunMs === undefined ? [] : [l10n.t("last check: {0} ms", Math.round(status.lastRunMs))];
    if (count === 0) {
      const detail = [...(status.message === undefined ? [] : [status.message]), ...took].join(", ");
      show("Plimsoll", detail, LanguageStatusSeverity.Information, busy);
      return;
    }
    const [first] = status.notChecked;
    const more = count > 1 ? [l10n.t("and {0} more", count - 1)] : [];
    const detail = [...(first === undefined ? [] : [described(first)]), ...more, ...took].join(", ");
    const text =
      count === 1 ? l10n.t("Plimsoll: 1 file not checked") : l10n.t("Plimsoll: {0} files not checked", count);
    show(text, detail, LanguageStatusSeverity.Warning, busy);
  };

  show("Plimsoll", l10n.t("Starting"), LanguageStatusSeverity.Information, true);
  const stateListener = client.onDidChangeState(({ newState }) => {
    if (newState === State.Starting)
      show("Plimsoll", l10n.t("Starting"), LanguageStatusSeverity.Information, true);
    if (newState === State.Running) show("Plimsoll", "", LanguageStatusSeverity.Information);
    if (newState === State.Stopped) {
      show(notWorking(), l10n.t("The server does not run."), LanguageStatusSeverity.Error);
    }
  });
  const statusListener = client.onNotification(methods.status, showStatus);
  return {
    dispose: () => {
      stateListener.dispose();
      statusListener.dispose();
      item.dispose();
    },
  };
}

function notWorking(): string {
  return l10n.t("Plimsoll: not working");
}

function described({ uri, reason }: NotChecked): string {
  return `${workspace.asRelativePath(Uri.parse(uri))}: ${reason}`;
}
