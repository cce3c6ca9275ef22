import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { CancellationTokenSource, type Diagnostic } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type Client, startClient } from "../lsp/client";
import type { TrafficInput, TrafficStep } from "./input";
import { trafficFiles } from "./makeTraffic";

/** Milliseconds after which an answer counts as one that never comes. */
const patience = 30_000;

interface Server {
  readonly client: Client;
  readonly folder: string;
  profile: string;
  sessions: number;
}

let running: Promise<Server> | undefined;

/** One real server for all sessions, until one of them fails. */
function server(): Promise<Server> {
  running ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), "plimsoll-fuzz-"));
    const state = { profile: "all" };
    const client = await startClient({
      folder,
      settings: () => ({ profile: state.profile }),
      initializationOptions: { filesThroughClient: false },
    });
    return Object.assign(state, { client, folder, sessions: 0 });
  })();
  return running;
}

/** Ends the server, if there is one. */
export async function trafficEnded(): Promise<void> {
  if (running === undefined) return;
  const { client, folder } = await running;
  running = undefined;
  client.process.kill();
  client.connection.dispose();
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Plays a session to a server, and asks it in the end what it finds: the same as in the same texts opened afresh.
 * @throws AssertionError where it does not, where a question gets no answer, or where a handler has failed
 */
export async function checkTraffic(input: TrafficInput): Promise<void> {
  const at = await server();
  try {
    await play(at, input);
  } catch (error) {
    await trafficEnded();
    throw error;
  }
}

async function play(at: Server, { steps }: TrafficInput): Promise<void> {
  const { client, folder } = at;
  const session = join(folder, String(at.sessions++));
  for (const index of trafficFiles.keys()) mkdirSync(join(session, String(index)), { recursive: true });
  const opened = new Map<number, TextDocument>();
  const logged = client.log.length;
  const answers: Promise<unknown>[] = [];
  for (const step of steps) {
    const answer = take(at, session, opened, step);
    if (step.do === "ask" || step.do === "nonsense") answers.push(answer);
    else await answer;
  }
  await answered(Promise.all(answers));
  for (const [file, document] of opened) await checkFinally(client, session, file, document);
  const { connection } = client;
  for (const document of opened.values())
    await connection.sendNotification("textDocument/didClose", { textDocument: { uri: document.uri } });
  rmSync(session, { recursive: true, force: true });
  at.profile = "all";
  await connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  const failed = client.log.slice(logged).filter((line) => line.includes("failed") && !isNonsense(line));
  assert.deepEqual(failed, [], "no handler has failed");
  assert.equal(client.process.exitCode, null, "the server lives");
}

/** What is logged on purpose where a request has no such document. */
function isNonsense(line: string): boolean {
  return /textDocument\/(?:hover|codeAction) failed/.test(line);
}

async function take(
  at: Server,
  session: string,
  opened: Map<number, TextDocument>,
  step: TrafficStep,
): Promise<void> {
  const { connection } = at.client;
  switch (step.do) {
    case "open": {
      const { uri, languageId } = identify(session, step.file);
      opened.set(step.file, TextDocument.create(uri, languageId, 1, step.text));
      return at.client.open(uri, step.text, languageId);
    }
    case "edit": {
      const document = opened.get(step.file);
      if (document === undefined) return;
      const contentChanges = step.edits.map(({ start, end, text }) => {
        const range = { start: document.positionAt(start), end: document.positionAt(end) };
        TextDocument.update(document, [{ range, text }], document.version + 1);
        return { range, text };
      });
      const textDocument = { uri: document.uri, version: step.version };
      return connection.sendNotification("textDocument/didChange", { textDocument, contentChanges });
    }
    case "close": {
      const document = opened.get(step.file);
      if (document === undefined) return;
      opened.delete(step.file);
      return connection.sendNotification("textDocument/didClose", { textDocument: { uri: document.uri } });
    }
    case "configure":
      at.profile = step.profile;
      return connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    case "write": {
      const path = join(session, "plimsoll.yaml");
      writeFileSync(path, step.configuration);
      const changes = [{ uri: pathToFileURL(path).toString(), type: 2 }];
      return connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
    }
    case "ask": {
      const document = opened.get(step.file);
      if (document === undefined) return;
      const source = new CancellationTokenSource();
      const position = document.positionAt(step.at);
      const params = {
        textDocument: { uri: document.uri },
        position,
        range: { start: position, end: document.positionAt(step.at + 200) },
        context: { diagnostics: [] },
      };
      const answer = connection.sendRequest(step.method, params, source.token).then(() => {}, refused);
      if (step.cancel) source.cancel();
      return answer;
    }
    case "nonsense":
      return connection.sendRequest(step.method, step.params).then(
        () => {},
        () => {},
      );
  }
}

/** A request may be answered as cancelled (-32800), or as overtaken by a change (-32801). */
function refused(error: { readonly code?: number }): void {
  if (error.code !== -32800 && error.code !== -32801) throw error;
}

async function answered<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new assert.AssertionError({ message: "a question has no answer" })),
      patience,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function checkFinally(
  client: Client,
  session: string,
  file: number,
  document: TextDocument,
): Promise<void> {
  const found = await answered(client.diagnostics(document.uri));
  await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri: document.uri } });
  await client.open(document.uri, document.getText(), identify(session, file).languageId);
  const fresh = await answered(client.diagnostics(document.uri));
  assert.deepEqual(
    comparable(found),
    comparable(fresh),
    "in the end the editor shows what a fresh check finds",
  );
}

function comparable(diagnostics: readonly Diagnostic[]): readonly unknown[] {
  return diagnostics.map(({ code, message, range, severity }) => ({ code, message, range, severity }));
}

function identify(session: string, file: number): { readonly uri: string; readonly languageId: string } {
  const { name, language } = trafficFiles[file] ?? { name: "Dockerfile", language: "dockerfile" };
  return { uri: pathToFileURL(join(session, String(file), name)).toString(), languageId: language };
}
