import {
  CodeLensRefreshRequest,
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
import { registerAuditFile } from "./auditFile";
import { createAuditRuns } from "./auditRun";
import { registerCodeActions } from "./codeActions";
import { registerCodeLens } from "./codeLens";
import { createCommandDocuments } from "./commandDocuments";
import { registerCompletion } from "./completion";
import { isConfigurationPart, watchConfigurationParts } from "./configurationParts";
import { registerDiagnostics } from "./diagnostics";
import { registerDocumentLinks } from "./documentLinks";
import { registerFalsePositive } from "./falsePositive";
import { registerFixWorkspace } from "./fixWorkspace";
import { guardTask } from "./guard";
import { registerHover } from "./hover";
import { registerIgnore } from "./ignoreActions";
import { registerInlayHints } from "./inlayHints";
import { clientLocations, diskLocations } from "./locations";
import { createNetwork } from "./network";
import { registerPages } from "./pages";
import { registerPinAll } from "./pinAll";
import { registerPinWatch } from "./pinWatch";
import { configurationSection, contextNamesGlob, methods, watchedGlobs } from "./protocol";
import { registerScans } from "./scans";
import { ownOptions, pullsWorkspace, type ServerPorts } from "./server";
import { createSession, type Session } from "./session";
import { registerStatus } from "./status";
import { createWorkspaceFindings } from "./workspaceFindings";

export { speakingTo } from "./speaking";

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
    hasOwnClient: own !== undefined,
    readsSchemas: own?.readsSchemas === true,
  });
  const audited = createAuditedDiagnostics(connection, session, !pullsWorkspace(params));
  const diagnostics = registerDiagnostics(connection, session, audited);
  const network = createNetwork(ports, own === undefined || own.trusted === true);
  const pins = registerPinWatch(session, network, {
    findings: () => diagnostics.refresh(),
    hints: () => refreshAnnotations(connection, session),
  });
  connection.onNotification(methods.trusted, () => {
    network.trust();
    pins.again();
  });
  registerCodeActions(connection, session, network);
  registerIgnore(connection, session);
  const scans = registerScans(connection, session, {
    network,
    ports,
    changed: () => {
      diagnostics.refresh();
      refreshAnnotations(connection, session);
    },
  });
  registerHover(connection, session, network, scans);
  registerCompletion(connection, session);
  registerDocumentLinks(connection, session);
  registerInlayHints(connection, session, pins);
  if (own !== undefined) registerCodeLens(connection, session, scans);
  registerPages(connection, session);
  const auditOf = createAuditRuns(connection, session, { version, listsFolders: ownDisk !== undefined });
  registerAudit(connection, session, audited, network, auditOf);
  registerPinAll(connection, session, network, auditOf);
  registerAuditFile(connection, session);
  registerFalsePositive(connection, session, version);
  registerFixWorkspace(connection, session, auditOf);
  const workspaceFindings = createWorkspaceFindings(session, audited, auditOf, () => {
    if (pullsWorkspace(params)) diagnostics.refresh();
  });
  const commandDocuments = createCommandDocuments(connection, session);
  connection.onInitialized(
    guardTask("initialized", session.log, async () => {
      commandDocuments.update();
      if (own === undefined) await registerWatchers(connection, session);
      workspaceFindings.again();
    }),
  );
  if (own !== undefined) registerStatus(connection, session);
  const surroundings = (): void => {
    session.resources.forget();
    commandDocuments.update();
    diagnostics.refresh();
    refreshAnnotations(connection, session);
    pins.again();
    audited.recheck();
    workspaceFindings.again();
  };
  session.onLateSettings = surroundings;
  registerChanges(connection, session, {
    surroundings,
    files: audited.recheck,
    neighbours: () => {
      session.resources.forget();
      diagnostics.refresh();
    },
    filesThatAre: workspaceFindings.again,
  });
  watchConfigurationParts(connection, session);
  // Last, so that every feature has been told of before the first document comes in.
  session.documents.listen(connection);
}

