import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import fc from "fast-check";
import type { Diagnostic, WorkspaceDiagnosticReport } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type Client, fullCapabilities, plainCapabilities, rangeOf, startClient } from "./client";

const text = "FROM debian:12.11\nRUN sudo apt-get update && curl -k https://example.com/x -o x\n";

let client: Client;
before(async () => {
  client = await startClient();
});
after(() => client.stop());

function codes(diagnostics: readonly Diagnostic[]): readonly unknown[] {
  return diagnostics.map((diagnostic) => diagnostic.code);
}

test("the server says what it can do", () => {
  const { capabilities, serverInfo } = client.initialized;
  assert.equal(serverInfo?.name, "plimsoll");
  assert.equal(capabilities.positionEncoding, "utf-16");
  assert.deepEqual(capabilities.diagnosticProvider, {
    interFileDependencies: false,
    workspaceDiagnostics: true,
  });
  assert.deepEqual(capabilities.textDocumentSync, { openClose: true, change: 2, save: true });
  assert.equal(capabilities.executeCommandProvider, undefined);
});

test("a pulled diagnostic has its exact range, its rule, its page and its severity", async () => {
  const uri = "file:///pull/Dockerfile";
  await client.open(uri, text);
  const diagnostics = await client.diagnostics(uri);
  const sudo = diagnostics.find((diagnostic) => diagnostic.code === "sudo-in-run");
  assert.deepEqual(sudo?.range, rangeOf(text, "sudo"));
  assert.equal(sudo?.source, "plimsoll");
  assert.equal(sudo?.severity, 4);
  assert.match(sudo?.codeDescription?.href ?? "", /^https:\/\/.+\/sudo-in-run\.md$/);
  const insecure = diagnostics.find((diagnostic) => diagnostic.code === "curl-insecure");
  assert.deepEqual(insecure?.range, rangeOf(text, "-k"));
  assert.equal(insecure?.severity, 2);
});

test("an unchanged document is not told again", async () => {
  const uri = "file:///unchanged/Dockerfile";
  await client.open(uri, text);
  const first = await client.pull(uri);
  assert.equal(first.kind, "full");
  const second = await client.pull(uri, first.resultId);
  assert.deepEqual(second, { kind: "unchanged", resultId: first.resultId });
  await change(client, uri, 2, [{ range: rangeOf(text, "sudo "), text: "" }]);
  const third = await client.pull(uri, first.resultId);
  assert.equal(third.kind, "full");
  assert.ok(third.kind === "full" && !codes(third.items).includes("sudo-in-run"));
});

test("findings that an edit has left where they are shown are not told again", async () => {
  const uri = "file:///still/Dockerfile";
  await client.open(uri, text);
  const first = await client.pull(uri);
  const end = { line: 1, character: 67 };
  await change(client, uri, 2, [{ range: { start: end, end }, text: "y" }]);
  assert.deepEqual(await client.pull(uri, first.resultId), { kind: "unchanged", resultId: first.resultId });
  await change(client, uri, 3, [{ range: { start: end, end }, text: "z" }]);
  assert.deepEqual(await client.pull(uri, first.resultId), { kind: "unchanged", resultId: first.resultId });
  assert.equal((await client.pull(uri)).kind, "full", "who does not know it is told");

  // The editor may show the finding as empty once its text has gone, though the same text stands there again.
  const known = await client.pull(uri);
  await change(client, uri, 4, [{ range: rangeOf(text, "-k"), text: "" }]);
  await change(client, uri, 5, [
    { range: { start: rangeOf(text, "-k").start, end: rangeOf(text, "-k").start }, text: "-k" },
  ]);
  const again = await client.pull(uri, known.resultId);
  assert.ok(again.kind === "full" && codes(again.items).includes("curl-insecure"));

  const start = { line: 0, character: 0 };
  await change(client, uri, 6, [{ range: { start, end: start }, text: "# why\n" }]);
  const moved = await client.pull(uri, again.resultId);
  assert.ok(moved.kind === "full");
  assert.equal(moved.items.find(({ code }) => code === "curl-insecure")?.range.start.line, 2);
});

test("a reopened document with the same version is looked at anew", async () => {
  const uri = "file:///reopened/Dockerfile";
  await client.open(uri, text);
  const first = await client.pull(uri);
  await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  assert.deepEqual(await client.pull(uri), { kind: "full", items: [] });
  await client.open(uri, "FROM scratch\n");
  const second = await client.pull(uri, first.resultId);
  assert.ok(second.kind === "full" && !codes(second.items).includes("sudo-in-run"));
});

test("documents are told apart by language and name, whatever their scheme", async () => {
  await client.open("untitled:Untitled-1", text, "dockerfile");
  assert.ok(codes(await client.diagnostics("untitled:Untitled-1")).includes("sudo-in-run"));
  await client.open("vscode-vfs://github/a/b/Containerfile", text, "plaintext");
  assert.ok(codes(await client.diagnostics("vscode-vfs://github/a/b/Containerfile")).includes("sudo-in-run"));
  await client.open("file:///kinds/notes.md", text, "markdown");
  assert.deepEqual(await client.diagnostics("file:///kinds/notes.md"), []);
  const compose = "services:\n  web:\n    image: nginx:1.29.3\n    privileged: true\n";
  await client.open("file:///kinds/compose.yaml", compose, "yaml");
  assert.ok(codes(await client.diagnostics("file:///kinds/compose.yaml")).includes("compose-privileged"));
});

