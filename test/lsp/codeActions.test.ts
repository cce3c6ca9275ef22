import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { pathToFileURL } from "node:url";
import type { CodeAction, Hover } from "vscode-languageserver/node";
import {
  applyTo,
  type Client,
  editsFor,
  plainCapabilities,
  rangeOf,
  startClient,
  temporaryFolder,
} from "./client";

const text =
  "# syntax=docker/dockerfile:1\nFROM debian:12.11\nRUN sudo apt-get update\nRUN sudo true && curl -k https://example.com -o x\n";

let client: Client;
before(async () => {
  client = await startClient();
});
after(() => client.stop());

let opened = 0;
async function open(content = text, to = client): Promise<string> {
  const uri = `file:///actions/${++opened}/Dockerfile`;
  await to.open(uri, content);
  return uri;
}

function titled(actions: readonly CodeAction[], title: string): CodeAction {
  const action = actions.find((candidate) => candidate.title === title);
  assert.ok(action, `no action "${title}" among ${actions.map((other) => other.title).join("; ")}`);
  return action;
}

async function codesIn(content: string): Promise<readonly unknown[]> {
  const uri = await open(content);
  return (await client.diagnostics(uri)).map((diagnostic) => diagnostic.code);
}

test("actions come in their order: fix, ignore, fix all of the rule, explain", async () => {
  const uri = await open();
  const diagnostic = (await client.diagnostics(uri)).find(({ code }) => code === "sudo-in-run");
  assert.ok(diagnostic);
  const actions = await client.actions(uri, diagnostic.range, {
    diagnostics: [diagnostic],
    only: ["quickfix"],
  });
  assert.deepEqual(
    actions.map((action) => action.title),
    [
      "Delete sudo",
      "Ignore sudo-in-run on this line",
      "Ignore sudo-in-run in this file",
      "Fix all sudo-in-run in this file",
      "Explain sudo-in-run",
    ],
  );
  assert.deepEqual(
    actions.map((action) => action.isPreferred === true),
    [true, false, false, false, false],
  );
  for (const action of actions) {
    assert.equal(action.kind, "quickfix");
    assert.deepEqual(action.diagnostics, [diagnostic]);
  }
  assert.deepEqual(actions.at(-1)?.command?.arguments, ["sudo-in-run"]);
});

test("a fix is bound to the document's version, and removes its finding", async () => {
  const uri = await open();
  const actions = await client.actions(uri, rangeOf(text, "-k"));
  const fix = actions.find((action) => action.isPreferred);
  assert.match(fix?.title ?? "", / \(may change behaviour\)$/);
  const [change] = fix?.edit?.documentChanges ?? [];
  assert.deepEqual(change && "textDocument" in change ? change.textDocument : undefined, { uri, version: 1 });
  const fixed = applyTo(text, editsFor(fix?.edit, uri));
  assert.ok(!(await codesIn(fixed)).includes("curl-insecure"));
});

test("each way to ignore a finding silences it and nothing else", async () => {
  const uri = await open();
  const actions = await client.actions(uri, rangeOf(text, "-k"));
  const count = async (title: string): Promise<readonly unknown[]> =>
    codesIn(applyTo(text, editsFor(titled(actions, title).edit, uri)));
  const both = ["sudo-in-run", "sudo-in-run"];
  const own = (codes: readonly unknown[]): readonly unknown[] =>
    codes.filter((code) => code === "sudo-in-run" || code === "curl-insecure");
  assert.deepEqual(own(await count("Ignore curl-insecure on this line")), both);
  assert.deepEqual(own(await count("Ignore curl-insecure in this file")), both);
});

test("fix all of a rule leaves the other rules' findings", async () => {
  const uri = await open();
  const actions = await client.actions(uri, rangeOf(text, "sudo"));
  const action = titled(actions, "Fix all sudo-in-run in this file");
  assert.equal(action.edit, undefined);
  const resolved = await client.connection.sendRequest<CodeAction>("codeAction/resolve", action);
  const fixed = applyTo(text, editsFor(resolved.edit, uri));
  assert.ok(!fixed.includes("sudo"));
  assert.ok(fixed.includes("curl -k"));
});

test("source.fixAll applies safe fixes only, under its own kind and the general one", async () => {
  const uri = await open();
  const whole = { start: { line: 0, character: 0 }, end: { line: 4, character: 0 } };
  for (const only of ["source.fixAll", "source.fixAll.plimsoll", "source"]) {
    const actions = await client.actions(uri, whole, { only: [only] });
    assert.deepEqual(
      actions.map((action) => action.kind),
      ["source.fixAll.plimsoll"],
    );
    const resolved = await client.connection.sendRequest<CodeAction>("codeAction/resolve", actions[0]);
    assert.equal(applyTo(text, editsFor(resolved.edit, uri)), text.replaceAll("sudo ", ""));
  }
  assert.deepEqual(await client.actions(uri, whole, { only: ["source.fixAll.eslint"] }), []);
  const refactorings = await client.actions(uri, whole, { only: ["refactor"] });
  assert.deepEqual(
    refactorings.map(({ title }) => title),
    ["Harden this stage (may change behaviour)"],
  );
  const clean = await open("FROM debian:12.11\n");
  assert.deepEqual(await client.actions(clean, whole, { only: ["source.fixAll"] }), []);
});

