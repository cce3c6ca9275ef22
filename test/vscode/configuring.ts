/** `plimsoll.yaml` in the editor, and the switch for everything. */
import * as vscode from "vscode";
import { check, equal, until } from "./check";
import { fileUri, finding, gone, open, textOf } from "./workspace";

export function configuringTests(): void {
  it("turns everything off and on again without a restart", async () => {
    const document = await open("Dockerfile");
    await finding(document, "final-stage-user-root");
    try {
      await vscode.commands.executeCommand("plimsoll.toggle");
      await gone(document, "final-stage-user-root");
      await vscode.commands.executeCommand("plimsoll.toggle");
      await finding(document, "final-stage-user-root");
    } finally {
      const settings = vscode.workspace.getConfiguration("plimsoll");
      await settings.update("enable", undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it("makes a configuration that changes nothing, and helps to write it", async () => {
    const dockerfile = await open("Dockerfile");
    // Not in the tab that the next file takes over.
    await vscode.window.showTextDocument(dockerfile, { preview: false });
    await finding(dockerfile, "final-stage-user-root");
    const uri = fileUri("plimsoll.yaml");
    try {
      await vscode.commands.executeCommand("plimsoll.openConfiguration");
      const document = await until("the file", () => {
        const active = vscode.window.activeTextEditor?.document;
        return active?.uri.path === uri.path && active;
      });
      equal(document.languageId, "yaml", "the language");
      await finding(dockerfile, "final-stage-user-root");
      const change = new vscode.WorkspaceEdit();
      const end = document.lineAt(document.lineCount - 1).range.end;
      change.insert(uri, end, "rules:\n  final-stage-user-root: off\n  cur");
      check(await vscode.workspace.applyEdit(change), "the edit is applied");
      const last = document.lineAt(document.lineCount - 1).range.end;
      await until("the ids", async () => {
        const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
          "vscode.executeCompletionItemProvider",
          uri,
          last,
        );
        return items.some(({ label }) => label === "curl-insecure");
      });
      const id = document.positionAt(document.getText().indexOf("final-stage-user-root"));
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        uri,
        id,
      );
      const shown = hovers.flatMap((hover) => hover.contents.map(textOf)).join("\n");
      check(shown.includes("`final-stage-user-root`"), `the page of the rule: ${shown.slice(0, 200)}`);
      const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
        "vscode.executeLinkProvider",
        uri,
      );
      const link = links.find(({ range }) => range.start.isEqual(id));
      equal(link?.target?.scheme, "command", "what the id leads to");
      await until("what is wrong", () =>
        vscode.languages.getDiagnostics(uri).some(({ message }) => message.includes("There is no rule cur")),
      );
      const tail = new vscode.Range(last.line, 0, last.line, last.character);
      const mended = new vscode.WorkspaceEdit();
      mended.replace(uri, tail, "");
      await vscode.workspace.applyEdit(mended);
      await document.save();
      await gone(dockerfile, "final-stage-user-root");
    } finally {
      // What is typed counts as long as it is open, saved or not.
      await vscode.commands.executeCommand("workbench.action.files.revert");
      await vscode.workspace.fs.delete(uri);
    }
    await finding(dockerfile, "final-stage-user-root");
  });
}
