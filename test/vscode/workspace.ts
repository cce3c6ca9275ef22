/** The fixture workspace, and what is found in it. */
import * as vscode from "vscode";
import { check, until } from "./check";

export function fileUri(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  check(folder, "a folder is open");
  return vscode.Uri.joinPath(folder.uri, name);
}

export async function open(name: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(fileUri(name));
  await vscode.window.showTextDocument(document);
  return document;
}

export function findings(document: vscode.TextDocument, rule: string): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter(({ code }) => {
    return (typeof code === "object" ? code.value : code) === rule;
  });
}

export function finding(document: vscode.TextDocument, rule: string): Promise<vscode.Diagnostic> {
  return until(`${rule} in ${document.uri.path}`, () => findings(document, rule)[0]);
}

export async function gone(document: vscode.TextDocument, rule: string): Promise<void> {
  await until(`the end of ${rule} in ${document.uri.path}`, () => findings(document, rule).length === 0);
}

export async function edit(
  document: vscode.TextDocument,
  make: (change: vscode.WorkspaceEdit) => void,
): Promise<void> {
  const change = new vscode.WorkspaceEdit();
  make(change);
  check(await vscode.workspace.applyEdit(change), `the edit of ${document.uri.path} is applied`);
}

export function lineOf(document: vscode.TextDocument, start: string): vscode.TextLine {
  for (let line = 0; line < document.lineCount; line++) {
    if (document.lineAt(line).text.startsWith(start)) return document.lineAt(line);
  }
  throw new Error(`no line starts with ${start}`);
}

export async function quickFixes(
  document: vscode.TextDocument,
  range: vscode.Range,
): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
  );
}

export function textOf(content: vscode.MarkdownString | vscode.MarkedString): string {
  return typeof content === "string" ? content : content.value;
}
