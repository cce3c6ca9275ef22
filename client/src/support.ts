import {
  type Diagnostic,
  type Extension,
  env,
  l10n,
  languages,
  UIKind,
  Uri,
  version,
  window,
  workspace,
} from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import { type FalsePositiveParams, type FalsePositiveReport, methods } from "../../server/src/lsp/protocol";

/**
 * Prepares an issue about the finding under the cursor. It goes to the clipboard, and to the browser only when the user
 * says so; nothing is sent before the user submits it there.
 */
export async function reportFalsePositive(client: BaseLanguageClient): Promise<void> {
  const editor = window.activeTextEditor;
  const here =
    editor === undefined
      ? []
      : languages
          .getDiagnostics(editor.document.uri)
          .filter(
            ({ source, range }) =>
              source === "plimsoll" &&
              range.start.line <= editor.selection.active.line &&
              editor.selection.active.line <= range.end.line,
          );
  const chosen = here.length < 2 ? here[0] : await pickFinding(here);
  if (editor === undefined || chosen === undefined) {
    if (here.length === 0)
      void window.showInformationMessage(
        l10n.t("Put the cursor on a line with a finding of Plimsoll first."),
      );
    return;
  }
  const params: FalsePositiveParams = {
    uri: client.code2ProtocolConverter.asUri(editor.document.uri),
    rule: ruleOf(chosen),
    start: client.code2ProtocolConverter.asPosition(chosen.range.start),
  };
  const report = await client.sendRequest<FalsePositiveReport | null>(methods.falsePositive, params);
  if (report === null) {
    void window.showInformationMessage(l10n.t("Plimsoll: the finding is not there any more."));
    return;
  }
  await env.clipboard.writeText(report.body);
  const open = l10n.t("Open Issue Page");
  const choice = await window.showInformationMessage(
    l10n.t(
      "The report is in the clipboard: rule, version and the lines around the finding, secrets masked. Nothing has been sent.",
    ),
    open,
  );
  if (choice === open) await env.openExternal(Uri.parse(report.url, true));
}

async function pickFinding(findings: readonly Diagnostic[]): Promise<Diagnostic | undefined> {
  const items = findings.map((finding) => ({ label: ruleOf(finding), detail: finding.message, finding }));
  const options = {
    title: l10n.t("Report a False Positive"),
    placeHolder: l10n.t("Which finding?"),
    matchOnDetail: true,
  };
  return (await window.showQuickPick(items, options))?.finding;
}

function ruleOf({ code }: Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

/** Copies what a maintainer asks for first: versions, host and settings, but no path, no name and no content of a file. */
export async function copyDebugInfo(
  client: BaseLanguageClient,
  extension: Extension<unknown>,
): Promise<void> {
  const settings = workspace.getConfiguration("plimsoll");
  const lines = [
    `Plimsoll ${String(extension.packageJSON.version)}, server ${State[client.state]}`,
    `VS Code ${version}, ${env.appHost}, ${env.uiKind === UIKind.Desktop ? "desktop" : "web"}, remote: ${env.remoteName ?? "none"}`,
    `Workspace: ${workspace.workspaceFolders?.length ?? 0} folders (${schemes()}), ${workspace.isTrusted ? "trusted" : "restricted"}`,
    `Server: ${JSON.stringify(client.initializeResult?.serverInfo ?? null)}`,
    `Settings: ${JSON.stringify(changedSettings(settings, extension), undefined, 2)}`,
  ];
  await env.clipboard.writeText(`${lines.join("\n")}\n`);
  void window.showInformationMessage(l10n.t("Plimsoll: the debug info is in the clipboard."));
}

function schemes(): string {
  return [...new Set((workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme))].join(", ") || "none";
}

/** What the user has set to something else than its default. */
function changedSettings(
  settings: ReturnType<typeof workspace.getConfiguration>,
  extension: Extension<unknown>,
): Readonly<Record<string, unknown>> {
  const { contributes } = extension.packageJSON as {
    readonly contributes: { readonly configuration: readonly { readonly properties: object }[] };
  };
  const names = contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
  return Object.fromEntries(
    names.flatMap((name) => {
      const found = settings.inspect(name.slice("plimsoll.".length));
      const value = found?.workspaceFolderValue ?? found?.workspaceValue ?? found?.globalValue;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
