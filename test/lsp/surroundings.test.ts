import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { type Client, fullCapabilities, plainCapabilities, startClient, temporaryFolder } from "./client";

const text = "FROM debian:12.11\nRUN sudo apt-get update\nCOPY . /app\n";

async function codesOf(client: Client, uri: string): Promise<readonly unknown[]> {
  return (await client.diagnostics(uri)).map((diagnostic) => diagnostic.code);
}

async function saved(client: Client, file: string): Promise<void> {
  const changes = [{ uri: pathToFileURL(file).toString(), type: 2 }];
  await client.connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
}

test("a change of the settings is followed by a refresh, and counts", async () => {
  let settings: unknown = null;
  const client = await startClient({ settings: () => settings });
  const uri = "file:///settings/Dockerfile";
  await client.open(uri, text);
  const severity = async (): Promise<number | undefined> =>
    (await client.diagnostics(uri)).find((diagnostic) => diagnostic.code === "sudo-in-run")?.severity;
  assert.equal(await severity(), 4);
  for (const [next, expected] of [
    [{ rules: { "sudo-in-run": "critical" } }, 1],
    [{ rules: { "sudo-*": "off" } }, undefined],
    [{ rules: { "sudo-in-run": "nonsense", __proto__: { x: 1 } }, profile: 7 }, 4],
    [{ enable: false }, undefined],
    ["nonsense", 4],
  ] as const) {
    settings = next;
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await client.once("workspace/diagnostic/refresh");
    assert.equal(await severity(), expected, JSON.stringify(next));
  }
  await client.stop();
});

test("settings that come late count when they have come, and that they were late is told", async () => {
  let tell: (settings: unknown) => void = () => {};
  const told = new Promise<unknown>((resolve) => {
    tell = resolve;
  });
  const client = await startClient({ settings: () => told });
  const uri = "file:///late/Dockerfile";
  await client.open(uri, text);
  assert.ok((await codesOf(client, uri)).includes("sudo-in-run"), "the defaults until then");
  assert.ok(client.log.some((line) => line.includes("has not told its settings in time")));
  tell({ rules: { "sudo-in-run": "off" } });
  await client.once("workspace/diagnostic/refresh");
  assert.ok(!(await codesOf(client, uri)).includes("sudo-in-run"), "the settings from then on");
  await client.stop();
});

test("a client that pushes its settings is heard", async () => {
  const client = await startClient({ capabilities: plainCapabilities });
  const uri = "file:///pushed/Dockerfile";
  await client.open(uri, text);
  await client.published(uri, ({ diagnostics }) => diagnostics.some(({ code }) => code === "sudo-in-run"));
  await client.connection.sendNotification("workspace/didChangeConfiguration", {
    settings: { plimsoll: { rules: { "sudo-in-run": "off" } } },
  });
  const after = await client.published(
    uri,
    ({ diagnostics }) => !diagnostics.some(({ code }) => code === "sudo-in-run"),
  );
  assert.equal(after.uri, uri);
  await client.stop();
});

test("plimsoll.yaml counts before the settings, nearest first, and is followed when it changes", async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, "app"));
  const config = join(folder, "plimsoll.yaml");
  writeFileSync(config, "rules:\n  sudo-in-run: critical\nexclude: [generated/**]\n");
  const client = await startClient({ folder, settings: () => ({ rules: { "sudo-in-run": "off" } }) });
  const uri = pathToFileURL(join(folder, "app", "Dockerfile")).toString();
  await client.open(uri, text);
  const sudo = (await client.diagnostics(uri)).find((diagnostic) => diagnostic.code === "sudo-in-run");
  assert.equal(sudo?.severity, 1);
  const excluded = pathToFileURL(join(folder, "generated", "Dockerfile")).toString();
  await client.open(excluded, text);
  assert.deepEqual(await client.diagnostics(excluded), []);

  writeFileSync(config, "ignore:\n  - rule: sudo-in-run\n    path: app/**\n");
  await saved(client, config);
  await client.once("workspace/diagnostic/refresh");
  assert.ok(!(await codesOf(client, uri)).includes("sudo-in-run"));

  writeFileSync(join(folder, "app", "plimsoll.yaml"), "rules:\n  sudo-in-run: on\n");
  await saved(client, join(folder, "app", "plimsoll.yaml"));
  await client.once("workspace/diagnostic/refresh");
  assert.ok((await codesOf(client, uri)).includes("sudo-in-run"));
  await client.stop();
});

