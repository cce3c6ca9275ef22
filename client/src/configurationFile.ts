import { FileType, l10n, Uri, WorkspaceEdit, window, workspace } from "vscode";

const name = "plimsoll.yaml";

/** A first configuration: it changes nothing, and shows what could be said. */
const template = `# What Plimsoll reports in this repository, in every editor, on the command line and in pipelines.
# Every key: https://github.com/plimsoll-security/plimsoll/blob/main/docs/configuration.md

profile: recommended

# Severities of single rules; * stands for any characters.
# rules:
#   base-image-latest-tag: high
#   "compose-port-*": off

# What is accepted, and why.
# ignore:
#   - rule: compose-docker-socket
#     path: monitoring/**
#     reason: cAdvisor needs it
`;

/**
 * Shows the configuration that counts for the file in the editor, or for a workspace folder; where there is none, one is
 * made in the folder.
 */
export async function openConfiguration(): Promise<void> {
  const active = window.activeTextEditor?.document.uri;
  const here = active && workspace.getWorkspaceFolder(active);
  const folder = here ?? (await onlyFolder());
  if (folder === undefined) return;
  const uri = (here && active && (await nearest(folder.uri, active))) ?? Uri.joinPath(folder.uri, name);
  if (!(await isFile(uri))) {
    const edit = new WorkspaceEdit();
    edit.createFile(uri, { contents: new TextEncoder().encode(template), overwrite: false });
    if (!(await workspace.applyEdit(edit))) throw new Error(l10n.t("{0} could not be made.", name));
  }
  await window.showTextDocument(uri);
}

async function onlyFolder() {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length === 0)
    void window.showInformationMessage(l10n.t("Open a folder first: {0} belongs to a folder.", name));
  return folders.length < 2
    ? folders[0]
    : window.showWorkspaceFolderPick({ placeHolder: l10n.t("The {0} of which folder?", name) });
}

/** The configuration in the nearest folder above a file, within the workspace folder. */
async function nearest(folder: Uri, file: Uri): Promise<Uri | undefined> {
  for (let at = file; at.path.length > folder.path.length; ) {
    at = Uri.joinPath(at, "..");
    const uri = Uri.joinPath(at, name);
    if (await isFile(uri)) return uri;
  }
  return undefined;
}

async function isFile(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    ({ type }) => (type & FileType.File) !== 0,
    () => false,
  );
}