test("an action that is resolved late is worked out for the text of then", async () => {
  const uri = await open();
  const [action] = await client.actions(uri, rangeOf(text, "sudo"), { only: ["source.fixAll"] });
  const changed = `${text}RUN sudo false\n`;
  await client.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri, version: 2 },
    contentChanges: [{ text: changed }],
  });
  const resolved = await client.connection.sendRequest<CodeAction>("codeAction/resolve", action);
  assert.equal(applyTo(changed, editsFor(resolved.edit, uri)), changed.replaceAll("sudo ", ""));
  const [change] = resolved.edit?.documentChanges ?? [];
  assert.equal(change && "textDocument" in change ? change.textDocument.version : undefined, 2);
});

test("a client without documentChanges and resolve gets plain changes at once", async () => {
  const plain = await startClient({ capabilities: plainCapabilities });
  const uri = await open(text, plain);
  const actions = await plain.actions(uri, rangeOf(text, "sudo"));
  assert.deepEqual(Object.keys(titled(actions, "Delete sudo").edit ?? {}), ["changes"]);
  const all = actions.find((action) => action.kind === "source.fixAll.plimsoll");
  assert.equal(applyTo(text, editsFor(all?.edit, uri)), text.replaceAll("sudo ", ""));
  await plain.stop();
  const commandsOnly = await startClient({ capabilities: {} });
  const other = await open(text, commandsOnly);
  assert.deepEqual(await commandsOnly.actions(other, rangeOf(text, "sudo")), []);
  await commandsOnly.stop();
});

test("ignoring in the repository makes plimsoll.yaml, or adds to it", async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, "app"));
  const inFolder = await startClient({ folder });
  const uri = pathToFileURL(join(folder, "app", "Dockerfile")).toString();
  const config = pathToFileURL(join(folder, "plimsoll.yaml")).toString();
  await inFolder.open(uri, text);
  const title = "Ignore sudo-in-run in the repository";
  const made = titled(await inFolder.actions(uri, rangeOf(text, "sudo")), title).edit;
  assert.deepEqual(made?.documentChanges?.[0], {
    kind: "create",
    uri: config,
    options: { overwrite: false, ignoreIfExists: false },
  });
  assert.equal(applyTo("", editsFor(made, config)), "ignore:\n  - rule: sudo-in-run\n");

  const existing = "profile: strict # ours\nignore:\n  - rule: curl-insecure\n    reason: a mirror\n";
  writeFileSync(join(folder, "plimsoll.yaml"), existing);
  const watched = { changes: [{ uri: config, type: 1 }] };
  await inFolder.connection.sendNotification("workspace/didChangeWatchedFiles", watched);
  const added = titled(await inFolder.actions(uri, rangeOf(text, "sudo")), title).edit;
  assert.equal(applyTo(existing, editsFor(added, config)), `${existing}  - rule: sudo-in-run\n`);

  const unsaved = "rules: {}\n";
  await inFolder.open(config, unsaved, "yaml");
  const live = titled(await inFolder.actions(uri, rangeOf(text, "sudo")), title).edit;
  assert.equal(applyTo(unsaved, editsFor(live, config)), `${unsaved}ignore:\n  - rule: sudo-in-run\n`);
  await inFolder.stop();
});

test("a fix that makes a file names it, and is left out for a client that cannot make files", async (t) => {
  const folder = temporaryFolder(t);
  const content = "FROM debian:12.11\nCOPY . /app\n";
  const uri = pathToFileURL(join(folder, "Dockerfile")).toString();
  const makes = (actions: readonly CodeAction[]): readonly unknown[] =>
    actions
      .flatMap(({ edit }) => edit?.documentChanges ?? [])
      .filter((change) => "kind" in change && change.kind === "create");
  await client.open(uri, content);
  assert.deepEqual(makes(await client.actions(uri, rangeOf(content, "COPY ."))), [
    {
      kind: "create",
      uri: pathToFileURL(join(folder, ".dockerignore")).toString(),
      options: { overwrite: false, ignoreIfExists: false },
    },
  ]);
  const plain = await startClient({ capabilities: plainCapabilities });
  await plain.open(uri, content);
  const actions = await plain.actions(uri, rangeOf(content, "COPY ."));
  assert.ok(actions.length > 0);
  assert.deepEqual(makes(actions), []);
  await plain.stop();
});

test("what is said about an ignore comment is corrected, not ignored", async () => {
  const content = "# plimsoll-ignore sudo-in-rum\nFROM debian:12.11\n";
  const uri = await open(content);
  const diagnostic = (await client.diagnostics(uri)).find(
    ({ code }) => code === "unknown-rule-in-ignore-comment",
  );
  assert.ok(diagnostic);
  const titles = (await client.actions(uri, diagnostic.range)).map((action) => action.title);
  assert.ok(!titles.some((title) => title.startsWith("Ignore")), titles.join("; "));
});

test("hover tells about the rule of a finding, and of an id in an ignore comment", async () => {
  const content = `${text}# plimsoll-ignore curl-insecure: a mirror\nRUN curl -k https://example.com -o y\n`;
  const uri = await open(content);
  const hover = (word: string): Promise<Hover | null> =>
    client.connection.sendRequest("textDocument/hover", {
      textDocument: { uri },
      position: rangeOf(content, word).start,
    });
  const onFinding = await hover("sudo");
  assert.match(JSON.stringify(onFinding?.contents), /sudo-in-run/);
  assert.deepEqual(onFinding?.range, rangeOf(content, "sudo"));
  const onId = await hover("curl-insecure");
  assert.match(JSON.stringify(onId?.contents), /curl-insecure/);
  assert.deepEqual(onId?.range, rangeOf(content, "curl-insecure"));
  assert.equal(await hover("apt-get"), null);
});
