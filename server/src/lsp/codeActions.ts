import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Command,
  type Connection,
  type Diagnostic,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type { Finding, Fix } from "../engine/finding";
import { firstFixWithin, fixAll, sortedFixes } from "../engine/fix";
import { maxFindingsWithActions } from "../limits";
import { editsBetween } from "../text/editsBetween";
import { toDiagnostic } from "./convert";
import { fixOnSave, fixRule } from "./fixWorkspace";
import { guardRequest } from "./guard";
import { hardenActions } from "./hardenActions";
import { ignoreActions } from "./ignoreActions";
import type { Network } from "./network";
import { pinActions, pinData, resolvePin } from "./pins";
import { clientCommands, fixAllKind, type IgnoreScope, type IgnoreTarget } from "./protocol";
import { relatedUri } from "./relatedUri";
import type { Checked, Session } from "./session";
import { annotated, editChecked, editOfFix, risky } from "./workspaceEdits";

/** What "fix all" is to do, kept in the action until it is chosen where the client can resolve it. */
interface FixAllData {
  readonly uri: string;
  /** `undefined` for the safe fixes of all rules. */
  readonly rule?: string;
}

/** Offers fixes and ways to silence a finding, "fix all" for a rule and for the file, and to harden services. */
export function registerCodeActions(connection: Connection, session: Session, network: Network): void {
  const { log, client } = session;
  connection.onCodeAction(
    guardRequest("textDocument/codeAction", log, [], async (params) => {
      // Without literals a client knows commands only, and all of ours but "explain" are edits.
      if (client.textDocument?.codeAction?.codeActionLiteralSupport === undefined) return [];
      const checked = await session.checked(params.textDocument.uri);
      return checked === undefined ? [] : actionsFor(session, network, checked, params);
    }),
  );
  connection.onCodeActionResolve(async (action, token) => {
    const resolve = guardRequest<CodeAction, CodeAction>(
      "codeAction/resolve",
      log,
      action,
      async (_, stop) => {
        const pin = pinData(action.data);
        if (pin !== undefined) {
          const controller = new AbortController();
          stop.onCancellationRequested(() => controller.abort());
          const edit = await resolvePin(connection, session, network, pin, controller.signal);
          return edit === undefined ? action : { ...action, edit };
        }
        const data = fixAllData(action.data);
        const checked = data && (await session.checked(data.uri));
        const edit = checked && fixAllEdit(session, checked, data?.rule);
        return edit === undefined ? action : { ...action, edit };
      },
    );
    const resolved = await resolve(action, token);
    if ("kind" in resolved || "title" in resolved) return resolved;
    throw resolved;
  });
}

async function actionsFor(
  session: Session,
  network: Network,
  checked: Checked,
  params: CodeActionParams,
): Promise<CodeAction[]> {
  const wants = (kind: string): boolean =>
    params.context.only === undefined ||
    params.context.only.some((only) => only === "" || kind === only || kind.startsWith(`${only}.`));
  const actions: CodeAction[] = [];
  const range = checked.positions.span(params.range);
  if (wants(CodeActionKind.QuickFix)) {
    const findings = checked.analysis.findings
      .filter((finding) => finding.span.start <= range.end && range.start <= finding.span.end)
      .slice(0, maxFindingsWithActions);
    actions.push(...(await quickFixes(session, checked, findings, params.context.diagnostics ?? [])));
  }
  if (
    wants(fixAllKind) &&
    checked.analysis.findings.some((finding) => fixOnSave(checked, finding) !== undefined)
  ) {
    const title = "Apply all safe fixes of Plimsoll";
    actions.push(...fixAllAction(session, checked, { title, kind: fixAllKind }, undefined));
  }
  if (wants(CodeActionKind.RefactorRewrite)) {
    for (const { title, edits } of hardenActions(checked.analysis, range)) {
      const shown = `${title}${unsafeHint}`;
      // A finding's fix may have said the same.
      if (actions.some((other) => other.title === shown)) continue;
      const edit = editChecked(checked, edits, session.client);
      actions.push({ title: shown, kind: CodeActionKind.RefactorRewrite, edit });
    }
  }
  actions.push(...pinActions(session, network, checked, params.range, wants));
  return actions;
}

