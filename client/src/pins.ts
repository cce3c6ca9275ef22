import { ProgressLocation, window, workspace } from "vscode";
import type { BaseLanguageClient, WorkspaceEdit } from "vscode-languageclient";
import { methods, type PinParams, type PinResult } from "../../server/src/lsp/protocol";

/** Pins every image of the active file to its digest, as one step that can be undone, and says what was not pinned. */
export async function pinAllInFile(client: BaseLanguageClient): Promise<void> {
  const document = window.activeTextEditor?.document;
  if (document === undefined) {
    void window.showInformationMessage("Open a Dockerfile or a Compose file to pin its images.");
    return;
  }
  const uri = client.code2ProtocolConverter.asUri(document.uri);
  const version = document.version;
  const options = {
    location: ProgressLocation.Notification,
    title: "Plimsoll: asking registries",
    cancellable: true,
  };
  const result = await window.withProgress(options, (_progress, token) => {
    const params: PinParams = { uri };
    return client.sendRequest<PinResult | null>(methods.pin, params, token).catch((error: unknown) => {
      if (token.isCancellationRequested) return undefined;
      throw error;
    });
  });
  if (result === undefined) return;
  if (result === null) throw new Error("the images could not be pinned.");
  const notes = [...result.notes];
  let { pinned } = result;
  if (result.edit !== undefined) {
    const edit = await client.protocol2CodeConverter.asWorkspaceEdit(result.edit as WorkspaceEdit);
    const applied = document.version === version && (await workspace.applyEdit(edit));
    if (!applied) {
      pinned = 0;
      notes.unshift("the file has changed meanwhile");
    }
  }
  const said = `Plimsoll pinned ${pinned} ${pinned === 1 ? "image" : "images"}.`;
  const shown = notes.slice(0, mostNotes).map((note) => ` ${note.charAt(0).toUpperCase()}${note.slice(1)}.`);
  const more = notes.length > mostNotes ? ` And ${notes.length - mostNotes} more.` : "";
  const show = notes.length === 0 ? window.showInformationMessage : window.showWarningMessage;
  void show(`${said}${shown.join("")}${more}`);
}

/** More than a few reasons in one message are not read. */
const mostNotes = 3;
