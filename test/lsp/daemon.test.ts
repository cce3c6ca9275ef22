import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { pathToFileURL } from "node:url";
import { applyTo, type Client, editsFor, rangeOf, startClient } from "./client";

const text = '{\n  "hosts": ["unix:///var/run/docker.sock", "tcp://0.0.0.0:2375"],\n  "debug": false\n}\n';

let folder: string;
let client: Client;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "plimsoll-"));
  mkdirSync(join(folder, "docker"), { recursive: true });
  client = await startClient({ folder });
});
after(async () => {
  await client.stop();
  rmSync(folder, { recursive: true, force: true });
});

function uriOf(path: string): string {
  return pathToFileURL(join(folder, path)).href;
}

async function codesOf(uri: string): Promise<readonly unknown[]> {
  return (await client.diagnostics(uri)).map((diagnostic) => diagnostic.code);
}

test("a daemon.json gets diagnostics at their places, and a fix that takes them away", async () => {
  const uri = uriOf("docker/daemon.json");
  await client.open(uri, text, "json");
  const [diagnostic, ...others] = await client.diagnostics(uri);
  assert.deepEqual(others, []);
  assert.equal(diagnostic?.code, "daemon-tcp-without-tls");
  assert.equal(diagnostic.severity, 1);
  assert.deepEqual(diagnostic.range, rangeOf(text, '"tcp://0.0.0.0:2375"'));
  const actions = await client.actions(uri, diagnostic.range);
  const fix = actions.find((action) => action.isPreferred);
  assert.equal(fix?.title, "Listen on the socket only (may change behaviour)");
  const fixed = applyTo(text, editsFor(fix.edit, uri));
  assert.deepEqual(JSON.parse(fixed), { hosts: ["unix:///var/run/docker.sock"], debug: false });
  const fixedUri = uriOf("docker/fixed/daemon.json");
  await client.open(fixedUri, fixed, "json");
  assert.deepEqual(await codesOf(fixedUri), []);
});

test("a finding is ignored in plimsoll.yaml, for the file or the repository, and never by a comment", async () => {
  const uri = uriOf("docker/config/daemon.json");
  await client.open(uri, text, "json");
  const actions = await client.actions(uri, rangeOf(text, '"tcp://0.0.0.0:2375"'));
  const titles = actions.map((action) => action.title).filter((title) => title.startsWith("Ignore "));
  assert.deepEqual(titles, [
    "Ignore daemon-tcp-without-tls in this file",
    "Ignore daemon-tcp-without-tls in the repository",
  ]);
  const inFile = actions.find((action) => action.title.endsWith("in this file"));
  const edit = JSON.stringify(inFile?.edit);
  assert.ok(edit.includes("plimsoll.yaml") && edit.includes("docker/config/daemon.json"), edit);
});

test("another program's daemon.json is left alone, until its text is Docker's", async () => {
  const uri = uriOf("pm2/daemon.json");
  await client.open(uri, '{ "apps": [], "hosts": ["tcp://0.0.0.0:2375"] }\n', "json");
  assert.deepEqual(await codesOf(uri), []);
  const other = uriOf("elsewhere/daemon.json");
  await client.open(other, '{ "hosts": ["tcp://0.0.0.0:2375"] }\n', "jsonc");
  assert.deepEqual(await codesOf(other), ["daemon-tcp-without-tls"]);
});

test("what is missing of several rules is one action among the others", async () => {
  writeFileSync(join(folder, "plimsoll.yaml"), "profile: cis\n");
  const strict = await startClient({ folder });
  const uri = uriOf("docker/bare/daemon.json");
  await strict.open(uri, "{}\n", "json");
  const actions = await strict.actions(uri, rangeOf("{}\n", "{"));
  const together = actions.filter((action) => action.title.startsWith("Harden the daemon"));
  assert.equal(together.length, 1);
  assert.deepEqual(JSON.parse(applyTo("{}\n", editsFor(together[0]?.edit, uri))), {
    icc: false,
    "live-restore": true,
    "no-new-privileges": true,
    "userland-proxy": false,
  });
  await strict.stop();
});

test("half-typed text is answered on every keystroke", async () => {
  for (const [index, end] of [1, 8, 20, 40, text.length - 3].entries()) {
    const uri = uriOf(`docker/${index}/daemon.json`);
    await client.open(uri, text.slice(0, end), "json");
    assert.ok(Array.isArray(await client.diagnostics(uri)));
  }
});
