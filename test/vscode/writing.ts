import * as vscode from "vscode";
import { check, equal, until } from "./check";

/** Completion, snippets and the first five minutes, as the editor itself gives them. */
export function writingTests(): void {
  it("completes the users of the base image, not root", async () => {
    const document = await untitled("FROM node:24\nUSER ");
    const labels = await until("the suggestions", async () => {
      const found = await completedAtEnd(document);
      return found.some(({ label }) => label === "node") && found.map(({ label }) => label);
    });
    check(labels.includes("1000"), "a user by its number");
    check(!labels.includes("root"), "root is not among them");
  });

  it("offers snippets by their names", async () => {
    const document = await untitled("plimsoll-go");
    const items = await completedAtEnd(document);
    const snippet = items.find(({ label }) => nameOf(label) === "plimsoll-go");
    check(snippet?.insertText instanceof vscode.SnippetString, "the snippet is among the suggestions");
    const editor = vscode.window.activeTextEditor;
    check(editor?.document === document, "the document is in front");
    await editor.insertSnippet(snippet.insertText, new vscode.Range(0, 0, 0, "plimsoll-go".length));
    check(document.getText().includes("USER 65532:65532"), "the snippet is there");
  });

  it("opens a sample that is unsafe on purpose, and saves it nowhere", async () => {
    for (const [kind, rule] of [
      ["dockerfile", "final-stage-user-root"],
      ["compose", "compose-privileged"],
    ] as const) {
      await vscode.commands.executeCommand("plimsoll.openSample", kind);
      const document = await until("the sample", () => {
        const active = vscode.window.activeTextEditor?.document;
        return active?.uri.scheme === "untitled" ? active : undefined;
      });
      await until(`${rule} in the sample`, () =>
        vscode.languages.getDiagnostics(document.uri).find(({ code }) => codeOf(code) === rule),
      );
      await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    }
  });

  it("lets chat audit a file and the workspace, and nothing else", async () => {
    const host = (vscode as unknown as { readonly lm?: LanguageModels }).lm;
    check(host?.invokeTool, "the editor has tools");
    const invoke = async (input: object): Promise<ToolAnswer> => {
      const result = await host.invokeTool("plimsoll_audit", { input, toolInvocationToken: undefined });
      return JSON.parse(result.content[0]!.value) as ToolAnswer;
    };
    const rulesIn = ({ findings }: ToolAnswer): readonly string[] => findings.map(({ rule }) => rule);
    const file = await invoke({ path: "Dockerfile" });
    check(rulesIn(file).includes("final-stage-user-root"), "the file's findings");
    check(file.notChecked.length === 0, "all of it was checked");
    const all = await invoke({});
    equal(all.findings[0]?.severity, "critical", "the gravest comes first");
    check(rulesIn(all).includes("compose-privileged"), "the workspace's findings");
    for (const path of ["../outside", "/etc/hostname"]) {
      const refused = await invoke({ path }).then(
        () => false,
        () => true,
      );
      check(refused, `${path} is refused`);
    }
  });

  it("has every command and picture that its walkthrough and its welcome name", async () => {
    const extension = vscode.extensions.getExtension("plimsoll.plimsoll");
    check(extension, "the extension is installed");
    const { walkthroughs, viewsWelcome } = extension.packageJSON.contributes;
    const links = JSON.stringify([walkthroughs, viewsWelcome]).matchAll(/\(command:([\w.]+)/g);
    const known = new Set(await vscode.commands.getCommands());
    for (const [, command] of links) check(known.has(command!), `${command} is a command`);
    for (const { media } of walkthroughs[0].steps)
      await vscode.workspace.fs.stat(vscode.Uri.joinPath(extension.extensionUri, media.svg));
  });
}

/** The part of the interface that is younger than the types that we compile with. */
interface LanguageModels {
  invokeTool(
    name: string,
    options: { readonly input: object; readonly toolInvocationToken: undefined },
  ): Promise<{ readonly content: readonly { readonly value: string }[] }>;
}

interface ToolAnswer {
  readonly findings: readonly { readonly rule: string; readonly severity: string }[];
  readonly notChecked: readonly unknown[];
}

async function untitled(content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: "dockerfile", content });
  await vscode.window.showTextDocument(document);
  return document;
}

async function completedAtEnd(document: vscode.TextDocument): Promise<readonly vscode.CompletionItem[]> {
  const { end } = document.lineAt(document.lineCount - 1).range;
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider",
    document.uri,
    end,
  );
  return list.items;
}

function nameOf(label: vscode.CompletionItem["label"]): string {
  return typeof label === "string" ? label : label.label;
}

function codeOf(code: vscode.Diagnostic["code"]): unknown {
  return typeof code === "object" ? code.value : code;
}
