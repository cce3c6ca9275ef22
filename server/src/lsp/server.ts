import {
  CodeActionKind,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  ErrorCodes,
  type InitializeParams,
  type InitializeResult,
  ResponseError,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { kindOfPath } from "../documents/kind";
import type { Rule } from "../engine/rule";
import { type Ask, clientFiles } from "../platform/browser";
import type { Clock, Files } from "../platform/ports";
import { registerAudit } from "./audit";
import { createAuditedDiagnostics } from "./auditedDiagnostics";
import { registerCodeActions } from "./codeActions";
import { registerDiagnostics } from "./diagnostics";
import { guardTask } from "./guard";
import { registerHover } from "./hover";
import { clientLocations, diskLocations } from "./locations";
import { registerPages } from "./pages";
import { configurationSection, fixAllKind, type InitializationOptions } from "./protocol";
import { createSession, type Session } from "./session";
import { registerStatus } from "./status";

/** The outside world of a language server. */
export interface ServerPorts {
  /** The disk; `undefined` where there is none, so that files are asked of the client. */
  readonly disk: Files | undefined;
  readonly clock: Clock;
  readonly rules: readonly Rule[];
  /** The version that the server tells its client. */
  readonly version: string;
}

/** Serves the client at the other end of a connection until it says that it is done. */
export function startServer(connection: Connection, ports: ServerPorts): void {
  let initialized = false;
  connection.onInitialize((params) => {
    if (initialized)
      return new ResponseError(ErrorCodes.InvalidRequest, "The server is initialized already.");
    initialized = true;
    return initialize(connection, ports, params);
  });
  connection.listen();
}

function initialize(connection: Connection, ports: ServerPorts, params: InitializeParams): InitializeResult {
  const { disk, clock, rules, version } = ports;
  const own = ownOptions(params.initializationOptions);
  const ask: Ask = (method, request) => connection.sendRequest(method, request);
  const ownDisk = own?.filesThroughClient === true ? undefined : disk;
  const session = createSession({
    connection,
    params,
    rules,
    log: connection.console,
    clock,
    files: ownDisk ?? clientFiles(ask),
    locations: ownDisk === undefined ? clientLocations : diskLocations,
  });
  const pulls = params.capabilities.textDocument?.diagnostic !== undefined;
  // Our own client shows published diagnostics beside pulled ones. Pulling for the workspace would make it ask every
  // two seconds for ever, and keep the diagnostics of a closed document until it has asked again.
  const pullsWorkspace = pulls && own === undefined;
  const audited = createAuditedDiagnostics(connection, session, !pullsWorkspace);
  const diagnostics = registerDiagnostics(connection, session, audited);
  registerCodeActions(connection, session);
  registerHover(connection, session);
  registerPages(connection, session);
  registerAudit(connection, session, audited, { version, listsFolders: ownDisk !== undefined });
  if (own !== undefined) registerStatus(connection, session);
  registerChanges(
    connection,
    session,
    () => {
      session.resources.forget();
      diagnostics.refresh();
      audited.recheck();
    },
    audited.recheck,
  );
  // Last, so that every feature has been told of before the first document comes in.
  session.documents.listen(connection);
  if (own === undefined) registerWatchers(connection, session);
  return {
    serverInfo: { name: "plimsoll", version },
    capabilities: {
      positionEncoding: session.encoding,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      hoverProvider: true,
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind], resolveProvider: true },
      ...(pulls
        ? { diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: pullsWorkspace } }
        : {}),
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}

/**
 * Follows what happens outside of the open documents.
 * @param surroundingsChanged called when something changed that any document may depend on
 * @param filesChanged called with the checked files that changed
 */
function registerChanges(
  connection: Connection,
  session: Session,
  surroundingsChanged: () => void,
  filesChanged: (uris: readonly string[]) => void,
): void {
  const { log, folders } = session;
  connection.onDidChangeConfiguration(
    guardTask("workspace/didChangeConfiguration", log, ({ settings }) => {
      session.setPushedSettings(settings?.[configurationSection]);
      surroundingsChanged();
    }),
  );
  connection.onDidChangeWatchedFiles(
    guardTask("workspace/didChangeWatchedFiles", log, ({ changes }) => {
      const uris = changes.map((change) => change.uri);
      if (uris.some(isSurrounding)) surroundingsChanged();
      else filesChanged(uris);
    }),
  );
  // For clients that watch no files: what the user saves is known all the same.
  session.documents.onDidSave(({ document }) => {
    if (isSurrounding(document.uri)) surroundingsChanged();
  });
  connection.onNotification(
    "workspace/didChangeWorkspaceFolders",
    guardTask("workspace/didChangeWorkspaceFolders", log, ({ event }: FoldersChange) => {
      for (const { uri } of event.removed) folders.delete(uri);
      for (const { uri } of event.added) folders.add(uri);
      surroundingsChanged();
    }),
  );
}

interface FoldersChange {
  readonly event: {
    readonly added: readonly { readonly uri: string }[];
    readonly removed: readonly { readonly uri: string }[];
  };
}

/** Whether a file says something about others. */
function isSurrounding(uri: string): boolean {
  const kind = kindOfPath(uri);
  return kind === "configuration" || kind === "dockerignore";
}

/** Asks to be told of changes. Our own client does so by itself. */
function registerWatchers(connection: Connection, session: Session): void {
  const workspace = session.client.workspace;
  connection.onInitialized(
    guardTask("initialized", session.log, async () => {
      if (workspace?.didChangeConfiguration?.dynamicRegistration === true) {
        await connection.client.register(DidChangeConfigurationNotification.type, {
          section: configurationSection,
        });
      }
      if (workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
        await connection.client.register(DidChangeWatchedFilesNotification.type, {
          watchers: ["**/plimsoll.{yaml,yml}", "**/*.dockerignore"].map((globPattern) => ({ globPattern })),
        });
      }
    }),
  );
}

function ownOptions(options: unknown): InitializationOptions | undefined {
  const own = typeof options === "object" && options !== null && "filesThroughClient" in options;
  return own ? (options as InitializationOptions) : undefined;
}
