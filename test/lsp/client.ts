import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import {
  type ClientCapabilities,
  type CodeAction,
  type CodeActionContext,
  type ConfigurationParams,
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";

/** What an editor like VS Code can do, as far as it matters here. */
export const fullCapabilities: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename", "delete"] },
  },
  textDocument: {
    diagnostic: { relatedDocumentSupport: false },
    publishDiagnostics: { versionSupport: true },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source.fixAll"] } },
      dataSupport: true,
      resolveSupport: { properties: ["edit"] },
    },
    hover: { contentFormat: ["markdown", "plaintext"] },
  },
};

/** The same editor without pull diagnostics and without anything optional. */
export const plainCapabilities: ClientCapabilities = {
  textDocument: {
    publishDiagnostics: {},
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } },
  },
};

export interface StartOptions {
  /** What is started: the server's own entry, or the command line as the package ships it (`plimsoll lsp --stdio`). */
  readonly program?: "server" | "command line";
  /** The parameters that this editor sends to begin with, in place of those that are made from the rest. */
  readonly initialize?: (folder: string | null) => object;
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  /** The workspace folder, a path. */
  readonly folder?: string;
  /** The section `plimsoll` of the settings for a resource, or a promise of it; may change over time. */
  readonly settings?: (scopeUri: string | undefined) => unknown;
  /** Variables of the server's environment beside those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A module that is loaded into the server's process before all else. */
  readonly preload?: string;
}

/** A language client over the standard input and output of a real server process. */
export interface Client {
  readonly process: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  /** Everything the server has logged. */
  readonly log: readonly string[];
  open(uri: string, text: string, languageId?: string): Promise<void>;
  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport>;
  diagnostics(uri: string): Promise<readonly Diagnostic[]>;
  /** The next publication for a document that satisfies a condition; one that has already come counts. */
  published(
    uri: string,
    fits?: (params: PublishDiagnosticsParams) => boolean,
  ): Promise<PublishDiagnosticsParams>;
  actions(uri: string, range: Range, context?: Partial<CodeActionContext>): Promise<readonly CodeAction[]>;
  /** Waits for a request or notification of the server. */
  once(method: string): Promise<unknown>;
  /** Ends the session as an editor does. Gives the exit code. */
  stop(): Promise<number | null>;
}

/** Starts a server of the present sources and initializes it. */
export async function startClient(options: StartOptions = {}): Promise<Client> {
  const isCommandLine = options.program === "command line";
  const args = isCommandLine
    ? [await bundleOf("cli.ts"), "lsp", "--stdio"]
    : [await bundleOf("main.ts"), "--stdio"];
  const preload = options.preload === undefined ? [] : ["--require", options.preload];
  const child = spawn(process.execPath, [...preload, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, ...options.environment },
  });
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const log: string[] = [];
  const publications: PublishDiagnosticsParams[] = [];
  const waiting = new Set<() => void>();
  const changed = (): void => {
    for (const wake of waiting) wake();
  };
  const seen: string[] = [];
  connection.onNotification("window/logMessage", ({ message }: { message: string }) => {
    log.push(message);
  });
  connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    publications.push(params);
    changed();
  });
  connection.onNotification("plimsoll/status", () => {});
  connection.onNotification("window/showMessage", ({ message }: { message: string }) => {
    log.push(message);
  });
  connection.onRequest("workspace/configuration", ({ items }: ConfigurationParams) =>
    Promise.all(items.map(async ({ scopeUri }) => (await options.settings?.(scopeUri)) ?? null)),
  );
  for (const method of [
    "workspace/diagnostic/refresh",
    "workspace/inlayHint/refresh",
    "client/registerCapability",
  ]) {
    connection.onRequest(method, () => {
      seen.push(method);
      changed();
      return null;
    });
  }
  connection.listen();
  const folder = options.folder === undefined ? null : pathToFileURL(options.folder).toString();
  const initialized = await connection.sendRequest<InitializeResult>(
    "initialize",
    options.initialize?.(folder) ?? {
      processId: process.pid,
      rootUri: folder,
      workspaceFolders: folder === null ? null : [{ uri: folder, name: "workspace" }],
      capabilities: options.capabilities ?? fullCapabilities,
      initializationOptions: options.initializationOptions,
    },
  );
  await connection.sendNotification("initialized", {});

  const until = <T>(find: () => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = find();
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  const pull = (uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> =>
    connection.sendRequest("textDocument/diagnostic", {
      textDocument: { uri },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
  return {
    process: child,
    connection,
    initialized,
    log,
    open: (uri, text, languageId = "dockerfile") =>
      connection.sendNotification("textDocument/didOpen", {
        textDocument: { uri, languageId, version: 1, text },
      }),
    pull,
    diagnostics: async (uri) => {
      const report = await pull(uri);
      return report.kind === "full" ? report.items : [];
    },
    published: (uri, fits = () => true) =>
      until(() => {
        const at = publications.findIndex((params) => params.uri === uri && fits(params));
        return at < 0 ? undefined : publications.splice(0, at + 1).at(-1);
      }),
    actions: async (uri, range, context = {}) =>
      (await connection.sendRequest<CodeAction[] | null>("textDocument/codeAction", {
        textDocument: { uri },
        range,
        context: { diagnostics: [], ...context },
      })) ?? [],
    once: (method) =>
      until(() => {
        const at = seen.indexOf(method);
        return at < 0 ? undefined : seen.splice(at, 1);
      }),
    stop: async () => {
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      const code = await exited;
      connection.dispose();
      return code;
    },
  };
}

/** The edits that a workspace edit makes in one document. */
export function editsFor(edit: WorkspaceEdit | undefined, uri: string): readonly TextEdit[] {
  const versioned = (edit?.documentChanges ?? []).flatMap((change) =>
    "textDocument" in change && change.textDocument.uri === uri ? (change.edits as TextEdit[]) : [],
  );
  return [...versioned, ...(edit?.changes?.[uri] ?? [])];
}

/** A text after edits, applied as an editor does. */
export function applyTo(text: string, edits: readonly TextEdit[]): string {
  return TextDocument.applyEdits(TextDocument.create("file:///x", "plaintext", 1, text), [...edits]);
}

/** The range of a word in a text. */
export function rangeOf(text: string, word: string): Range {
  const document = TextDocument.create("file:///x", "plaintext", 1, text);
  const at = text.indexOf(word);
  if (at < 0) throw new Error(`${word} is not in the text`);
  return { start: document.positionAt(at), end: document.positionAt(at + word.length) };
}

/** A folder for one test, gone afterwards. */
export function temporaryFolder(t: { after(fn: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-lsp-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const bundles = new Map<string, Promise<string>>();

/** Bundles an entry once for each test process: starting from sources would take seconds every time. */
function bundleOf(entry: "main.ts" | "cli.ts"): Promise<string> {
  const known = bundles.get(entry) ?? bundled(entry);
  bundles.set(entry, known);
  return known;
}

async function bundled(entry: string): Promise<string> {
  const outfile = join(mkdtempSync(join(tmpdir(), "plimsoll-server-")), "server.js");
  process.once("exit", () => {
    if (existsSync(outfile)) rmSync(dirname(outfile), { recursive: true, force: true });
  });
  await build({
    entryPoints: [join(__dirname, "../../server/src", entry)],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    logLevel: "error",
    define: { __VERSION__: '"0.0.0-test"' },
  });
  return outfile;
}
