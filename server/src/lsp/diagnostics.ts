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
import { toDiagnostic } from "./convert";
import { guardFindings, guardTask } from "./guard";
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
  const pulls = session.client.textDocument?.diagnostic !== undefined;
  const pushing = pulls ? undefined : registerPush(connection, session);
  registerPull(connection, session, audited);
  const { log, client } = session;
  return {
    refresh: guardTask("refresh", log, async () => {
      pushing?.all();
      if (pulls && client.workspace?.diagnostics?.refreshSupport === true) {
        await connection.languages.diagnostics.refresh();
      }
    }),
  };
}

/** Tells a client every diagnostic of a document, and of no other than the version that they were found in. */
function registerPush(connection: Connection, session: Session): { all(): void } {
  const { documents, log, client } = session;
  const withVersion = client.textDocument?.publishDiagnostics?.versionSupport === true;
  const waiting = new Set<string>();
  let scheduled = false;
  const push = async (uri: string): Promise<void> => {
    const checked = await session.checked(uri);
    const document = documents.get(uri);
    if (document === undefined || (checked !== undefined && checked.version !== document.version)) return;
    const version = withVersion ? { version: document.version } : {};
    await connection.sendDiagnostics({ uri, ...version, diagnostics: diagnosticsOf(session, checked) });
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
  documents.onDidChangeContent(({ document }) => schedule(document.uri));
  documents.onDidClose(
    guardTask("textDocument/didClose", log, async ({ document }) => {
      waiting.delete(document.uri);
      await connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
    }),
  );
  return { all: () => documents.keys().forEach(schedule) };
}

function registerPull(connection: Connection, session: Session, audited: AuditedDiagnostics): void {
  const { log, documents } = session;
  const nothing: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
  connection.languages.diagnostics.on(
    guardFindings("textDocument/diagnostic", log, async ({ textDocument, previousResultId }) => {
      const checked = await session.checked(textDocument.uri);
      return checked === undefined ? nothing : reportOf(session, checked, previousResultId);
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
          ...(checked === undefined ? nothing : reportOf(session, checked, previous.get(uri))),
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
  previousResultId: string | undefined,
): DocumentDiagnosticReport {
  const resultId = checked.id;
  if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items: diagnosticsOf(session, checked) };
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

/** What was found, as diagnostics in order of their place. */
export function diagnosticsOf(session: Session, checked: Checked | undefined): Diagnostic[] {
  if (checked === undefined) return [];
  const uriOf = relatedUri(session, checked.uri);
  const { findings, suppressed } = checked.analysis;
  const accepted = checked.resource.fadesAccepted
    ? suppressed.filter(({ by }) => by.kind === "baseline").map(({ finding }) => faded(finding))
    : [];
  return [...findings, ...accepted]
    .sort((a, b) => compareSpans(a.span, b.span))
    .map((finding) => toDiagnostic(finding, checked.uri, checked.positions, uriOf));
}
