import {
  commands,
  l10n,
  type QuickPickItem,
  type TextDocumentContentProvider,
  Uri,
  window,
  workspace,
} from "vscode";
import type { BaseLanguageClient, TextDocumentEdit } from "vscode-languageclient";
import type { WorkspaceFix } from "../../server/src/lsp/protocol";
import { mostPreviewedFiles } from "./limits";

/** The scheme of files as they would be. */
const fixedScheme = "plimsoll-fixed";

/**
 * Shows a change of many files side by side, and asks in which of them it is to be made.
 *
 * @returns the URIs of the files that the user has left ticked; undefined where the user wants none of it
 */
export async function previewFix(
  client: BaseLanguageClient,
  fix: WorkspaceFix,
  parts: readonly TextDocumentEdit[],
): Promise<ReadonlySet<string> | undefined> {
  const editOf = new Map(parts.map((part) => [part.textDocument.uri, part]));
  const provider: TextDocumentContentProvider = {
    provideTextDocumentContent: async (uri) => {
      const part = editOf.get(decodeURIComponent(uri.query));
      return part === undefined ? "" : fixedText(client, part);
    },
  };
  const registration = workspace.registerTextDocumentContentProvider(fixedScheme, provider);
  const title = l10n.t("Plimsoll: Safe Fixes");
  try {
    const shown = fix.files.slice(0, mostPreviewedFiles).map(({ uri }): [Uri, Uri, Uri] => {
      const original = Uri.parse(uri);
      const fixed = original.with({ scheme: fixedScheme, query: encodeURIComponent(uri) });
      return [original, original, fixed];
    });
    await commands.executeCommand("vscode.changes", title, shown);
    const items = fix.files.map(({ uri, titles }): QuickPickItem & { readonly uri: string } => ({
      uri,
      label: workspace.asRelativePath(Uri.parse(uri)),
      description: titles.join(", "),
      picked: true,
    }));
    const files = items.length === 1 ? l10n.t("1 file") : l10n.t("{0} files", items.length);
    const fixes = fix.fixes === 1 ? l10n.t("1 safe fix") : l10n.t("{0} safe fixes", fix.fixes);
    const chosen = await window.showQuickPick(items, {
      title: l10n.t("Apply {0} in {1}?", fixes, files),
      placeHolder: l10n.t(
        "Take away the tick of a file that is to stay as it is; Escape leaves all as they are",
      ),
      canPickMany: true,
      ignoreFocusOut: true,
      matchOnDescription: true,
    });
    return chosen === undefined || chosen.length === 0 ? undefined : new Set(chosen.map(({ uri }) => uri));
  } finally {
    const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
    await window.tabGroups.close(tabs.filter(({ label }) => label.startsWith(title)));
    registration.dispose();
  }
}

async function fixedText(client: BaseLanguageClient, part: TextDocumentEdit): Promise<string> {
  const document = await workspace.openTextDocument(Uri.parse(part.textDocument.uri));
  const plain = part.edits.filter((edit) => "newText" in edit);
  const edits = (await client.protocol2CodeConverter.asTextEdits(plain)) ?? [];
  let text = document.getText();
  // From the end, so that the places of the others stay.
  const byPlace = edits.toSorted((a, b) => b.range.start.compareTo(a.range.start));
  for (const { range, newText } of byPlace) {
    text = text.slice(0, document.offsetAt(range.start)) + newText + text.slice(document.offsetAt(range.end));
  }
  return text;
}
