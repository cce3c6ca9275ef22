import type { Connection, Diagnostic } from "vscode-languageserver";
import { maxFileBytes } from "../limits";
import type { FileDiagnostics } from "./convert";
import { diagnosticsOf } from "./diagnostics";
import { guardTask } from "./guard";
import type { Session } from "./session";

/**
 * The findings of the last audit in files that are not open. They follow those files: what is opened is told as an
 * open document and no longer as an audited one, what is closed, changed or deleted is looked at again.
 */
export interface AuditedDiagnostics {
  /** Of closed files with findings. */
  all(): readonly FileDiagnostics[];
  /** Adds one file, or replaces what was known of it, while an audit still runs. */
  add(file: FileDiagnostics): void;
  /** Replaces everything by the result of a new audit. */
  replace(files: readonly FileDiagnostics[]): void;
  /** A client that pulls shows a document's own diagnostics from now on. */
  pulled(uri: string): void;
  /** Looks at audited files again that may have changed; at all of them where none is named. */
  recheck(uris?: readonly string[]): void;
}

/**
 * @param published whether the client gets them as published diagnostics; else it asks with `workspace/diagnostic`
 */
export function createAuditedDiagnostics(
  connection: Connection,
  session: Session,
  published: boolean,
): AuditedDiagnostics {
  const { documents, files, locations, log } = session;
  const audited = new Map<string, readonly Diagnostic[]>();
  // A client that pulls asks for what the user sees: a document that an extension has opened in the background is open,
  // too, and yet nothing but the audit tells of it.
  const shownByPull = new Set<string>();
  const pulls = session.client.textDocument?.diagnostic !== undefined;

  const tell = (uri: string, diagnostics: readonly Diagnostic[]): void => {
    if (!published) return;
    connection
      .sendDiagnostics({ uri, diagnostics: [...diagnostics] })
      .catch((error: unknown) => log.warn(`textDocument/publishDiagnostics failed: ${String(error)}`));
  };
  const set = (uri: string, diagnostics: readonly Diagnostic[]): void => {
    audited.set(uri, diagnostics);
    if (!isOpen(uri)) tell(uri, diagnostics);
  };
  // The client may write a URI in another way than the server makes it of a path.
  const isOpen = (uri: string): boolean => {
    const path = locations.pathOf(uri);
    const open = published && pulls ? [...shownByPull] : documents.keys();
    return open.some((key) => key === uri || (path !== undefined && locations.pathOf(key) === path));
  };
  const auditedUri = (uri: string): string | undefined => {
    if (audited.has(uri)) return uri;
    const path = locations.pathOf(uri);
    const other = path === undefined ? undefined : locations.uriOf(path);
    return other !== undefined && audited.has(other) ? other : undefined;
  };
  const recheckOne = async (uri: string): Promise<void> => {
    const path = locations.pathOf(uri);
    const read = path === undefined ? undefined : await files.read(path, maxFileBytes);
    const checked = read?.state === "read" ? await session.checkText(uri, read.text) : undefined;
    if (audited.has(uri)) set(uri, checked ? diagnosticsOf(session, checked, checked.analysis.findings) : []);
  };

  documents.onDidOpen(({ document }) => {
    const uri = auditedUri(document.uri);
    if (uri !== undefined && isOpen(uri)) tell(uri, []);
  });
  documents.onDidClose(
    guardTask("textDocument/didClose", log, async ({ document }) => {
      shownByPull.delete(document.uri);
      const uri = auditedUri(document.uri);
      if (uri !== undefined) await recheckOne(uri);
    }),
  );
  return {
    all: () =>
      [...audited].flatMap(([uri, diagnostics]) =>
        diagnostics.length > 0 && !isOpen(uri) ? [{ uri, diagnostics }] : [],
      ),
    add: ({ uri, diagnostics }) => set(uri, diagnostics),
    replace: (next) => {
      const fresh = new Set(next.map((file) => file.uri));
      for (const uri of audited.keys()) if (!fresh.has(uri)) tell(uri, []);
      audited.clear();
      for (const { uri, diagnostics } of next) set(uri, diagnostics);
    },
    pulled: (uri) => {
      if (shownByPull.has(uri) || documents.get(uri) === undefined) return;
      shownByPull.add(uri);
      const known = auditedUri(uri);
      if (known !== undefined) tell(known, []);
    },
    recheck: guardTask("recheck", log, async (uris) => {
      const wanted = uris === undefined ? [...audited.keys()] : uris.flatMap((uri) => auditedUri(uri) ?? []);
      for (const uri of wanted) await recheckOne(uri);
    }),
  };
}
