import { type Disposable, LanguageStatusSeverity, languages, Uri, workspace } from "vscode";
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
  item.command = { command: "plimsoll.showOutput", title: "Show Output" };

  const show = (text: string, detail: string, severity: LanguageStatusSeverity, busy = false): void => {
    item.text = text;
    item.detail = detail;
    item.severity = severity;
    item.busy = busy;
  };
  const showStatus = (status: StatusParams): void => {
    if (status.state === "error") {
      show("Plimsoll: not working", status.message ?? "See the output.", LanguageStatusSeverity.Error);
      return;
    }
    const busy = status.state === "checking";
    const count = status.notChecked.length;
    const took = status.lastRunMs === undefined ? [] : [`last check: ${Math.round(status.lastRunMs)} ms`];
    if (count === 0) {
      const detail = [...(status.message === undefined ? [] : [status.message]), ...took].join(", ");
      show("Plimsoll", detail, LanguageStatusSeverity.Information, busy);
      return;
    }
    const [first] = status.notChecked;
    const more = count > 1 ? [`and ${count - 1} more`] : [];
    const detail = [...(first === undefined ? [] : [described(first)]), ...more, ...took].join(", ");
    const text = `Plimsoll: ${count} ${count === 1 ? "file" : "files"} not checked`;
    show(text, detail, LanguageStatusSeverity.Warning, busy);
  };

  show("Plimsoll", "Starting", LanguageStatusSeverity.Information, true);
  const stateListener = client.onDidChangeState(({ newState }) => {
    if (newState === State.Starting) show("Plimsoll", "Starting", LanguageStatusSeverity.Information, true);
    if (newState === State.Running) show("Plimsoll", "", LanguageStatusSeverity.Information);
    if (newState === State.Stopped) {
      show("Plimsoll: not working", "The server does not run.", LanguageStatusSeverity.Error);
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

function described({ uri, reason }: NotChecked): string {
  return `${workspace.asRelativePath(Uri.parse(uri))}: ${reason}`;
}
