import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import {
  type ClientCapabilities,
  createProtocolConnection,
  type DocumentDiagnosticReport,
  IPCMessageReader,
  IPCMessageWriter,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
} from "vscode-languageserver/node";
import type { BenchDocument } from "./documents";

/** How findings come to the editor: by themselves, or in answer to its question, as VS Code asks it. */
export type Delivery = "push" | "pull";

/** A server to measure. */
export interface Candidate {
  readonly name: string;
  /** The file that Node runs. */
  readonly file: string;
  readonly delivery: Delivery;
  /** What the editor's extension starts Node with; nothing by default. */
  readonly nodeOptions?: readonly string[];
  /** Variables that it adds to the environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The editor's settings, pushed once the server is there. */
  readonly settings?: object;
}

/** A running server and the editor's end of the line. */
export interface Session {
  readonly candidate: Candidate;
  /** Milliseconds from the start of the process to the answer to `initialize`. */
  readonly startTime: number;
  /** Opens a document and waits for what was found in it. Gives milliseconds. */
  open(uri: string, languageId: string, text: string): Promise<number>;
  /** Types one character at a place and waits for what was found. Gives milliseconds. */
  type(uri: string, character: string, place: BenchDocument["caret"]): Promise<number>;
  /** The findings of the last answer. */
  readonly findings: number;
  /** Resident memory of the process, in bytes. */
  memory(): number;
  stop(): Promise<void>;
}

/** The longest that one answer may take, in milliseconds, before the benchmark gives up. */
const patience = 60_000;

/** Starts a server the way VS Code does: a forked Node process that is spoken to over its IPC channel. */
export async function startSession(candidate: Candidate, workspaceUri: string): Promise<Session> {
  const before = performance.now();
  const child = fork(candidate.file, ["--node-ipc"], {
    execArgv: [...(candidate.nodeOptions ?? [])],
    env: { ...plainEnvironment(), ...candidate.environment },
  });
  const exited = once(child, "exit");
  const connection = createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  let published: ((params: PublishDiagnosticsParams) => void) | undefined;
  connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) =>
    published?.(params),
  );
  connection.listen();
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: workspaceUri,
    workspaceFolders: [{ uri: workspaceUri, name: "bench" }],
    capabilities: capabilitiesFor(candidate.delivery),
  });
  const startTime = performance.now() - before;
  await connection.sendNotification("initialized", {});
  if (candidate.settings !== undefined)
    await connection.sendNotification("workspace/didChangeConfiguration", { settings: candidate.settings });

  let version = 1;
  let findings = 0;
  let last: LastPull | undefined;
  const answered = async (uri: string, send: () => Promise<void>): Promise<number> => {
    const from = performance.now();
    if (candidate.delivery === "pull") {
      const sent = send();
      last = await within(pull(connection, uri, last?.uri === uri ? last : undefined), candidate.name);
      findings = last.findings;
      await sent;
    } else {
      const publication = new Promise<number>((resolve) => {
        published = (params) => {
          if (params.uri === uri) resolve(params.diagnostics.length);
        };
      });
      await send();
      findings = await within(publication, candidate.name);
    }
    return performance.now() - from;
  };

  return {
    candidate,
    startTime,
    open: (uri, languageId, text) =>
      answered(uri, () =>
        connection.sendNotification("textDocument/didOpen", {
          textDocument: { uri, languageId, version, text },
        }),
      ),
    type: (uri, character, place) =>
      answered(uri, () =>
        connection.sendNotification("textDocument/didChange", {
          textDocument: { uri, version: ++version },
          contentChanges: [{ range: { start: place, end: place }, text: character }],
        }),
      ),
    get findings() {
      return findings;
    },
    memory: () => residentBytes(child),
    async stop() {
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      await exited;
      connection.dispose();
    },
  };
}

/** This process's environment without what would make the children load this process's hooks. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, ...environment } = process.env;
  return environment;
}

/** Asks as VS Code does, which says what it was told last. An answer that all is as it was has no findings in it. */
async function pull(
  connection: ProtocolConnection,
  uri: string,
  last: LastPull | undefined,
): Promise<LastPull> {
  const report = await connection.sendRequest<DocumentDiagnosticReport>("textDocument/diagnostic", {
    textDocument: { uri },
    ...(last?.id === undefined ? {} : { previousResultId: last.id }),
  });
  const findings = report.kind === "full" ? report.items.length : (last?.findings ?? 0);
  return { uri, id: report.resultId, findings };
}

interface LastPull {
  readonly uri: string;
  readonly id: string | undefined;
  readonly findings: number;
}

async function within<Value>(answer: Promise<Value>, name: string): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} gave no answer in ${patience} ms`)), patience);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function capabilitiesFor(delivery: Delivery): ClientCapabilities {
  return {
    textDocument: {
      publishDiagnostics: {},
      ...(delivery === "pull" ? { diagnostic: { relatedDocumentSupport: false } } : {}),
    },
  };
}

function residentBytes(child: ChildProcess): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1];
  if (kibibytes === undefined) throw new Error("the system does not tell the memory of a process");
  return Number(kibibytes) * 1024;
}
