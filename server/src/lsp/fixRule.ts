import type { Connection, TextDocumentEdit } from "vscode-languageserver";
import { type FixedText, firstFixWithin, fixAll } from "../engine/fix";
import { ruleIndexOf } from "../engine/ruleIndex";
import { maxFileBytes } from "../limits";
import { editsBetween } from "../text/editsBetween";
import type { AuditRun } from "./auditRun";
import { guardFindings } from "./guard";
import { type FixRuleParams, methods, type PreparedEdit } from "./protocol";
import type { Checked, Session } from "./session";
import { annotated, documentEdit, risky } from "./workspaceEdits";

/**
 * Fixes all that one rule has found in the workspace, for our own client to apply. Files are changed as they stand in
 * the editor where they are open. What may change behaviour is shown to the user first, where the client can do that.
 * @param auditOf prepares the audit that finds the files
 */
export function registerFixRule(
  connection: Connection,
  session: Session,
  auditOf: (folders: readonly string[]) => Promise<AuditRun>,
): void {
  const handler = async (params: FixRuleParams): Promise<PreparedEdit | null> => {
    if (ruleIndexOf(session.rules).byId(params.rule) === undefined) return null;
    const run = await auditOf(params.folders);
    const result = await run.start({});
    const edits: TextDocumentEdit[] = [];
    let unsafe = false;
    for (const { location, findings } of result.files) {
      if (!findings.some(({ rule }) => rule === params.rule)) continue;
      const checked = await checkedFile(session, run.uriOf(location));
      const fixed = checked && fixRule(checked, params.rule);
      if (checked === undefined || fixed === undefined) continue;
      const changes = editsBetween(checked.input.text, fixed.text);
      if (changes.length === 0) continue;
      unsafe ||= fixed.applied.some(({ safety }) => safety === "unsafe");
      edits.push(documentEdit(checked, changes));
    }
    if (edits.length === 0) return null;
    const edit = { documentChanges: edits };
    const title = `Fix all ${params.rule}`;
    return { edit: unsafe ? annotated(edit, risky(title), session.client) : edit, files: edits.length };
  };
  connection.onRequest(methods.fixRule, guardFindings(methods.fixRule, session.log, handler));
}

/** A text after the fixes of one rule, each finding's first one that stays within the document. */
export function fixRule({ input }: Checked, rule: string): FixedText {
  return fixAll(input, (finding) => (finding.rule === rule ? firstFixWithin(finding) : undefined));
}

async function checkedFile(session: Session, uri: string): Promise<Checked | undefined> {
  const { documents, files, locations } = session;
  const path = locations.pathOf(uri);
  const open = documents
    .keys()
    .find((key) => key === uri || (path !== undefined && locations.pathOf(key) === path));
  if (open !== undefined) return session.checked(open);
  const read = path === undefined ? undefined : await files.read(path, maxFileBytes);
  return read?.state === "read" ? session.checkText(uri, read.text) : undefined;
}
