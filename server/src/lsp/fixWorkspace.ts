import type { CancellationToken, Connection, TextDocumentEdit } from "vscode-languageserver";
import type { AuditFinding } from "../audit/result";
import type { Finding, Fix } from "../engine/finding";
import { type FixedText, firstFixWithin, fixAll, safeFix } from "../engine/fix";
import { ruleIndexOf } from "../engine/ruleIndex";
import { maxFileBytes } from "../limits";
import { editsBetween } from "../text/editsBetween";
import { hashOf } from "../text/hash";
import { notCheckedOf } from "./audit";
import type { AuditRun } from "./auditRun";
import { guardFindings, signalOf } from "./guard";
import { type Progress, progressTo } from "./progress";
import {
  type ChangedFilesParams,
  type FixedFile,
  type FixWorkspaceParams,
  methods,
  type NotChecked,
  type WorkspaceFix,
} from "./protocol";
import type { Checked, Session } from "./session";
import { mayFixAll } from "./settings";
import { annotated, documentEdit, risky } from "./workspaceEdits";

/** Prepares the audit of some folders. */
type AuditOf = (folders: readonly string[]) => Promise<AuditRun>;

/**
 * Fixes what one rule has found in the workspace, or all that is safe to fix, for our own client to show and apply.
 * Files are changed as they stand in the editor where they are open; nothing is written here.
 */
export function registerFixWorkspace(connection: Connection, session: Session, auditOf: AuditOf): void {
  const fix = async (params: FixWorkspaceParams, token: CancellationToken): Promise<WorkspaceFix> => {
    const report = progressTo(connection, params.workDoneToken);
    report.begin("Fixing");
    try {
      return await fixWorkspace(session, auditOf, params, { report, signal: signalOf(token) });
    } finally {
      report.end();
    }
  };
  connection.onRequest<WorkspaceFix, void>(
    methods.fixWorkspace,
    guardFindings(methods.fixWorkspace, session.log, fix),
  );
  const changed = async ({ files }: ChangedFilesParams): Promise<readonly string[]> => {
    const uris: string[] = [];
    for (const { uri, stamp } of files) {
      if ((await stampNow(session, uri)) !== stamp) uris.push(uri);
    }
    return uris;
  };
  connection.onRequest(methods.changedFiles, guardFindings(methods.changedFiles, session.log, changed));
}

async function fixWorkspace(
  session: Session,
  auditOf: AuditOf,
  { folders, rule }: FixWorkspaceParams,
  { report, signal }: { readonly report: Progress; readonly signal: AbortSignal },
): Promise<WorkspaceFix> {
  const edits: TextDocumentEdit[] = [];
  const files: FixedFile[] = [];
  const notChecked: NotChecked[] = [];
  const seen = new Set<string>();
  let fixes = 0;
  let unsafe = false;
  if (rule !== undefined && ruleIndexOf(session.rules).byId(rule) === undefined)
    return { files, fixes, notChecked };
  const mayFix = (finding: AuditFinding): boolean =>
    rule === undefined ? finding.fixes.some(({ safety }) => safety === "safe") : finding.rule === rule;
  // One folder after the other, since an audit takes the settings of its first one.
  for (const folder of folders) {
    const run = await auditOf([folder]);
    const result = await run.start({ signal, onProgress: report.files });
    if (signal.aborted) break;
    notChecked.push(...notCheckedOf(result, run));
    for (const { location, findings } of result.files) {
      if (signal.aborted) break;
      const uri = run.uriOf(location);
      const open = openAs(session, uri);
      // What is open need not be what is on the disk, where the audit has looked.
      if (seen.has(uri) || (open === undefined && !findings.some(mayFix))) continue;
      seen.add(uri);
      const checked = open === undefined ? await checkedFile(session, uri) : await session.checked(open);
      if (checked === "unreadable") notChecked.push({ uri, reason: "The file could not be read again." });
      if (checked === undefined || checked === "unreadable") continue;
      const fixed =
        rule === undefined
          ? fixAll(checked.input, (each) => fixOnSave(checked, each))
          : fixRule(checked, rule);
      const changes = editsBetween(checked.input.text, fixed.text);
      if (changes.length === 0) continue;
      unsafe ||= fixed.applied.some(({ safety }) => safety === "unsafe");
      fixes += fixed.applied.length;
      edits.push(documentEdit(checked, changes));
      const titles = [...new Set(fixed.applied.map(({ title }) => title))];
      const { text } = checked.input;
      const stamp = stampOf(text, open === undefined ? text : await textOnDisk(session, uri));
      files.push({ uri: checked.uri, stamp, titles });
    }
  }
  if (edits.length === 0) return { files, fixes, notChecked };
  const edit = { documentChanges: edits };
  const confirmed = unsafe ? annotated(edit, risky(`Fix all ${rule}`), session.client) : edit;
  return { edit: confirmed, files, fixes, notChecked };
}

/** A text after the fixes of one rule, each finding's first one that stays within the document. */
export function fixRule({ input }: Checked, rule: string): FixedText {
  return fixAll(input, (finding) => (finding.rule === rule ? firstFixWithin(finding) : undefined));
}

/** The fix that is applied without being asked for each finding: safe, within the document, of a rule that may. */
export function fixOnSave({ resource }: Checked, finding: Finding): Fix | undefined {
  const fix = safeFix(finding);
  return fix?.creates === undefined && mayFixAll(resource.settings, finding.rule) ? fix : undefined;
}

/** The URI by which the editor has opened a file, if it has. */
function openAs({ documents, locations }: Session, uri: string): string | undefined {
  const path = locations.pathOf(uri);
  return documents
    .keys()
    .find((key) => key === uri || (path !== undefined && locations.pathOf(key) === path));
}

async function checkedFile(session: Session, uri: string): Promise<Checked | "unreadable" | undefined> {
  const text = await textNow(session, uri);
  return text === undefined ? "unreadable" : session.checkText(uri, text);
}

/** A file's text in the editor where it is open, else on the disk; `undefined` where there is none to be had. */
async function textNow(session: Session, uri: string): Promise<string | undefined> {
  const open = openAs(session, uri);
  return open === undefined ? textOnDisk(session, uri) : session.documents.get(open)?.getText();
}

/** A name for both texts of a file: an editor may still show the old one after another program has written the file. */
function stampOf(text: string, onDisk: string | undefined): string {
  return `${hashOf(text)} ${onDisk === undefined ? "" : hashOf(onDisk)}`;
}

async function stampNow(session: Session, uri: string): Promise<string | undefined> {
  const text = await textNow(session, uri);
  return text === undefined ? undefined : stampOf(text, await textOnDisk(session, uri));
}

async function textOnDisk(session: Session, uri: string): Promise<string | undefined> {
  const path = session.locations.pathOf(uri);
  const read = path === undefined ? undefined : await session.files.read(path, maxFileBytes);
  return read?.state === "read" ? read.text : undefined;
}
