import {
  type Connection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import type { Finding } from "../engine/finding";
import { compareSpans } from "../text/span";
import type { AuditedDiagnostics } from "./auditedDiagnostics";
import { isDiagnosticOf, toDiagnostic } from "./convert";
import { createDisplay, type Display } from "./display";
import { guardFindings, guardTask } from "./guard";
import { createLastReport } from "./lastReport";
import { registerNeighbours } from "./neighbours";
import { relatedUri } from "./relatedUri";
import type { Checked, Session } from "./session";

/** Keeps what the client shows up to date, by its pulls where it can pull, by pushes where it cannot. */
export interface Diagnostics {
  /** Something beside the documents has changed, so that all of them are to be looked at again. */
  refresh(): void;
}

export function registerDiagnostics(
  connection: Connection,
  session: Session,
  audited: AuditedDiagnostics,
): Diagnostics {
  const { log, client } = session;
  const pulls = session.client.textDocument?.diagnostic !== undefined;
  const pullAgain = guardTask("refresh", log, async () => {
    if (client.workspace?.diagnostics?.refreshSupport === true) {
      await connection.languages.diagnostics.refresh();
    }
  });
  const showAgain = (uri: string): void => (pushing === undefined ? pullAgain() : pushing.one(uri));
  const display = createDisplay(session, showAgain);
  const pushing = pulls ? undefined : registerPush(connection, session, display);
  registerPull(connection, session, display, audited);
  registerNeighbours(connection, session, showAgain);
  return { refresh: () => (pushing === undefined ? pullAgain() : pushing.all()) };
}

/** Tells a client every diagnostic of a document, and of no other than the version that they were found in. */
function registerPush(
  connection: Connection,
  session: Session,
  display: Display,
): { all(): void; one(uri: string): void } {
  const { documents, log, client } = session;
  const withVersion = client.textDocument?.publishDiagnostics?.versionSupport === true;
  const waiting = new Set<string>();
  const opened = new Set<string>();
  const edited = new Set<string>();
  let scheduled = false;
  const push = async (uri: string): Promise<void> => {
    const checked = await session.checked(uri);
    const document = documents.get(uri);
    if (document === undefined || (checked !== undefined && checked.version !== document.version)) return;
    if (edited.has(uri) && checked?.resource.settings.run === "onSave") return;
    const version = withVersion ? { version: document.version } : {};
    const diagnostics =
      checked === undefined ? [] : diagnosticsOf(session, checked, display.of(checked).findings);
    await connection.sendDiagnostics({ uri, ...version, diagnostics });
  };
  const flush = guardTask("textDocument/publishDiagnostics", log, async () => {
    scheduled = false;
    const uris = [...waiting];
    waiting.clear();
    for (const uri of uris) await push(uri);
  });
  const schedule = (uri: string): void => {
    waiting.add(uri);
    if (scheduled) return;
    scheduled = true;
    // After what has come in already: a burst of edits is checked once, and a single one at once.
    setTimeout(flush, 0);
  };
  documents.onDidOpen(({ document }) => opened.add(document.uri));
  documents.onDidChangeContent(({ document: { uri } }) => {
    // What is opened counts as changed, too, and comes as it was saved.
    if (!opened.delete(uri)) edited.add(uri);
    schedule(uri);
  });
  documents.onDidSave(({ document: { uri } }) => {
    // Where nothing was held back until now, all is shown already.
    if (edited.delete(uri)) schedule(uri);
  });
  documents.onDidClose(
    guardTask("textDocument/didClose", log, async ({ document }) => {
      for (const set of [waiting, edited]) set.delete(document.uri);
      await connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
    }),
  );
  return { all: () => documents.keys().forEach(schedule), one: schedule };
}

function registerPull(
  connection: Connection,
  session: Session,
  display: Display,
  audited: AuditedDiagnostics,
): void {
  const { log, documents } = session;
  const nothing: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
  const lastReport = createLastReport();
  connection.languages.diagnostics.on(
    guardFindings("textDocument/diagnostic", log, async ({ textDocument, previousResultId }) => {
      const checked = await session.checked(textDocument.uri);
      audited.pulled(textDocument.uri);
      if (checked === undefined) return nothing;
      const { findings, id } = display.of(checked);
      if (id === previousResultId) return unchanged(id);
      const { uri } = checked;
      const make = (told: readonly Diagnostic[]): Diagnostic[] =>
        diagnosticsOf(session, checked, findings, told);
      return lastReport.answer(uri, id, make, previousResultId, session.recentEdits.takePart(uri));
    }),
  );
  const empty: WorkspaceDiagnosticReport = { items: [] };
  connection.languages.diagnostics.onWorkspace(
    guardFindings("workspace/diagnostic", log, async ({ previousResultIds }, token) => {
      const previous = new Map((previousResultIds ?? []).map(({ uri, value }) => [uri, value]));
      const items: WorkspaceDocumentDiagnosticReport[] = [];
      for (const { uri, version } of documents.all()) {
        if (token.isCancellationRequested) return empty;
        const checked = await session.checked(uri);
        items.push({
          ...(checked === undefined ? nothing : reportOf(session, checked, display, previous.get(uri))),
          uri,
          version,
        });
        previous.delete(uri);
      }
      for (const { uri, diagnostics } of audited.all()) {
        items.push({ kind: DocumentDiagnosticReportKind.Full, uri, version: null, items: [...diagnostics] });
        previous.delete(uri);
      }
      // What the client still shows of files that are neither open nor audited any more goes away.
      for (const uri of previous.keys()) {
        items.push({ kind: DocumentDiagnosticReportKind.Full, uri, version: null, items: [] });
      }
      return { items };
    }),
  );
}

function reportOf(
  session: Session,
  checked: Checked,
  display: Display,
  previousResultId: string | undefined,
): DocumentDiagnosticReport {
  const { findings, id: resultId } = display.of(checked);
  if (resultId === previousResultId) return unchanged(resultId);
  const items = diagnosticsOf(session, checked, findings);
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
}

function unchanged(resultId: string): DocumentDiagnosticReport {
  return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
}

/** An accepted finding as it is shown where the user wants to see it: without weight. */
function faded(finding: Finding): Finding {
  return {
    ...finding,
    severity: "info",
    tag: "unnecessary",
    message: `${finding.message} (accepted in the baseline)`,
  };
}

/**
 * Findings of a result, and those accepted that are to be seen, as diagnostics in order of their place.
 *
 * @param told those of an earlier result, of which each that is still the same is given back: at a keystroke nearly all are
 */
export function diagnosticsOf(
  session: Session,
  checked: Checked,
  findings: readonly Finding[],
  told: readonly Diagnostic[] = [],
): Diagnostic[] {
  const uriOf = relatedUri(session, checked.uri);
  const accepted = checked.resource.fadesAccepted
    ? checked.analysis.suppressed
        .filter(({ by }) => by.kind === "baseline")
        .map(({ finding }) => faded(finding))
    : [];
  const shown =
    accepted.length === 0
      ? findings
      : [...findings, ...accepted].sort((a, b) => compareSpans(a.span, b.span));
  const { uri, positions } = checked;
  const isOf = (one: Diagnostic | undefined, finding: Finding): one is Diagnostic =>
    one !== undefined && isDiagnosticOf(one, finding, uri, positions, uriOf);
  // Where findings came or went, those behind them stand in other places of the list.
  const more = told.length - shown.length;
  return shown.map((finding, at) => {
    const same = told[at];
    if (isOf(same, finding)) return same;
    const pushed = told[at + more];
    return isOf(pushed, finding) ? pushed : toDiagnostic(finding, uri, positions, uriOf);
  });
}
