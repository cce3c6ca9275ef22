/** Fixing in bulk: what is shown first, what is left alone. */
import * as vscode from "vscode";
import { check, equal, until } from "./check";
import { fileUri } from "./workspace";

const unsafe = "FROM registry.example.com/base:1\nADD app.py /app/app.py\nUSER 10001\n";
const fixed = unsafe.replace("ADD", "COPY");

export function fixingTests(): void {
  it("fixes all that is safe in the workspace once its preview is accepted, but no file that has changed meanwhile", async () => {
    await withFiles(["fixing/one/Dockerfile", "fixing/two/Dockerfile"], async ([one, two]) => {
      const done = vscode.commands.executeCommand("plimsoll.fixAllInWorkspace");
      await until("the preview", () => previews().length > 0);
      const preview = await vscode.workspace.openTextDocument(
        one!.with({ scheme: "plimsoll-fixed", query: encodeURIComponent(one!.toString()) }),
      );
      equal(preview.getText(), fixed, "the preview");
      const changed = `${unsafe}# somebody else\n`;
      await write(two!, changed);
      // Nothing tells when the question is on the screen, and one that is accepted before has nothing chosen.
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await until("the fix", async () => {
        await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
        return (await read(one!)) === fixed;
      });
      await done;
      equal(await read(two!), changed, "what somebody else has written");
      check(previews().length === 0, "the preview is closed");
    });
  });

  it("changes nothing where the preview is left", async () => {
    await withFiles(["fixing/Dockerfile"], async ([only]) => {
      const done = vscode.commands.executeCommand("plimsoll.fixAllInWorkspace");
      await until("the preview", () => previews().length > 0);
      let left = false;
      void done.then(() => {
        left = true;
      });
      await until("its end", async () => {
        await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
        return left;
      });
      equal(await read(only!), unsafe, "the file");
    });
  });
}

async function withFiles(
  names: readonly string[],
  use: (uris: readonly vscode.Uri[]) => Promise<void>,
): Promise<void> {
  const uris = names.map(fileUri);
  for (const uri of uris) await write(uri, unsafe);
  const others = ["Dockerfile", "api/Containerfile"].map(fileUri);
  const before = await Promise.all(others.map((uri) => vscode.workspace.fs.readFile(uri)));
  try {
    await use(uris);
  } finally {
    await vscode.workspace.fs.delete(fileUri("fixing"), { recursive: true });
    for (const [index, uri] of others.entries()) await vscode.workspace.fs.writeFile(uri, before[index]!);
  }
}

function previews(): readonly vscode.Tab[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter(({ label }) => label.startsWith("Plimsoll: Safe Fixes"));
}

async function write(uri: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}

async function read(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}
