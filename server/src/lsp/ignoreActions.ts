import type { Connection, WorkspaceEdit } from "vscode-languageserver";
import { isWithin, parentOf, relativePath } from "../audit/paths";
import type { Finding } from "../engine/finding";
import { type IgnoreNote, ignoreFileEdits, ignoreLineEdits, reasonOnOneLine } from "../engine/ignoreEdits";
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
import { guardFindings } from "./guard";
import {
  type IgnoreParams,
  type IgnoreScope,
  methods,
  type PreparedEdit,
  type ReasonRequiredParams,
} from "./protocol";
import type { Checked, Session } from "./session";
import { canCreate, createFile, editChecked, editDocument } from "./workspaceEdits";

export interface IgnoreAction {
  readonly scope: IgnoreScope;
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
  note: IgnoreNote = {},
): Promise<readonly IgnoreAction[]> {
  const { document } = checked.analysis;
  const rule = ruleIndexOf(session.rules).byId(finding.rule);
  if (document.language === "configuration" || rule?.language === "comments") return [];
  const edits = new Map<IgnoreScope, WorkspaceEdit | undefined>();
  if (takesIgnoreComments(document)) {
    const line = ignoreLineEdits(document, finding, note);
    if (line.length > 0) edits.set("line", editChecked(checked, line, session.client));
    edits.set("file", editChecked(checked, ignoreFileEdits(document, finding.rule, note), session.client));
  } else {
    const path = pathInRepository(session, checked);
    const silencing = { rule: finding.rule, note };
    if (path !== undefined) edits.set("file", await repositoryEdit(session, checked, { ...silencing, path }));
  }
  edits.set("repository", await repositoryEdit(session, checked, { rule: finding.rule, note }));
  return [...edits].flatMap(([scope, edit]) =>
    edit === undefined ? [] : [{ scope, title: `Ignore ${finding.rule} ${places[scope]}`, edit }],
  );
}

const places: Readonly<Record<IgnoreScope, string>> = {
  line: "on this line",
  file: "in this file",
  repository: "in the repository",
};

/** Answers our own client once it has asked for a reason and an end date. */
export function registerIgnore(connection: Connection, session: Session): void {
  const handler = async (params: IgnoreParams): Promise<PreparedEdit | null> => {
    const checked = await session.checked(params.uri);
    const start = checked?.positions.offset(params.start);
    const finding = checked?.analysis.findings.find(
      ({ rule, span }) => rule === params.rule && span.start === start,
    );
    if (checked === undefined || finding === undefined) return null;
    const reason = reasonOnOneLine(params.reason ?? "");
    const until = /^\d{4}-\d{2}-\d{2}$/.test(params.until ?? "") ? params.until : undefined;
    const actions = await ignoreActions(session, checked, finding, {
      ...(reason === "" ? {} : { reason }),
      ...(until === undefined ? {} : { until }),
    });
    const action = actions.find(({ scope }) => scope === params.scope);
    return action === undefined ? null : { edit: action.edit, files: 1 };
  };
  connection.onRequest(methods.ignore, guardFindings(methods.ignore, session.log, handler));
  const reasonRequired = async ({ uri }: ReasonRequiredParams): Promise<boolean> =>
    (await session.checked(uri))?.resource.config.requireReason === true;
  connection.onRequest<boolean, void>(
    methods.reasonRequired,
    guardFindings(methods.reasonRequired, session.log, reasonRequired),
  );
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
