import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { CancellationTokenSource } from "vscode-languageserver/node";
import type { StatusParams } from "../../server/src/lsp/protocol";
import { type Client, fullCapabilities, plainCapabilities, startClient } from "./client";

const text = "FROM debian:12.11\nRUN sudo apt-get update\n";

let client: Client;
before(async () => {
  client = await startClient();
});
after(() => client.stop());

async function stillWorks(uri: string): Promise<void> {
  await client.open(uri, text);
  const codes = (await client.diagnostics(uri)).map((diagnostic) => diagnostic.code);
  assert.ok(codes.includes("sudo-in-run"));
}

test("nonsense is answered with nothing or an error, and the server lives", async () => {
  const { connection } = client;
  const withoutDocument = [{}, { textDocument: null }];
  const unknown = [{ textDocument: { uri: 7 } }, { textDocument: { uri: "%%%" } }];
  for (const params of withoutDocument) {
    // An empty list would say "checked and clean".
    await assert.rejects(
      Promise.resolve(connection.sendRequest("textDocument/diagnostic", params)),
      /failed/,
    );
  }
  for (const params of unknown) {
    const report = await connection.sendRequest("textDocument/diagnostic", params);
    assert.deepEqual(report, { kind: "full", items: [] });
  }
  for (const params of [...withoutDocument, ...unknown]) {
    assert.equal(await connection.sendRequest("textDocument/hover", params), null);
    assert.deepEqual(await connection.sendRequest("textDocument/codeAction", params), []);
  }
  const action = { title: "x", kind: "quickfix", data: { uri: "file:///nowhere", rule: "__proto__" } };
  assert.deepEqual(await connection.sendRequest("codeAction/resolve", action), action);
  assert.equal(await connection.sendRequest("plimsoll/explain", { id: "__proto__" }), null);
  assert.equal(await connection.sendRequest("plimsoll/explain", {}), null);
  await connection.sendNotification("textDocument/didOpen", {});
  await connection.sendNotification("textDocument/didChange", { textDocument: { uri: "file:///x" } });
  await connection.sendNotification("workspace/didChangeWatchedFiles", { changes: "x" });
  await connection.sendNotification("workspace/didChangeWorkspaceFolders", {});
  await connection.sendNotification("nobody/knows", { x: 1 });
  await assert.rejects(Promise.resolve(connection.sendRequest("nobody/knows", {})));
  await stillWorks("file:///after-nonsense/Dockerfile");
  assert.ok(client.log.some((line) => line.includes("textDocument/hover failed")));
});

test("positions beyond the text are clamped", async () => {
  const uri = "file:///beyond/Dockerfile";
  await client.open(uri, text);
  const far = { line: 1e9, character: 1e9 };
  const behind = { line: -1, character: -1 };
  await client.actions(uri, { start: behind, end: far });
  await client.connection.sendRequest("textDocument/hover", { textDocument: { uri }, position: far });
  const contentChanges = [{ range: { start: far, end: far }, text: "RUN sudo true\n" }];
  await client.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri, version: 2 },
    contentChanges,
  });
  const found = (await client.diagnostics(uri)).filter((diagnostic) => diagnostic.code === "sudo-in-run");
  assert.equal(found.length, 2);
});

test("hostile texts are answered", async () => {
  const texts: readonly (readonly [string, string])[] = [
    ["Dockerfile", `FROM a\nRUN ${"$(".repeat(5_000)}\n`],
    ["Dockerfile", `FROM a\n${"RUN <<A\n".repeat(2_000)}`],
    ["Dockerfile", `FROM a\nRUN ${"sudo x && \\\n".repeat(5_000)}true\n`],
    ["compose.yaml", `${"- ".repeat(1_000)}x\n`],
    ["compose.yaml", `a: &a [x]\n${"b: [*a, *a, *a]\n".repeat(500)}`],
    ["compose.yaml", "services:\n  __proto__:\n    privileged: true\n  constructor: {}\n"],
    ["plimsoll.yaml", "rules:\n  __proto__: off\n  constructor: off\nignore: {}\n"],
  ];
  for (const [index, [name, hostile]] of texts.entries()) {
    const uri = `file:///hostile/${index}/${name}`;
    await client.open(uri, hostile, name === "Dockerfile" ? "dockerfile" : "yaml");
    const report = await client.pull(uri);
    assert.equal(report.kind, "full");
    const whole = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    await client.actions(uri, whole);
  }
  await stillWorks("file:///after-hostile/Dockerfile");
});

test("a cancelled request is answered as cancelled", async () => {
  const uri = "file:///cancelled/Dockerfile";
  await client.open(uri, text);
  const source = new CancellationTokenSource();
  const answer = client.connection.sendRequest(
    "textDocument/diagnostic",
    { textDocument: { uri } },
    source.token,
  );
  source.cancel();
  await assert.rejects(Promise.resolve(answer), (error: { code?: number }) => error.code === -32800);
  await stillWorks("file:///after-cancel/Dockerfile");
});

test("rules are listed, and each has a page", async () => {
  const rules = await client.connection.sendRequest<readonly { id: string }[]>("plimsoll/rules");
  const ids = rules.map((rule) => rule.id);
  assert.deepEqual(ids, [...ids].sort());
  assert.ok(ids.includes("sudo-in-run"));
  for (const id of ids) {
    const page = await client.connection.sendRequest<{ markdown: string } | null>("plimsoll/explain", { id });
    assert.match(page?.markdown ?? "", /^# \S/, id);
  }
});

test("our own client is told what could not be checked", async () => {
  const own = await startClient({
    initializationOptions: { filesThroughClient: false },
  });
  assert.equal(own.initialized.capabilities.diagnosticProvider?.workspaceDiagnostics, false);
  const told = new Promise<StatusParams>((resolve) =>
    own.connection.onNotification("plimsoll/status", resolve),
  );
  const uri = "file:///status/compose.yaml";
  await own.open(uri, `${"- ".repeat(1_000)}x\n`, "yaml");
  await own.pull(uri);
  const status = await told;
  assert.equal(status.state, "ready");
  assert.deepEqual(
    status.notChecked.map((entry) => entry.uri),
    [uri],
  );
  await own.stop();
});

test("a second initialize is refused", async () => {
  await assert.rejects(
    client.connection.sendRequest("initialize", { processId: null, rootUri: null, capabilities: {} }),
  );
  await stillWorks("file:///after-initialize/Dockerfile");
});

test("the process ends as asked, and with its client", async () => {
  const asked = await startClient({ capabilities: plainCapabilities });
  assert.equal(await asked.stop(), 0);
  const dropped = await startClient({ capabilities: fullCapabilities });
  const code = new Promise((resolve) => dropped.process.once("exit", resolve));
  dropped.process.stdin?.end();
  assert.equal(await code, 1);
});
