import {
  Disposable,
  LanguageStatusSeverity,
  l10n,
  languages,
  type TextDocument,
  Uri,
  window,
  workspace,
} from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import {
  configurationSection,
  methods,
  type NotChecked,
  type StatusParams,
} from "../../server/src/lsp/protocol";
import { documentSelector } from "./client";

/** What the item says. */
interface Shown {
  readonly text: string;
  readonly detail: string;
  readonly severity: LanguageStatusSeverity;
  readonly busy: boolean;
}

/**
 * Shows in the language status what the server does, how many open files it could not check, and whether the file in
 * the editor is checked at all.
 *
 * @param client the client whose server it is about
 */
export function createStatus(client: BaseLanguageClient): Disposable {
  const item = languages.createLanguageStatusItem("plimsoll.status", documentSelector);
  item.name = "Plimsoll";
  let ofServer: Shown = starting();
  const show = (shown: Shown = ofServer): void => {
    ofServer = shown;
    const active = window.activeTextEditor?.document;
    const isOff = active !== undefined && !isEnabled(active);
    Object.assign(item, isOff ? off() : ofServer);
    item.command = isOff
      ? { command: "plimsoll.toggle", title: l10n.t("Turn On") }
      : { command: "plimsoll.showOutput", title: l10n.t("Show Output") };
  };
  show();
  const listeners = Disposable.from(
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Starting) show(starting());
      if (newState === State.Running) show(ready);
      if (newState === State.Stopped) show(stopped());
    }),
    client.onNotification(methods.status, (status: StatusParams) => show(shownOf(status))),
    window.onDidChangeActiveTextEditor(() => show()),
    workspace.onDidChangeConfiguration(
      (change) => change.affectsConfiguration(configurationSection) && show(),
    ),
  );
  return Disposable.from(listeners, item);
}

/** Turns the setting `plimsoll.enable` over, where it has been set last: in the workspace, or for the user. */
export async function toggleFindings(): Promise<void> {
  const settings = workspace.getConfiguration(configurationSection);
  const isSetHere = settings.inspect("enable")?.workspaceValue !== undefined;
  await settings.update("enable", settings.get("enable") === false, !isSetHere);
}

function isEnabled(document: TextDocument): boolean {
  return workspace.getConfiguration(configurationSection, document).get("enable") !== false;
}

const information = LanguageStatusSeverity.Information;
const ready: Shown = { text: "Plimsoll", detail: "", severity: information, busy: false };
// Functions, since what language is spoken is not known while the file is loaded.
const starting = (): Shown => ({ ...ready, detail: l10n.t("Starting"), busy: true });
const off = (): Shown => ({
  ...ready,
  text: l10n.t("Plimsoll: off"),
  detail: l10n.t("Turned off by {0}", "plimsoll.enable"),
});
const stopped = (): Shown => ({
  ...ready,
  text: l10n.t("Plimsoll: not working"),
  detail: l10n.t("The server does not run."),
  severity: LanguageStatusSeverity.Error,
});

function shownOf(status: StatusParams): Shown {
  if (status.state === "error") return { ...stopped(), detail: status.message ?? l10n.t("See the output.") };
  const busy = status.state === "checking";
  const count = status.notChecked.length;
  const took =
    status.lastRunMs === undefined ? [] : [l10n.t("last check: {0} ms", Math.round(status.lastRunMs))];
  if (count === 0) {
    const message = status.message === undefined ? [] : [status.message];
    return { ...ready, detail: [...message, ...took].join(", "), busy };
  }
  const [first] = status.notChecked;
  const more = count > 1 ? [l10n.t("and {0} more", count - 1)] : [];
  return {
    text:
      count === 1 ? l10n.t("Plimsoll: 1 file not checked") : l10n.t("Plimsoll: {0} files not checked", count),
    detail: [...(first === undefined ? [] : [described(first)]), ...more, ...took].join(", "),
    severity: LanguageStatusSeverity.Warning,
    busy,
  };
}

function described({ uri, reason }: NotChecked): string {
  return `${workspace.asRelativePath(Uri.parse(uri))}: ${reason}`;
}
