import { type LogOutputChannel, l10n, window, workspace } from "vscode";
import type { BaseLanguageClient, WorkspaceEdit } from "vscode-languageclient";
import { methods, type PinAllParams, type PinParams, type PinResult } from "../../server/src/lsp/protocol";
import { mostNotes } from "./limits";
import { requestWithProgress } from "./longRequest";

/** Pins every image of the active file to its digest, as one step that can be undone, and says what was not pinned. */
export async function pinAllInFile(client: BaseLanguageClient, output: LogOutputChannel): Promise<void> {
  const document = window.activeTextEditor?.document;
  if (document === undefined) {
    void window.showInformationMessage(l10n.t("Open a file that names images to pin them."));
    return;
  }
  const uri = client.code2ProtocolConverter.asUri(document.uri);
  const { version } = document;
  const params: PinParams = { uri, text: document.getText() };
  const result = await ask(client, methods.pin, params);
  if (result === undefined) return;
  await finish(client, output, result, () => document.version === version);
}

/** The same for all files of the workspace; the editor shows the changes before they are made. */
export async function pinAllInWorkspace(client: BaseLanguageClient, output: LogOutputChannel): Promise<void> {
  const folders = (workspace.workspaceFolders ?? []).map((folder) => folder.uri.toString());
  const unsaved = workspace.textDocuments
    .filter((document) => document.isDirty && !document.isUntitled)
    .map((document) => ({ uri: document.uri.toString(), text: document.getText(), document }));
  const versions = unsaved.map(({ document }) => ({ document, version: document.version }));
  const params: PinAllParams = { folders, unsaved: unsaved.map(({ uri, text }) => ({ uri, text })) };
  const result = await ask(client, methods.pinAll, params);
  if (result === undefined) return;
  await finish(client, output, result, () =>
    versions.every(({ document, version }) => document.version === version),
  );
}

/** `undefined` where the user has stopped it. */
async function ask(
  client: BaseLanguageClient,
  method: string,
  params: PinParams | PinAllParams,
): Promise<PinResult | undefined> {
  const title = l10n.t("Plimsoll: asking registries");
  const result = await requestWithProgress<PinResult | null>(client, title, method, params);
  if (result === null) throw new Error(l10n.t("the images could not be pinned."));
  return result;
}

async function finish(
  client: BaseLanguageClient,
  output: LogOutputChannel,
  result: PinResult,
  isUnchanged: () => boolean,
): Promise<void> {
  const notes = [...result.notes];
  let { pinned } = result;
  if (result.edit !== undefined) {
    const edit = await client.protocol2CodeConverter.asWorkspaceEdit(result.edit as WorkspaceEdit);
    const applied = isUnchanged() && (await workspace.applyEdit(edit, { isRefactoring: true }));
    if (!applied) {
      pinned = 0;
      notes.unshift(l10n.t("a file has changed meanwhile, or the change was declined"));
    }
  }
  for (const note of notes) output.info(note);
  const said = pinnedText(pinned, result.files);
  const shown = notes.slice(0, mostNotes).map((note) => ` ${note.charAt(0).toUpperCase()}${note.slice(1)}.`);
  if (notes.length === 0) {
    void window.showInformationMessage(said);
    return;
  }
  const more = notes.length - mostNotes;
  const show = l10n.t("Show Output");
  const message = `${said}${shown.join("")}${more > 0 ? ` ${l10n.t("And {0} more.", more)}` : ""}`;
  const choice = await window.showWarningMessage(message, ...(more > 0 ? [show] : []));
  if (choice === show) output.show();
}

function pinnedText(pinned: number, files: number): string {
  if (files > 1 && pinned > 0) return l10n.t("Plimsoll pinned {0} images in {1} files.", pinned, files);
  return pinned === 1 ? l10n.t("Plimsoll pinned 1 image.") : l10n.t("Plimsoll pinned {0} images.", pinned);
}
