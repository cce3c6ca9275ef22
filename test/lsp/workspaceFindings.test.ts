import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { pathToFileURL } from "node:url";
import type { WorkspaceDiagnosticReport } from "vscode-languageserver/node";
import { type Client, type StartOptions, startClient, temporaryFolder } from "./client";

const unsafe = "FROM registry.example.com/base:1\nUSER root\nRUN sudo true\n";
const own = { filesThroughClient: false };

async function started(t: TestContext, options: StartOptions): Promise<Client> {
  const client = await startClient(options);
  t.after(() => client.stop());
  return client;
}

test("files that nobody has opened are told of, follow the disk, and go with the setting", async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, "api"));
  const file = join(folder, "api/Dockerfile");
  writeFileSync(file, unsafe);
  writeFileSync(join(folder, "Dockerfile"), "FROM registry.example.com/base:1\nUSER 1000\n");
  const uri = pathToFileURL(file).toString();
  let wanted = true;
  const client = await started(t, {
    folder,
    initializationOptions: own,
    settings: () => ({ workspaceFindings: wanted }),
  });
  const first = await client.published(uri);
  assert.deepEqual(
    first.diagnostics.map(({ code }) => code),
    ["final-stage-user-root", "sudo-in-run"],
  );

  writeFileSync(file, "FROM registry.example.com/base:1\nUSER root\n");
  const watched = (uris: readonly string[], type: number) =>
    client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: uris.map((each) => ({ uri: each, type })),
    });
  await watched([uri], 2);
  await client.published(uri, ({ diagnostics }) => diagnostics.length === 1);

  mkdirSync(join(folder, "web"));
  const added = join(folder, "web/Dockerfile");
  writeFileSync(added, unsafe);
  await watched([pathToFileURL(added).toString()], 1);
  await client.published(pathToFileURL(added).toString(), ({ diagnostics }) => diagnostics.length === 2);

  rmSync(added);
  await watched([pathToFileURL(added).toString()], 3);
  await client.published(pathToFileURL(added).toString(), ({ diagnostics }) => diagnostics.length === 0);

  // A document that is open in the background keeps what was told of it, until the editor asks for it itself.
  await client.open(uri, "FROM registry.example.com/base:1\nUSER root\n");
  await watched([uri], 2);
  await client.published(uri, ({ diagnostics }) => diagnostics.length === 1);
  await client.pull(uri);
  await client.published(uri, ({ diagnostics }) => diagnostics.length === 0);
  await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  await client.published(uri, ({ diagnostics }) => diagnostics.length === 1);

  wanted = false;
  await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: {} });
  await client.published(uri, ({ diagnostics }) => diagnostics.length === 0);
});

test("an editor that pulls for the workspace is asked to, and gets it", async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, "Dockerfile"), unsafe);
  const client = await started(t, { folder, settings: () => ({ workspaceFindings: true }) });
  await client.once("workspace/diagnostic/refresh");
  const report = await client.connection.sendRequest<WorkspaceDiagnosticReport>("workspace/diagnostic", {
    previousResultIds: [],
  });
  assert.deepEqual(
    report.items.map((item) => item.kind === "full" && item.items.map(({ code }) => code)),
    [["final-stage-user-root", "sudo-in-run"]],
  );
});
