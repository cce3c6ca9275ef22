import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { pathToFileURL } from "node:url";
import type { WorkspaceFix } from "../../server/src/lsp/protocol";
import {
  applyTo,
  type Client,
  editsFor,
  fullCapabilities,
  rangeOf,
  startClient,
  temporaryFolder,
} from "./client";

const base = "FROM registry.example.com/base:1";
const text = `${base} AS build\nRUN curl -k https://example.org -o x\n${base}\nADD app.py /app/\n`;

const uriOf = (...parts: readonly string[]): string => pathToFileURL(join(...parts)).toString();

async function ownClient(
  t: TestContext,
  folder: string,
  settings: (scopeUri: string | undefined) => object = () => ({}),
): Promise<Client> {
  const { workspace } = fullCapabilities;
  const client = await startClient({
    folder,
    initializationOptions: { filesThroughClient: false },
    capabilities: {
      ...fullCapabilities,
      workspace: {
        ...workspace,
        workspaceEdit: { ...workspace?.workspaceEdit, changeAnnotationSupport: { groupsOnLabel: true } },
      },
    },
    settings,
  });
  t.after(() => client.stop());
  return client;
}

function fix(client: Client, folders: readonly string[], rule?: string): Promise<WorkspaceFix> {
  const params = { folders, ...(rule !== undefined && { rule }) };
  return client.connection.sendRequest<WorkspaceFix>("plimsoll/fixWorkspace", params);
}

const annotationsOf = ({ edit }: WorkspaceFix): unknown =>
  Object.values((edit as { changeAnnotations?: object } | undefined)?.changeAnnotations ?? {});

function workspaceOf(t: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder(t);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

test("one rule is fixed in the whole workspace: open files as they stand, what may change behaviour shown first", async (t) => {
  const folder = workspaceOf(t, { Dockerfile: text, "api/Dockerfile": text });
  const client = await ownClient(t, folder);
  const [open, closed] = [uriOf(folder, "Dockerfile"), uriOf(folder, "api/Dockerfile")];
  const unsaved = `# not saved\n${text}`;
  await client.open(open, unsaved);

  const actions = await client.actions(open, rangeOf(unsaved, "-k"));
  const action = actions.find(({ title }) => title.startsWith("Fix all curl-insecure in the workspace"));
  assert.deepEqual(action?.command?.arguments, ["curl-insecure"]);

  const unsafe = await fix(client, [uriOf(folder)], "curl-insecure");
  assert.equal(unsafe.files.length, 2);
  assert.equal(applyTo(unsaved, editsFor(unsafe.edit, open)), unsaved.replace("curl -k", "curl"));
  assert.equal(applyTo(text, editsFor(unsafe.edit, closed)), text.replace("curl -k", "curl"));
  assert.deepEqual(annotationsOf(unsafe), [
    { label: "Fix all curl-insecure", description: "May change behaviour", needsConfirmation: true },
  ]);
  for (const edit of [...editsFor(unsafe.edit, open), ...editsFor(unsafe.edit, closed)])
    assert.ok("annotationId" in edit);

  const safe = await fix(client, [uriOf(folder)], "add-local-file");
  assert.deepEqual(annotationsOf(safe), []);
  assert.equal(applyTo(text, editsFor(safe.edit, closed)), text.replace("ADD", "COPY"));
  for (const rule of ["no-such-rule", "apt-force-yes"])
    assert.deepEqual(await fix(client, [uriOf(folder)], rule), { files: [], fixes: 0, notChecked: [] });
  assert.equal(readFileSync(join(folder, "api/Dockerfile"), "utf8"), text);
});

test("all that is safe is fixed in all folders, each with its settings, and what is done is told", async (t) => {
  const parent = workspaceOf(t, {
    "one/Dockerfile": text,
    "one/clean/Dockerfile": `${base}\n`,
    "two/Dockerfile": text,
    "two/compose.yaml": "services:\n  web:\n    image: registry.example.com/web:1\n    privileged: true\n",
  });
  const [one, two] = [uriOf(parent, "one"), uriOf(parent, "two")];
  const client = await ownClient(t, join(parent, "one"), (scope) =>
    scope?.startsWith(two) ? { fixAll: { rules: ["!*"] } } : {},
  );
  const both = [uriOf(parent, "one/Dockerfile"), uriOf(parent, "two/Dockerfile")];
  const fixed = await fix(client, [one, two]);
  assert.deepEqual(
    fixed.files.map(({ uri }) => uri),
    [both[0]],
  );
  assert.equal(fixed.fixes, 1);
  assert.equal(applyTo(text, editsFor(fixed.edit, both[0]!)), text.replace("ADD", "COPY"));
  assert.deepEqual(
    fixed.files.map(({ titles }) => titles),
    [["Replace ADD by COPY"]],
  );
});

test("what is open and not saved is fixed as it stands there, though the file on the disk has nothing to fix", async (t) => {
  const folder = workspaceOf(t, { Dockerfile: `${base}\n` });
  const client = await ownClient(t, folder);
  const uri = uriOf(folder, "Dockerfile");
  await client.open(uri, text);
  const fixed = await fix(client, [uriOf(folder)]);
  assert.equal(applyTo(text, editsFor(fixed.edit, uri)), text.replace("ADD", "COPY"));
});

test("files that have changed since are named: in the editor, on the disk, and those that are gone", async (t) => {
  const folder = workspaceOf(t, {
    "typed/Dockerfile": text,
    "written/Dockerfile": text,
    "shown/Dockerfile": text,
    "same/Dockerfile": text,
  });
  const client = await ownClient(t, folder);
  const [typed, written, shown, same] = ["typed", "written", "shown", "same"].map((name) =>
    uriOf(folder, name, "Dockerfile"),
  );
  await client.open(typed!, text);
  await client.open(same!, text);
  const { files } = await fix(client, [uriOf(folder)]);
  const changed = () => client.connection.sendRequest<readonly string[]>("plimsoll/changedFiles", { files });
  assert.equal(files.length, 4);
  assert.deepEqual(await changed(), []);
  // A preview opens what it shows, and the editor learns only later that the file was written.
  await client.open(shown!, text);
  assert.deepEqual(await changed(), []);
  await client.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri: typed, version: 2 },
    contentChanges: [{ text: `${text}# more\n` }],
  });
  writeFileSync(join(folder, "written/Dockerfile"), `${text}# more\n`);
  writeFileSync(join(folder, "shown/Dockerfile"), `${text}# more\n`);
  assert.deepEqual(new Set(await changed()), new Set([typed, written, shown]));
  assert.ok(files.some(({ uri }) => uri === same));
  const gone = [...files, { uri: uriOf(folder, "gone/Dockerfile"), stamp: files[0]!.stamp }];
  assert.ok(
    (
      await client.connection.sendRequest<readonly string[]>("plimsoll/changedFiles", { files: gone })
    ).includes(uriOf(folder, "gone/Dockerfile")),
  );
});

test("a file that cannot be read is told, and the others are fixed", async (t) => {
  const folder = workspaceOf(t, { Dockerfile: text });
  mkdirSync(join(folder, "broken"));
  writeFileSync(join(folder, "broken/Dockerfile"), Buffer.from([0x46, 0x00, 0xff, 0x00]));
  const client = await ownClient(t, folder);
  const fixed = await fix(client, [uriOf(folder)]);
  assert.equal(fixed.files.length, 1);
  assert.deepEqual(
    fixed.notChecked.map(({ uri }) => uri),
    [uriOf(folder, "broken/Dockerfile")],
  );
});
