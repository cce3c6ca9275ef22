import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import {
  CancellationTokenSource,
  type PublishDiagnosticsParams,
  WorkDoneProgress,
  type WorkspaceDiagnosticReport,
} from "vscode-languageserver/node";
import type { AuditParams, AuditResult } from "../../server/src/lsp/protocol";
import { type Client, rangeOf, startClient, temporaryFolder } from "./client";

const unsafe = "FROM debian:12.11\nRUN sudo apt-get update\n";
const own = { filesThroughClient: false };

function uriOf(...parts: readonly string[]): string {
  return pathToFileURL(join(...parts)).toString();
}

function audit(client: Client, params: AuditParams): Promise<AuditResult> {
  return client.connection.sendRequest("plimsoll/audit", params);
}

test("an audit tells what it found and what it could not check, with progress and reports", async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, "a b"));
  writeFileSync(join(folder, "a b", "Dockerfile"), unsafe);
  writeFileSync(join(folder, "Containerfile"), "FROM scratch\n\u0000");
  writeFileSync(join(folder, "readme.md"), unsafe);
  const client = await startClient({ folder, initializationOptions: own });
  const kinds: string[] = [];
  client.connection.onProgress(WorkDoneProgress.type, "token", ({ kind }) => {
    kinds.push(kind);
  });
  const result = await audit(client, {
    folders: [uriOf(folder)],
    workDoneToken: "token",
    reportFormat: "sarif",
  });

  assert.deepEqual(
    result.files.map((file) => file.uri),
    [uriOf(folder, "a b", "Dockerfile")],
  );
  const sudo = result.files[0]?.findings.find((finding) => finding.rule === "sudo-in-run");
  assert.deepEqual(sudo?.range, rangeOf(unsafe, "sudo"));
  assert.equal(result.filesChecked, 1);
  assert.deepEqual(
    result.notChecked.map((file) => file.uri),
    [uriOf(folder, "Containerfile")],
  );
  assert.deepEqual(result.failures, []);
  const total = Object.values(result.summary).reduce((sum, count) => sum + count, 0);
  assert.equal(total, result.files[0]?.findings.length);
  assert.match(result.reportHtml, /^<!doctype html>/i);
  assert.equal(JSON.parse(result.report ?? "").version, "2.1.0");
  assert.equal(kinds[0], "begin");
  assert.equal(kinds.at(-1), "end");
  const formats = [
    ["markdown", /sudo-in-run/],
    ["csv", /^[^\n]*rule[^\n]*\n[\s\S]*sudo-in-run/],
  ] as const;
  for (const [reportFormat, expected] of formats) {
    const { report } = await audit(client, { folders: [uriOf(folder)], reportFormat });
    assert.match(report ?? "", expected);
  }
  await client.stop();
});

test("audited findings are shown until the file is opened, and follow it when it changes", async (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, "Dockerfile");
  writeFileSync(file, unsafe);
  const uri = uriOf(file);
  const client = await startClient({ folder, initializationOptions: own });
  const hasSudo = ({ diagnostics }: PublishDiagnosticsParams): boolean =>
    diagnostics.some((diagnostic) => diagnostic.code === "sudo-in-run");
  const isEmpty = ({ diagnostics }: PublishDiagnosticsParams): boolean => diagnostics.length === 0;

  await audit(client, { folders: [uriOf(folder)] });
  const published = await client.published(uri, hasSudo);
  assert.deepEqual(
    published.diagnostics.find(({ code }) => code === "sudo-in-run")?.range,
    rangeOf(unsafe, "sudo"),
  );
  await client.open(uri, unsafe);
  // Only when the editor asks for it does it show the document by itself.
  await client.pull(uri);
  await client.published(uri, isEmpty);
  assert.ok((await client.diagnostics(uri)).some((diagnostic) => diagnostic.code === "sudo-in-run"));
  await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  await client.published(uri, hasSudo);

  writeFileSync(file, "FROM scratch\n");
  await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
    changes: [{ uri, type: 2 }],
  });
  await client.published(uri, (params) => !hasSudo(params));
  writeFileSync(file, unsafe);
  await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
    changes: [{ uri, type: 2 }],
  });
  await client.published(uri, hasSudo);
  writeFileSync(join(folder, "plimsoll.yaml"), "rules:\n  sudo-in-run: off\n");
  const changes = [{ uri: uriOf(folder, "plimsoll.yaml"), type: 1 }];
  await client.connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
  await client.published(uri, (params) => !hasSudo(params));
  await client.stop();
});

test("another client that pulls gets audited files by workspace diagnostics", async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, "Dockerfile"), unsafe);
  const client = await startClient({ folder });
  await audit(client, { folders: [uriOf(folder)] });
  const report = await client.connection.sendRequest<WorkspaceDiagnosticReport>("workspace/diagnostic", {
    previousResultIds: [],
  });
  assert.deepEqual(
    report.items.map((item) => [item.uri, item.version]),
    [[uriOf(folder, "Dockerfile"), null]],
  );
  await client.stop();
});

test("a cancelled audit is answered as cancelled, and ends its progress", async (t) => {
  const folder = temporaryFolder(t);
  for (let index = 0; index < 300; index++) {
    mkdirSync(join(folder, String(index)));
    writeFileSync(join(folder, String(index), "Dockerfile"), unsafe.repeat(50));
  }
  const client = await startClient({ folder, initializationOptions: own });
  let begun = (): void => {};
  let ended = (): void => {};
  const begin = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  client.connection.onProgress(WorkDoneProgress.type, 1, ({ kind }) => {
    if (kind === "begin") begun();
    if (kind === "end") ended();
  });
  const source = new CancellationTokenSource();
  const params: AuditParams = { folders: [uriOf(folder)], workDoneToken: 1 };
  const answer = client.connection.sendRequest<AuditResult>("plimsoll/audit", params, source.token);
  const rejected = assert.rejects(answer, (error: { code?: number }) => error.code === -32800);
  await begin;
  source.cancel();
  await rejected;
  await end;
  await client.stop();
});

test("without a disk, the files to audit are asked of the client", async () => {
  const client = await startClient({ initializationOptions: { ...own, filesThroughClient: true } });
  const root = "vscode-vfs://github/a";
  client.connection.onRequest("plimsoll/findFiles", () => ({
    uris: [`${root}/x/Dockerfile`],
    truncated: true,
  }));
  client.connection.onRequest("plimsoll/readFile", ({ uri }: { uri: string }): object =>
    uri === `${root}/x/Dockerfile` ? { text: unsafe } : { error: "missing", reason: "It does not exist." },
  );
  const result = await audit(client, { folders: [root] });
  assert.deepEqual(
    result.files.map((file) => file.uri),
    [`${root}/x/Dockerfile`],
  );
  assert.deepEqual(
    result.notChecked.map((entry) => entry.uri),
    [root],
  );
  await client.stop();
});
