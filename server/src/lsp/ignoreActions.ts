import type { WorkspaceEdit } from "vscode-languageserver";
import { isWithin, parentOf, relativePath } from "../audit/paths";
import type { Finding } from "../engine/finding";
import { ignoreFileEdits, ignoreLineEdits } from "../engine/ignoreEdits";
import {
  canBePath,
  newRepositoryIgnore,
  repositoryIgnoreEdit,
  type Silencing,
} from "../engine/repositoryIgnoreEdit";
import { ruleIndexOf } from "../engine/ruleIndex";
import { takesIgnoreComments } from "../engine/suppress";
import { maxConfigBytes } from "../limits";
import { linesOf } from "../text/lines";
import { positionsOf, toProtocolEdit } from "./convert";
import type { Checked, Session } from "./session";
import { canCreate, createFile, editChecked, editDocument } from "./workspaceEdits";

export interface IgnoreAction {
  readonly title: string;
  readonly edit: WorkspaceEdit;
}

/**
 * Silences a finding on its line, in its file, in the repository: as many of these as the place allows. Where no
 * comment can stand, the repository's configuration names the file. What is said
 * about ignore comments and about `plimsoll.yaml` itself is corrected, not silenced.
 */
export async function ignoreActions(
  session: Session,
  checked: Checked,
  finding: Finding,
): Promise<readonly IgnoreAction[]> {
  const { document } = checked.analysis;
  const rule = ruleIndexOf(session.rules).byId(finding.rule);
  if (document.language === "configuration" || rule?.language === "comments") return [];
  const actions: IgnoreAction[] = [];
  const inFile = `Ignore ${finding.rule} in this file`;
  if (takesIgnoreComments(document)) {
    const line = ignoreLineEdits(document, finding);
    if (line.length > 0) {
      actions.push({
        title: `Ignore ${finding.rule} on this line`,
        edit: editChecked(checked, line, session.client),
      });
    }
    const file = ignoreFileEdits(document, finding.rule);
    actions.push({ title: inFile, edit: editChecked(checked, file, session.client) });
  } else {
    const path = pathInRepository(session, checked);
    const file =
      path === undefined ? undefined : await repositoryEdit(session, checked, { rule: finding.rule, path });
    if (file !== undefined) actions.push({ title: inFile, edit: file });
  }
  const repository = await repositoryEdit(session, checked, { rule: finding.rule });
  if (repository !== undefined) {
    actions.push({ title: `Ignore ${finding.rule} in the repository`, edit: repository });
  }
  return actions;
}

/** The path of a file as the configuration that is in force names it, where it can. */
function pathInRepository({ locations }: Session, { uri, resource }: Checked): string | undefined {
  const folder = resource.configPath && parentOf(resource.configPath);
  const path = locations.pathOf(uri);
  if (!folder || path === undefined || !isWithin(folder, path)) return undefined;
  const relative = relativePath(folder, path);
  return canBePath(relative) ? relative : undefined;
}

/** Edits the configuration that is in force, its text as it stands in the editor where it is open. */
async function repositoryEdit(
  session: Session,
  checked: Checked,
  silencing: Silencing,
): Promise<WorkspaceEdit | undefined> {
  const { client, documents, encoding, files, locations } = session;
  const path = checked.resource.configPath;
  if (path === undefined) return undefined;
  const open = documents.all().find((document) => locations.pathOf(document.uri) === path);
  const uri = open?.uri ?? locations.uriOf(path);
  const read = open === undefined ? await files.read(path, maxConfigBytes) : undefined;
  if (read?.state === "absent") {
    return canCreate(client) ? createFile({ uri, text: newRepositoryIgnore(silencing) }) : undefined;
  }
  const text = open?.getText() ?? (read?.state === "read" ? read.text : undefined);
  const edit = text === undefined ? undefined : repositoryIgnoreEdit(text, silencing);
  if (text === undefined || edit === undefined) return undefined;
  const positions = positionsOf(text, linesOf(text), encoding);
  return editDocument(uri, open?.version, [toProtocolEdit(edit, positions)], client);
}
