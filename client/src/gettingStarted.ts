import { commands, Disposable, Uri, window, workspace } from "vscode";

/** The samples of the walkthrough, by the argument of its links. */
const samples = {
  dockerfile: { file: "Dockerfile", language: "dockerfile" },
  compose: { file: "compose.yaml", language: "dockercompose" },
} as const;

/** Set once a sample has been changed, which is what the walkthrough's second step waits for. */
const sampleEdited = "plimsoll.sampleEdited";

/** Opens the walkthrough. */
export async function openWalkthrough(): Promise<void> {
  await commands.executeCommand("workbench.action.openWalkthrough", "plimsoll.plimsoll#start", false);
}

/**
 * Opens a sample that is unsafe on purpose as a document that is nowhere saved, so that nothing of the user's changes.
 *
 * @param extensionUri the folder of the extension, with the samples
 * @param kind a name of {@link samples}; anything else is the first
 */
export async function openSample(extensionUri: Uri, kind: unknown): Promise<void> {
  const { file, language } = kind === "compose" ? samples.compose : samples.dockerfile;
  const uri = Uri.joinPath(extensionUri, "media/walkthrough/sample", file);
  const content = new TextDecoder().decode(await workspace.fs.readFile(uri));
  const document = await workspace.openTextDocument({ language, content });
  await window.showTextDocument(document, { preview: false });
  const listener = workspace.onDidChangeTextDocument((change) => {
    if (change.document !== document || change.contentChanges.length === 0) return;
    stop.dispose();
    void commands.executeCommand("setContext", sampleEdited, true);
  });
  const closed = workspace.onDidCloseTextDocument((other) => other === document && stop.dispose());
  const stop = Disposable.from(listener, closed);
}
