import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { pathToFileURL } from "node:url";
import type { CodeAction, WorkspaceEdit } from "vscode-languageserver/node";
import {
  applyTo,
  type Client,
  editsFor,
  fullCapabilities,
  rangeOf,
  type StartOptions,
  startClient,
  temporaryFolder,
} from "./client";

const base = "FROM registry.example.com/base:1";
const text = `${base} AS build\nRUN sudo true\nRUN curl -k https://example.org -o x\n${base}\nUSER root\nRUN sudo true\nADD app.py /app/\n`;

interface Prepared {
  readonly edit: WorkspaceEdit;
  readonly files: number;
}

async function started(t: TestContext, options: StartOptions): Promise<Client> {
  const client = await startClient(options);
  t.after(() => client.stop());
  return client;
}

function ownClient(t: TestContext, folder: string, settings: object = {}): Promise<Client> {
  const { workspace } = fullCapabilities;
  return started(t, {
    folder,
    initializationOptions: { filesThroughClient: false },
    capabilities: {
      ...fullCapabilities,
      workspace: {
        ...workspace,
        workspaceEdit: { ...workspace?.workspaceEdit, changeAnnotationSupport: { groupsOnLabel: true } },
      },
    },
    settings: () => settings,
  });
}

test("Harden this stage changes that stage, by safe fixes and by those that bear on rights and trust", async (t) => {
  const client = await started(t, {});
  const uri = "file:///stage/Dockerfile";
  await client.open(uri, text);
  const [build] = await client.actions(uri, rangeOf(text, "AS build"), { only: ["refactor"] });
  assert.equal(build?.title, 'Harden stage "build" (may change behaviour)');
  const hardened = applyTo(text, editsFor(build?.edit, uri));
  assert.equal(hardened, text.replace("RUN sudo true\n", "RUN true\n").replace("curl -k", "curl"));
  assert.deepEqual(await client.actions(uri, rangeOf(text, "curl"), { only: ["refactor"] }), []);

  const clean = "file:///stage/clean/Dockerfile";
  await client.open(clean, `${base}\n`);
  assert.deepEqual(await client.actions(clean, rangeOf(base, "FROM"), { only: ["refactor"] }), []);
});

test("fix on save applies the rules on the list alone", async (t) => {
  let list: readonly string[] = ["*", "!sudo-*"];
  const client = await started(t, { settings: () => ({ fixAll: { rules: list } }) });
  const unsafe = `${base}\nUSER root\nADD app.py /app/\nRUN sudo true\n`;
  const uri = "file:///save/Dockerfile";
  await client.open(uri, unsafe);
  const whole = { start: { line: 0, character: 0 }, end: { line: 4, character: 0 } };
  const fixAll = async (): Promise<string | undefined> => {
    const [action] = await client.actions(uri, whole, { only: ["source.fixAll"] });
    if (action === undefined) return undefined;
    const resolved = await client.connection.sendRequest<CodeAction>("codeAction/resolve", action);
    return applyTo(unsafe, editsFor(resolved.edit, uri));
  };
  assert.equal(await fixAll(), unsafe.replace("ADD", "COPY"));
  list = ["sudo-in-run"];
  await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: {} });
  assert.equal(await fixAll(), unsafe.replace("sudo ", ""));
  list = [];
  await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: {} });
  assert.equal(await fixAll(), undefined);
});

test("our own client asks, then has the finding ignored with reason and end, beside what is there", async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, "Dockerfile");
  const before = `${base}\n# plimsoll-ignore curl-insecure: test server\nRUN sudo curl -k https://example.org -o x\n`;
  writeFileSync(path, before);
  const client = await ownClient(t, folder, { askWhenIgnoring: true });
  const uri = pathToFileURL(path).toString();
  await client.open(uri, before);
  const actions = await client.actions(uri, rangeOf(before, "sudo"));
  const ignores = actions.filter(({ title }) => title.startsWith("Ignore "));
  assert.deepEqual(
    ignores.map(({ title, edit }) => [title, edit]),
    [
      ["Ignore sudo-in-run on this line…", undefined],
      ["Ignore sudo-in-run in this file…", undefined],
      ["Ignore sudo-in-run in the repository…", undefined],
    ],
  );
  const ignore = (at: number, note: object) =>
    client.connection.sendRequest<Prepared | null>("plimsoll/ignore", {
      ...(ignores[at]?.command?.arguments?.[0] as object),
      ...note,
    });
  const after = async (at: number, note: object) =>
    applyTo(before, editsFor((await ignore(at, note))?.edit, uri));

  const run = "RUN sudo";
  assert.equal(
    await after(0, { reason: "needs\nroot", until: "2099-03-01" }),
    before.replace(run, `# plimsoll-ignore sudo-in-run until 2099-03-01: needs root\n${run}`),
  );
  // Without anything to say, or with the same reason, it joins the comment that is there.
  const joined = before.replace("curl-insecure:", "curl-insecure, sudo-in-run:");
  assert.equal(await after(0, {}), joined);
  assert.equal(await after(0, { reason: "test server" }), joined);
  assert.equal(
    await after(1, { reason: "base image" }),
    `# plimsoll-ignore-file sudo-in-run: base image\n${before}`,
  );
  const repository = await ignore(2, { reason: 'the "old" way', until: "2099-03-01" });
  assert.equal(
    applyTo("", editsFor(repository?.edit, pathToFileURL(join(folder, "plimsoll.yaml")).toString())),
    'ignore:\n  - rule: sudo-in-run\n    reason: "the \\"old\\" way"\n    until: 2099-03-01\n',
  );
  assert.equal(await ignore(0, { start: { line: 0, character: 0 } }), null);

  const silenced = await after(0, { reason: "until then", until: "2099-03-01" });
  const other = pathToFileURL(join(folder, "Dockerfile.other")).toString();
  await client.open(other, silenced);
  assert.deepEqual(await client.diagnostics(other), []);
});

test("our own client learns where a reason is wanted", async (t) => {
  const folder = temporaryFolder(t);
  for (const name of ["strict", "free"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "strict", "plimsoll.yaml"), "requireReason: true\n");
  const client = await ownClient(t, folder, {});
  const asked = async (name: string): Promise<boolean> => {
    const uri = pathToFileURL(join(folder, name, "Dockerfile")).toString();
    await client.open(uri, `${base}\n`);
    return client.connection.sendRequest("plimsoll/reasonRequired", { uri });
  };
  assert.deepEqual([await asked("strict"), await asked("free")], [true, false]);
});
