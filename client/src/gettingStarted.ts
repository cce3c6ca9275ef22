import {
  commands,
  Disposable,
  languages,
  type Range,
  type TextDocument,
  Uri,
  window,
  workspace,
} from "vscode";

/** The samples of the walkthrough, by the argument of its links. */
const samples = {
  dockerfile: { file: "Dockerfile", language: "dockerfile" },
  compose: { file: "compose.yaml", language: "dockercompose" },
} as const;

/** Set once a sample has been changed, which is what the walkthrough's second step waits for. */
const sampleEdited = "plimsoll.sampleEdited";

/** Milliseconds that the sample's findings may take to come. */
const findingLimit = 10_000;

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
export async function openSample(extensionUri: Uri, kind: unknown): Promise<TextDocument> {
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
  return document;
}

/** Opens a sample with the cursor on the user that it runs as, and the menu of what can be done about it. */
export async function showSampleFixes(extensionUri: Uri): Promise<void> {
  const document = await openSample(extensionUri, "dockerfile");
  const range = await rootUser(document);
  if (range === undefined) return;
  const editor = await window.showTextDocument(document, { selection: range });
  editor.revealRange(range);
  await commands.executeCommand("editor.action.quickFix");
}

/** The place of the finding about the user, once it is there; undefined where it does not come. */
async function rootUser(document: TextDocument): Promise<Range | undefined> {
  const find = (): Range | undefined =>
    languages
      .getDiagnostics(document.uri)
      .find(
        ({ range }) =>
          document.getText(range) === "root" && document.lineAt(range.start).text.startsWith("USER"),
      )?.range;
  return new Promise((resolve) => {
    const end = (range: Range | undefined): void => {
      clearTimeout(timer);
      listener.dispose();
      resolve(range);
    };
    const look = (): void => {
      const range = find();
      if (range !== undefined) end(range);
    };
    const timer = setTimeout(() => end(undefined), findingLimit);
    const listener = languages.onDidChangeDiagnostics(look);
    look();
  });
}