test("a mistake in plimsoll.yaml is told where it is made", async () => {
  const uri = "file:///config/plimsoll.yaml";
  const config = "profile: strickt\n";
  await client.open(uri, config, "yaml");
  const [diagnostic] = await client.diagnostics(uri);
  assert.equal(diagnostic?.code, "invalid-configuration");
  assert.deepEqual(diagnostic?.range, rangeOf(config, "strickt"));
});

test("workspace diagnostics hold every open document, and clear what is closed", async () => {
  const uri = "file:///workspace/Dockerfile";
  const gone = "file:///workspace/gone/Dockerfile";
  await client.open(uri, text);
  const ask = (previousResultIds: readonly object[]): Promise<WorkspaceDiagnosticReport> =>
    client.connection.sendRequest("workspace/diagnostic", { previousResultIds });
  const report = await ask([{ uri: gone, value: "1" }]);
  const own = report.items.find((item) => item.uri === uri);
  assert.ok(own?.kind === "full" && codes(own.items).includes("sudo-in-run"));
  assert.equal(own.version, 1);
  const cleared = report.items.find((item) => item.uri === gone);
  assert.ok(cleared?.kind === "full" && cleared.items.length === 0);
  const again = await ask([{ uri, value: own.resultId ?? "" }]);
  assert.equal(again.items.find((item) => item.uri === uri)?.kind, "unchanged");
});

test("incremental edits give what a fresh document gives", { timeout: 120_000 }, async () => {
  const pieces = fc.constantFrom(
    "sudo ",
    "RUN ",
    "FROM debian\n",
    "\n",
    "\\\n",
    "é",
    "🐳",
    "-k ",
    "curl ",
    "\r\n",
    "# x\n",
    "\t",
  );
  const edit = fc.record({ from: fc.nat(80), length: fc.nat(12), text: pieces });
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 12 }), async (edits) => {
      const uri = `file:///edits/${++run}/Dockerfile`;
      let document = TextDocument.create(uri, "dockerfile", 1, `# 🐳\n${text}`);
      await client.open(uri, document.getText());
      for (const [index, { from, length, text: inserted }] of edits.entries()) {
        const range = { start: document.positionAt(from), end: document.positionAt(from + length) };
        const changes = [{ range, text: inserted }];
        document = TextDocument.update(document, changes, index + 2);
        await change(client, uri, index + 2, changes);
      }
      const fresh = `file:///edits/${run}/fresh/Dockerfile`;
      await client.open(fresh, document.getText());
      assert.deepEqual(await client.diagnostics(uri), await client.diagnostics(fresh));
      for (const open of [uri, fresh]) {
        await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri: open } });
      }
    }),
    { numRuns: 60 },
  );
});

test("a client that cannot pull is told of each version and of the end", async () => {
  const pushed = await startClient({
    capabilities: { ...plainCapabilities, textDocument: { publishDiagnostics: { versionSupport: true } } },
  });
  assert.equal(pushed.initialized.capabilities.diagnosticProvider, undefined);
  const uri = "file:///push/Dockerfile";
  await pushed.open(uri, text);
  const first = await pushed.published(uri);
  assert.equal(first.version, 1);
  assert.ok(codes(first.diagnostics).includes("sudo-in-run"));
  for (let version = 2; version <= 20; version++) {
    const position = { line: 1, character: 0 };
    await change(pushed, uri, version, [{ range: { start: position, end: position }, text: "\n" }]);
  }
  const last = await pushed.published(uri, ({ version }) => version === 20);
  const sudo = last.diagnostics.find((diagnostic) => diagnostic.code === "sudo-in-run");
  assert.equal(sudo?.range.start.line, 20);
  await pushed.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  const closed = await pushed.published(uri, ({ diagnostics }) => diagnostics.length === 0);
  assert.deepEqual(closed.diagnostics, []);
  assert.equal(await pushed.stop(), 0);
});

for (const [encoding, width] of [
  ["utf-8", 4],
  ["utf-32", 1],
] as const) {
  test(`positions are counted in ${encoding} where the client knows nothing else`, async () => {
    const other = await startClient({
      capabilities: { ...fullCapabilities, general: { positionEncodings: [encoding] } },
    });
    assert.equal(other.initialized.capabilities.positionEncoding, encoding);
    const uri = "file:///encoding/Dockerfile";
    const line = 'RUN echo "🐳" && sudo true';
    await other.open(uri, `FROM debian:12.11\n${line}\n`);
    const at = line.indexOf("sudo") - 2 + width;
    const sudo = (await other.diagnostics(uri)).find((diagnostic) => diagnostic.code === "sudo-in-run");
    assert.deepEqual(sudo?.range, { start: { line: 1, character: at }, end: { line: 1, character: at + 4 } });
    const range = { start: { line: 1, character: at }, end: { line: 1, character: at + 5 } };
    await change(other, uri, 2, [{ range, text: "" }]);
    assert.ok(!codes(await other.diagnostics(uri)).includes("sudo-in-run"));
    assert.equal(await other.stop(), 0);
  });
}

function change(to: Client, uri: string, version: number, contentChanges: readonly object[]): Promise<void> {
  return to.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri, version },
    contentChanges,
  });
}
