import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeParams,
  WatchKind,
} from "vscode-languageserver";
import { isContextName } from "../audit/contextNames";
import { kindOfPath } from "../documents/kind";
import { baselineName } from "../engine/baseline";
import { type Ask, clientFiles } from "../platform/browser";
import { rules as allRules } from "../rules/index";
import { registerAudit } from "./audit";
import { createAuditedDiagnostics } from "./auditedDiagnostics";
import { isBase, watchBases } from "./bases";
import { registerCodeActions } from "./codeActions";
import { registerDiagnostics } from "./diagnostics";
import { guardTask } from "./guard";
import { registerHover } from "./hover";
import { clientLocations, diskLocations } from "./locations";
import { registerPages } from "./pages";
import { configurationSection, contextNamesGlob } from "./protocol";
import { ownOptions, pullsWorkspace, type ServerPorts } from "./server";
import { createSession, type Session } from "./session";
import { registerStatus } from "./status";

/** Makes the connection answer all that its capabilities promise. Nothing of it is loaded before the client is greeted. */
export function registerFeatures(connection: Connection, ports: ServerPorts, params: InitializeParams): void {
  const { disk, clock, version } = ports;
  const own = ownOptions(params);
  const ask: Ask = (method, request) => connection.sendRequest(method, request);
  const ownDisk = own?.filesThroughClient === true ? undefined : disk;
  const session = createSession({
    connection,
    params,
    rules: ports.rules ?? allRules,
    log: connection.console,
    clock,
    files: ownDisk ?? clientFiles(ask),
    locations: ownDisk === undefined ? clientLocations : diskLocations,
  });
  const audited = createAuditedDiagnostics(connection, session, !pullsWorkspace(params));
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
  watchBases(connection, session);
  // Last, so that every feature has been told of before the first document comes in.
  session.documents.listen(connection);
  if (own === undefined) registerWatchers(connection, session);
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
      const isNews = ({ uri, type }: (typeof changes)[number]): boolean =>
        isSurrounding(uri) || isBase(session, uri) || (type !== FileChangeType.Changed && isContextName(uri));
      if (changes.some(isNews)) surroundingsChanged();
      else filesChanged(changes.map((change) => change.uri));
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
  if (uri.endsWith(`/${baselineName}`)) return true;
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
          watchers: [
            ...["**/plimsoll.yaml", `**/${baselineName}`, "**/*.dockerignore"].map((globPattern) => ({
              globPattern,
            })),
            { globPattern: contextNamesGlob, kind: WatchKind.Create | WatchKind.Delete },
          ],
        });
      }
    }),
  );
}
