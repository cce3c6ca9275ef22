import { l10n, Uri, window, workspace } from "vscode";
import type { BaseLanguageClient, TextDocumentEdit, WorkspaceEdit } from "vscode-languageclient";
import { type FixWorkspaceParams, methods, type WorkspaceFix } from "../../server/src/lsp/protocol";
import { previewFix } from "./fixPreview";
import { mostFilesNamed } from "./limits";
import { requestWithProgress } from "./longRequest";

/**
 * Fixes all that is safe to fix in the workspace, which is shown first, or all that one rule has found, of which the
 * editor shows what may change behaviour. Files that change before it is done are left alone, and named.
 *
 * @param rule the rule's id; undefined for the safe fixes of all rules
 */
export async function fixWorkspace(client: BaseLanguageClient, rule?: string): Promise<void> {
  const folders = (workspace.workspaceFolders ?? []).map((folder) => folder.uri.toString());
  if (folders.length === 0) {
    void window.showInformationMessage(l10n.t("Open a folder to fix what Plimsoll finds in it."));
    return;
  }
  const params: FixWorkspaceParams = { folders, ...(rule !== undefined && { rule }) };
  const title =
    rule === undefined ? l10n.t("Plimsoll: fixing all that is safe") : l10n.t("Plimsoll: fixing {0}", rule);
  const fix = await requestWithProgress<WorkspaceFix>(client, title, methods.fixWorkspace, params);
  if (fix === undefined) return;
  const unseen =
    fix.notChecked.length === 0 ? "" : ` ${l10n.t("Not all files could be checked; an audit says which.")}`;
  if (fix.edit === undefined) {
    const nothing =
      rule === undefined
        ? l10n.t("Plimsoll: nothing can be fixed safely by itself.")
        : l10n.t("Plimsoll: nothing of {0} can be fixed by itself.", rule);
    void window.showInformationMessage(`${nothing}${unseen}`);
    return;
  }
  const whole = fix.edit as WorkspaceEdit;
  const parts = whole.documentChanges as readonly TextDocumentEdit[];
  const wanted = rule === undefined ? await previewFix(client, fix, parts) : undefined;
  if (rule === undefined && wanted === undefined) return;
  const chosen = parts.filter(({ textDocument }) => wanted?.has(textDocument.uri) !== false);

  const changed = await changedOf(client, fix.files);
  const isChanged = ({ textDocument }: TextDocumentEdit): boolean => changed.includes(textDocument.uri);
  const left = chosen.filter(isChanged).map(({ textDocument }) => textDocument.uri);
  const documentChanges = chosen.filter((part) => !isChanged(part));
  if (documentChanges.length > 0) {
    const edit = await client.protocol2CodeConverter.asWorkspaceEdit({ ...whole, documentChanges });
    if (!(await workspace.applyEdit(edit, { isRefactoring: true }))) {
      // Where the editor has shown it, it has been discarded there, or refused with the editor's own words.
      if (whole.changeAnnotations === undefined)
        void window.showWarningMessage(
          l10n.t("Plimsoll: nothing was fixed, because a file is changing just now."),
        );
      return;
    }
  }
  const count = documentChanges.length;
  const done = count === 1 ? l10n.t("Plimsoll: fixed 1 file.") : l10n.t("Plimsoll: fixed {0} files.", count);
  if (left.length > 0)
    void window.showWarningMessage(
      `${done} ${l10n.t("Changed meanwhile and left alone: {0}.", named(left))}${unseen}`,
    );
  else void window.showInformationMessage(`${done}${unseen}`);
}

function changedOf(client: BaseLanguageClient, files: WorkspaceFix["files"]): Promise<readonly string[]> {
  const stamps = files.map(({ uri, stamp }) => ({ uri, stamp }));
  return client.sendRequest<readonly string[]>(methods.changedFiles, { files: stamps });
}

function named(uris: readonly string[]): string {
  const names = uris.slice(0, mostFilesNamed).map((uri) => workspace.asRelativePath(Uri.parse(uri)));
  const others = uris.length - names.length;
  return others === 0 ? names.join(", ") : l10n.t("{0} and {1} more", names.join(", "), others);
}