test("the ignore file of the build context is known, and followed", async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, "docker"));
  const client = await startClient({ folder });
  const uri = pathToFileURL(join(folder, "docker", "Dockerfile")).toString();
  await client.open(uri, text);
  const rule = "copy-whole-context-without-dockerignore";
  assert.ok((await codesOf(client, uri)).includes(rule));
  for (const file of [join(folder, ".dockerignore"), join(folder, "docker", "Dockerfile.dockerignore")]) {
    writeFileSync(file, ".git\n.env\n");
    await saved(client, file);
    await client.once("workspace/diagnostic/refresh");
    assert.ok(!(await codesOf(client, uri)).includes(rule), file);
    unlinkSync(file);
    await saved(client, file);
    await client.once("workspace/diagnostic/refresh");
    assert.ok((await codesOf(client, uri)).includes(rule), file);
  }
  await client.stop();
});

test("what lies in the build context is known, and files that come and go are followed", async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, ".dockerignore"), ".git\n");
  const client = await startClient({ folder });
  const uri = pathToFileURL(join(folder, "Dockerfile")).toString();
  const rule = "context-contains-sensitive-files";
  await client.open(uri, text);
  assert.ok(!(await codesOf(client, uri)).includes(rule));
  const changed = async (file: string, type: 1 | 2 | 3): Promise<void> => {
    const changes = [{ uri: pathToFileURL(join(folder, file)).toString(), type }];
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
  };
  mkdirSync(join(folder, "config"));
  writeFileSync(join(folder, "config", ".env"), "");
  await changed("config/.env", 1);
  await client.once("workspace/diagnostic/refresh");
  const found = (await client.diagnostics(uri)).find(({ code }) => code === rule);
  assert.match(String(found?.message), /config\/\.env/);
  assert.equal(found?.range.start.line, 2);

  // Contents say nothing, so a change of them leaves all as it is known: the file is gone, and nobody has told.
  unlinkSync(join(folder, "config", ".env"));
  await changed("config/.env", 2);
  assert.ok((await codesOf(client, uri)).includes(rule));
  await changed("config/.env", 3);
  await client.once("workspace/diagnostic/refresh");
  assert.ok(!(await codesOf(client, uri)).includes(rule));
  await client.stop();
});

test("a configuration beyond the workspace is not read, not even through a link", async (t) => {
  const outside = temporaryFolder(t);
  writeFileSync(join(outside, "plimsoll.yaml"), "rules:\n  sudo-in-run: off\n");
  const folder = join(outside, "inner");
  mkdirSync(folder);
  symlinkSync(join(outside, "plimsoll.yaml"), join(folder, "plimsoll.yaml"));
  const client = await startClient({ folder });
  const uri = pathToFileURL(join(folder, "Dockerfile")).toString();
  await client.open(uri, text);
  assert.ok((await codesOf(client, uri)).includes("sudo-in-run"));
  await client.stop();
});

test("folders that are added to the workspace bound their own files", async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, "app"));
  writeFileSync(join(folder, "plimsoll.yaml"), "rules:\n  sudo-in-run: off\n");
  const client = await startClient();
  const uri = pathToFileURL(join(folder, "app", "Dockerfile")).toString();
  await client.open(uri, text);
  assert.ok((await codesOf(client, uri)).includes("sudo-in-run"));
  const added = [{ uri: pathToFileURL(folder).toString(), name: "added" }];
  await client.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
    event: { added, removed: [] },
  });
  await client.once("workspace/diagnostic/refresh");
  assert.ok(!(await codesOf(client, uri)).includes("sudo-in-run"));
  await client.stop();
});

test("without a disk, files are asked of the client", async () => {
  const client = await startClient({
    capabilities: fullCapabilities,
    initializationOptions: { filesThroughClient: true },
  });
  const asked: string[] = [];
  const readFile = ({ uri }: { uri: string }): object => {
    asked.push(uri);
    if (uri === "vscode-vfs://github/a/plimsoll.yaml") return { text: "rules:\n  sudo-in-run: critical\n" };
    return { error: "missing", reason: "The file does not exist." };
  };
  client.connection.onRequest("plimsoll/readFile", readFile);
  const added = [{ uri: "vscode-vfs://github/a", name: "a" }];
  await client.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
    event: { added, removed: [] },
  });
  const uri = "vscode-vfs://github/a/b/Dockerfile";
  await client.open(uri, text);
  const sudo = (await client.diagnostics(uri)).find((diagnostic) => diagnostic.code === "sudo-in-run");
  assert.equal(sudo?.severity, 1);
  assert.ok(asked.includes("vscode-vfs://github/a/b/.dockerignore"), asked.join());
  assert.ok(
    asked.every((asking) => asking.startsWith("vscode-vfs://github/a/")),
    asked.join(),
  );
  await client.stop();
});