/** Has the client ask for lenses and hints again: settings decide on them, too. */
function refreshAnnotations(connection: Connection, { client, log }: Session): void {
  const ask = async (): Promise<void> => {
    if (client.workspace?.codeLens?.refreshSupport === true)
      await connection.sendRequest(CodeLensRefreshRequest.type);
    if (client.workspace?.inlayHint?.refreshSupport === true) await connection.languages.inlayHint.refresh();
  };
  guardTask("refresh", log, ask)();
}

/** What may happen outside of the open documents. */
interface Changes {
  /** Something changed that any document may depend on. */
  surroundings(): void;
  /** Files changed that may be checked ones. */
  files(uris: readonly string[]): void;
  /** A file changed that open documents name or are named by. */
  neighbours(): void;
  /** There are other files than before. */
  filesThatAre(): void;
}

function registerChanges(connection: Connection, session: Session, changed: Changes): void {
  const { log, folders } = session;
  followOpenNeighbours(session, changed.neighbours);
  connection.onDidChangeConfiguration(
    guardTask("workspace/didChangeConfiguration", log, ({ settings }) => {
      session.setPushedSettings(settings?.[configurationSection]);
      changed.surroundings();
    }),
  );
  connection.onDidChangeWatchedFiles(
    guardTask("workspace/didChangeWatchedFiles", log, ({ changes }) => {
      const isNews = ({ uri, type }: (typeof changes)[number]): boolean =>
        isSurrounding(uri) ||
        isConfigurationPart(session, uri) ||
        (type !== FileChangeType.Changed && isContextName(uri));
      if (changes.some(isNews)) {
        changed.surroundings();
        return;
      }
      // A new Compose file may belong to documents that could not look for it.
      const joins = ({ uri, type }: (typeof changes)[number]): boolean =>
        dependsOn(session, uri) || (type !== FileChangeType.Changed && kindOfPath(uri) === "compose");
      if (changes.some(joins)) changed.neighbours();
      changed.files(changes.map((change) => change.uri));
      if (changes.some(({ type }) => type !== FileChangeType.Changed)) changed.filesThatAre();
    }),
  );
  // For clients that watch no files: what the user saves is known all the same.
  session.documents.onDidSave(({ document }) => {
    if (isSurrounding(document.uri)) changed.surroundings();
  });
  connection.onNotification(
    "workspace/didChangeWorkspaceFolders",
    guardTask("workspace/didChangeWorkspaceFolders", log, ({ event }: FoldersChange) => {
      for (const { uri } of event.removed) folders.delete(uri);
      for (const { uri } of event.added) folders.add(uri);
      changed.surroundings();
    }),
  );
}

/** Milliseconds without a keystroke after which other open documents are judged by what one of them says now. */
const neighbourDelay = 500;

/** Documents that name each other are open together: what is typed in one counts in the other, saved or not. */
function followOpenNeighbours({ documents, ...session }: Session, changed: () => void): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  documents.onDidChangeContent(({ document }) => {
    if (documents.keys().length < 2 || !dependsOn(session, document.uri)) return;
    clearTimeout(waiting);
    waiting = setTimeout(changed, neighbourDelay);
  });
}

function dependsOn({ resources, locations }: Pick<Session, "resources" | "locations">, uri: string): boolean {
  const path = locations.pathOf(uri);
  return path !== undefined && resources.dependOn(path);
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
async function registerWatchers(connection: Connection, session: Session): Promise<void> {
  const workspace = session.client.workspace;
  if (workspace?.didChangeConfiguration?.dynamicRegistration === true) {
    await connection.client.register(DidChangeConfigurationNotification.type, {
      section: configurationSection,
    });
  }
  if (workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
    await connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: [
        ...watchedGlobs.map((globPattern) => ({ globPattern })),
        { globPattern: contextNamesGlob, kind: WatchKind.Create | WatchKind.Delete },
      ],
    });
  }
}
