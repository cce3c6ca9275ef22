import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";
import { type Client, fullCapabilities, plainCapabilities, type StartOptions, startClient } from "./client";

const text = "FROM registry.example.com/base:1\nUSER root\nRUN sudo true\n";

async function change(client: Client, uri: string, version: number, line: number, newText: string) {
  const at = { line, character: 0 };
  await client.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri, version },
    contentChanges: [{ range: { start: at, end: at }, text: newText }],
  });
}

async function codes(client: Client, uri: string): Promise<readonly unknown[]> {
  return (await client.diagnostics(uri)).map(({ code }) => code);
}

async function started(t: TestContext, options: StartOptions): Promise<Client> {
  const client = await startClient(options);
  t.after(() => client.stop());
  return client;
}

test("what is new on the line that is typed waits until the line rests; the rest stays and comes at once", async (t) => {
  const client = await started(t, { settings: () => ({ quietWhileTyping: true }) });
  const uri = "file:///calm/quiet/Dockerfile";
  await client.open(uri, text);
  assert.deepEqual(await codes(client, uri), ["final-stage-user-root", "sudo-in-run"]);

  await change(client, uri, 2, 3, "RUN curl -k https://example.org -o x && sudo true");
  const quiet = await client.pull(uri);
  assert.ok(quiet.kind === "full");
  assert.deepEqual(
    quiet.items.map(({ code }) => code),
    ["final-stage-user-root", "sudo-in-run"],
  );
  await client.once("workspace/diagnostic/refresh");
  const rested = await client.pull(uri, quiet.resultId);
  assert.ok(rested.kind === "full");
  assert.deepEqual(
    rested.items.map(({ code }) => code),
    ["final-stage-user-root", "sudo-in-run", "curl-insecure", "sudo-in-run"],
  );

  // What stood on the line before somebody began to type in it does not blink.
  await change(client, uri, 3, 2, " ");
  assert.deepEqual((await codes(client, uri)).length, 4);
});

test("a quiet line is told to a client that waits to be told", async (t) => {
  const client = await started(t, {
    capabilities: { ...plainCapabilities, workspace: { configuration: true } },
    settings: () => ({ quietWhileTyping: true }),
  });
  const uri = "file:///calm/push/Dockerfile";
  await client.open(uri, "FROM registry.example.com/base:1\n");
  assert.deepEqual((await client.published(uri)).diagnostics, []);
  await change(client, uri, 2, 1, "RUN sudo true");
  const has = (code: string) => (params: { diagnostics: readonly { code?: unknown }[] }) =>
    params.diagnostics.some((diagnostic) => diagnostic.code === code);
  assert.ok(!has("sudo-in-run")(await client.published(uri)));
  await client.published(uri, has("sudo-in-run"));
});

test("with onSave a client is told when a file is opened and saved, not in between", async (t) => {
  const client = await started(t, {
    capabilities: { ...plainCapabilities, workspace: { configuration: true } },
    settings: () => ({ run: "onSave" }),
  });
  const uri = "file:///calm/save/Dockerfile";
  await client.open(uri, text);
  assert.equal((await client.published(uri)).diagnostics.length, 2);
  await change(client, uri, 2, 3, "RUN sudo true\n");
  // A document that was opened later is told of: the edit before it was looked at and kept.
  const other = "file:///calm/save/other/Dockerfile";
  await client.open(other, text);
  await client.published(other);
  await client.connection.sendNotification("textDocument/didSave", { textDocument: { uri } });
  assert.equal((await client.published(uri)).diagnostics.length, 3);
});

test("what a neighbour shows on the same instruction is left to it until it is gone, and keeps its fix", async (t) => {
  let hide = true;
  const client = await started(t, { settings: () => ({ hideDuplicates: hide }) });
  const uri = "file:///calm/neighbour/Dockerfile";
  await client.open(
    uri,
    "FROM registry.example.com/base:1\nUSER root\nRUN true \\\n  && sudo true\nRUN sudo true\n",
  );
  const all = ["final-stage-user-root", "sudo-in-run", "sudo-in-run"];
  const first = await client.pull(uri);
  assert.deepEqual(await codes(client, uri), all);

  const tell = (shown: readonly object[]) =>
    client.connection.sendNotification("plimsoll/neighbours", { uri, shown });
  await tell([
    { code: "DL3004", from: 2, to: 2 },
    // An id of nobody's, a bare number and one of our own hide nothing.
    { code: "constructor", from: 0, to: 9 },
    { code: "3002", from: 0, to: 9 },
    { code: "final-stage-user-root", from: 0, to: 9 },
  ]);
  await client.once("workspace/diagnostic/refresh");
  const second = await client.pull(uri, first.kind === "full" ? first.resultId : undefined);
  assert.ok(second.kind === "full");
  assert.deepEqual(
    second.items.map(({ code, range }) => [code, range.start.line]),
    [
      ["final-stage-user-root", 1],
      ["sudo-in-run", 4],
    ],
  );
  const at = { line: 3, character: 6 };
  const actions = await client.actions(uri, { start: at, end: at });
  assert.ok(actions.some(({ title }) => title === "Delete sudo"));

  await tell([{ code: "docker:S6471", from: 1, to: 1 }]);
  assert.ok((await codes(client, uri)).includes("sudo-in-run"));
  await tell([]);
  assert.deepEqual(await codes(client, uri), all);

  hide = false;
  await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: {} });
  await tell([{ code: "DL3004", from: 4, to: 4 }]);
  assert.deepEqual(await codes(client, uri), all);
});

test("a client that says nothing of typing gets everything at once", async (t) => {
  const client = await started(t, { capabilities: fullCapabilities });
  const uri = "file:///calm/plain/Dockerfile";
  await client.open(uri, text);
  await client.pull(uri);
  await change(client, uri, 2, 3, "RUN sudo true\n");
  assert.equal((await client.diagnostics(uri)).length, 3);
});
