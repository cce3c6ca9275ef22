import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import test from "node:test";
import {
  type Connection,
  type ConnectionOptions,
  createConnection,
  createProtocolConnection,
  type DocumentDiagnosticReport,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { defineRule } from "../../server/src/engine/rule";
import type { StatusParams } from "../../server/src/lsp/protocol";
import { startServer } from "../../server/src/lsp/server";
import { rules } from "../../server/src/rules/index";

/** A rule that crashes on every Dockerfile. The real ones must not, so the server is run here with one more. */
const crashing = defineRule({
  id: "crashing",
  language: "dockerfile",
  title: "Nothing crashes",
  why: "It crashes.",
  category: "style",
  severity: "low",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: [],
  references: [],
  messages: {},
  bad: [],
  good: [],
  check: () => {
    throw new Error("on purpose");
  },
});

test("a rule that crashes is told and logged once; the findings of the others stand", async (t) => {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const reader = new StreamMessageReader(toServer);
  let server: Connection | undefined;
  const connect = (options: ConnectionOptions): Connection => {
    server = createConnection(reader, new StreamMessageWriter(toClient), options);
    return server;
  };
  startServer(connect, {
    disk: undefined,
    clock: { now: () => 0 },
    rules: [...rules, crashing],
    version: "0.0.0-test",
  });
  const client = createProtocolConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  );
  t.after(() => {
    client.dispose();
    server?.dispose();
  });
  const log: string[] = [];
  client.onNotification("window/logMessage", ({ message }: { message: string }) => {
    log.push(message);
  });
  const told = new Promise<StatusParams>((resolve) => client.onNotification("plimsoll/status", resolve));
  client.listen();
  await client.sendRequest("initialize", {
    processId: null,
    rootUri: null,
    capabilities: { textDocument: { diagnostic: {} } },
    initializationOptions: { filesThroughClient: true },
  });
  const uri = "untitled:Dockerfile";
  const text = "FROM debian:12.11\nRUN sudo true\n";
  await client.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "dockerfile", version: 1, text },
  });
  for (const version of [2, 3]) {
    const report = await client.sendRequest<DocumentDiagnosticReport>("textDocument/diagnostic", {
      textDocument: { uri },
    });
    assert.ok(report.kind === "full" && report.items.some((item) => item.code === "sudo-in-run"));
    const contentChanges = [{ text: `${text}# ${version}\n` }];
    await client.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges,
    });
  }
  const status = await told;
  assert.equal(status.state, "error");
  assert.match(status.message ?? "", /crashing/);
  assert.equal(log.filter((line) => line.includes("crashing") && line.includes("on purpose")).length, 1);
});