async function quickFixes(
  session: Session,
  checked: Checked,
  findings: readonly Finding[],
  known: readonly Diagnostic[],
): Promise<CodeAction[]> {
  const uriOf = relatedUri(session, checked.uri);
  const diagnostics = new Map(
    findings.map((finding) => [
      finding,
      sameDiagnostic(toDiagnostic(finding, checked.uri, checked.positions, uriOf), known),
    ]),
  );
  const of = (finding: Finding): Diagnostic[] => [diagnostics.get(finding)!];
  const fixes: CodeAction[] = [];
  for (const finding of findings) {
    for (const [index, fix] of sortedFixes(finding).entries()) {
      const edit = editOfFix(checked, fix, session.client, uriOf);
      if (edit === undefined) continue;
      const title = titleOf(fix);
      // Findings of several rules may share a fix, such as the one that hardens a service: it is one action.
      const same = fixes.find((other) => other.title === title && sameEdit(other.edit, edit));
      if (same !== undefined) same.diagnostics = [...(same.diagnostics ?? []), ...of(finding)];
      else {
        const preferred = index === 0 ? { isPreferred: true } : {};
        fixes.push({ title, kind: CodeActionKind.QuickFix, ...preferred, diagnostics: of(finding), edit });
      }
    }
  }
  const ignores: CodeAction[] = [];
  for (const finding of findings) {
    for (const { title, edit, scope } of await ignoreActions(session, checked, finding)) {
      if (session.hasOwnClient && checked.resource.settings.askWhenIgnoring) {
        const shown = `${title}…`;
        if (ignores.some((other) => other.title === shown)) continue;
        const command = ignoreCommand(shown, checked, finding, scope);
        ignores.push({ title: shown, kind: CodeActionKind.QuickFix, diagnostics: of(finding), command });
        continue;
      }
      if (ignores.some((other) => other.title === title && sameEdit(other.edit, edit))) continue;
      ignores.push({ title, kind: CodeActionKind.QuickFix, diagnostics: of(finding), edit });
    }
  }
  const firstOfRule = findings.filter(
    (finding, index) => findings.findIndex(({ rule }) => rule === finding.rule) === index,
  );
  const forRules = firstOfRule.flatMap((finding) =>
    ruleFixAction(session, checked, finding.rule, of(finding)),
  );
  const explanations = firstOfRule.map(
    ({ rule }, index): CodeAction => ({
      title: `Explain ${rule}`,
      kind: CodeActionKind.QuickFix,
      diagnostics: of(firstOfRule[index]!),
      command: { title: `Explain ${rule}`, command: clientCommands.explainRule, arguments: [rule] },
    }),
  );
  return [...fixes, ...ignores, ...forRules, ...explanations];
}

/** For our own client, which asks for a reason and an end date before it has the edit made. */
function ignoreCommand(title: string, checked: Checked, finding: Finding, scope: IgnoreScope): Command {
  const target: IgnoreTarget = {
    uri: checked.uri,
    rule: finding.rule,
    start: checked.positions.position(finding.span.start),
    scope,
    reasonRequired: checked.resource.config.requireReason,
  };
  return { title, command: clientCommands.ignore, arguments: [target] };
}

/** "Fix all of this rule": in the file where there is more than one to fix, and for our own client in the workspace. */
function ruleFixAction(
  session: Session,
  checked: Checked,
  rule: string,
  diagnostics: Diagnostic[],
): CodeAction[] {
  const fixes = checked.analysis.findings.flatMap((finding) =>
    finding.rule === rule ? (firstFixWithin(finding) ?? []) : [],
  );
  if (fixes.length === 0) return [];
  const hint = fixes.some((fix) => fix.safety === "unsafe") ? unsafeHint : "";
  const shared = { kind: CodeActionKind.QuickFix, diagnostics };
  const actions: CodeAction[] = [];
  if (fixes.length > 1) {
    const title = `Fix all ${rule} in this file${hint}`;
    actions.push(...fixAllAction(session, checked, { title, ...shared }, rule));
  }
  if (session.hasOwnClient && session.folders.size > 0) {
    const title = `Fix all ${rule} in the workspace${hint}`;
    const command = { title, command: clientCommands.fixRuleInWorkspace, arguments: [rule] };
    actions.push({ title, ...shared, command });
  }
  return actions;
}

/** An action whose edit is worked out when it is chosen, or at once for a client that cannot ask later. */
function fixAllAction(
  session: Session,
  checked: Checked,
  action: CodeAction,
  rule: string | undefined,
): CodeAction[] {
  const { dataSupport, resolveSupport } = session.client.textDocument?.codeAction ?? {};
  if (dataSupport === true && resolveSupport?.properties.includes("edit") === true) {
    const data: FixAllData = { uri: checked.uri, ...(rule === undefined ? {} : { rule }) };
    return [{ ...action, data }];
  }
  const edit = fixAllEdit(session, checked, rule);
  return edit === undefined ? [] : [{ ...action, edit }];
}

function fixAllEdit(session: Session, checked: Checked, rule: string | undefined): WorkspaceEdit | undefined {
  const fixed =
    rule === undefined
      ? fixAll(checked.input, (finding) => fixOnSave(checked, finding))
      : fixRule(checked, rule);
  const edits = editsBetween(checked.input.text, fixed.text);
  if (edits.length === 0) return undefined;
  const edit = editChecked(checked, edits, session.client);
  return fixed.applied.some(({ safety }) => safety === "unsafe")
    ? annotated(edit, risky(`Fix all ${rule}`), session.client)
    : edit;
}

const unsafeHint = " (may change behaviour)";

function titleOf(fix: Fix): string {
  return fix.safety === "safe" ? fix.title : `${fix.title}${unsafeHint}`;
}

/** The diagnostic as the client sent it, since it compares by identity; ours where it did not. */
function sameDiagnostic(own: Diagnostic, known: readonly Diagnostic[]): Diagnostic {
  const sameRange = (other: Diagnostic): boolean => JSON.stringify(other.range) === JSON.stringify(own.range);
  return (
    known.find((other) => other.source === own.source && other.code === own.code && sameRange(other)) ?? own
  );
}

function sameEdit(a: WorkspaceEdit | undefined, b: WorkspaceEdit): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function fixAllData(data: unknown): FixAllData | undefined {
  if (typeof data !== "object" || data === null || !("uri" in data) || typeof data.uri !== "string")
    return undefined;
  return { uri: data.uri, ...("rule" in data && typeof data.rule === "string" ? { rule: data.rule } : {}) };
}
