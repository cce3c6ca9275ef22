import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { CodeAction } from "vscode-languageserver/node";
import { socketSpy, socketsIn } from "../support/cliProcess";
import { folderWith } from "../support/folder";
import { putIndex, startTestRegistry } from "../support/registry";
import { applyTo, type Client, editsFor, fullCapabilities, rangeOf, startClient } from "./client";

interface Started {
  readonly client: Client;
  readonly uri: string;
  /** What the process has connected to or looked up. */
  sockets(): readonly string[];
}

async function start(
  t: TestContext,
  text: string,
  options: {
    readonly network?: boolean;
    readonly hosts?: readonly string[];
    readonly own?: unknown;
    readonly settings?: Readonly<Record<string, unknown>>;
  },
): Promise<Started> {
  const folder = folderWith(t, { Dockerfile: text });
  const log = join(folderWith(t), "sockets");
  const client = await startClient({
    folder,
    capabilities: fullCapabilities,
    settings: () => ({
      network: options.network === true,
      networkRegistries: options.hosts ?? [],
      ...options.settings,
    }),
    preload: socketSpy(),
    environment: { PLIMSOLL_SOCKETS: log, HOME: folder, XDG_CACHE_HOME: join(folder, ".cache") },
    ...(options.own === undefined ? {} : { initializationOptions: options.own }),
  });
  const uri = pathToFileURL(join(folder, "Dockerfile")).toString();
  await client.open(uri, text);
  return { client, uri, sockets: () => socketsIn(log) };
}

async function pinActionsOf({ client, uri }: Started, text: string, word: string) {
  const actions = await client.actions(uri, rangeOf(text, word));
  return actions.filter((action) => action.title.includes("pin") || action.title.includes("Pin"));
}

const resolve = ({ client }: Started, action: CodeAction | undefined): Promise<CodeAction> =>
  client.connection.sendRequest("codeAction/resolve", action);

test("pinning is offered where the network is on, asks when it is chosen, and asks only the host that is named", async (t) => {
  const registry = await startTestRegistry(t);
  const digest = putIndex(registry, "team/app", {}, "1.0");
  const text = `FROM ${registry.host}/team/app:1.0 # base\nUSER 1000\n`;
  const started = await start(t, text, { network: true, hosts: [registry.host] });
  await started.client.diagnostics(started.uri);
  const [action] = await pinActionsOf(started, text, "team/app");
  assert.match(action?.title ?? "", /^Pin .+\/team\/app:1\.0 to its digest \(asks 127\.0\.0\.1:\d+\)$/);
  assert.deepEqual([started.sockets(), registry.requests], [[], []]);
  const resolved = await resolve(started, action);
  assert.equal(
    applyTo(text, editsFor(resolved.edit, started.uri)),
    `FROM ${registry.host}/team/app:1.0@${digest} # base\nUSER 1000\n`,
  );
  assert.deepEqual(started.sockets(), [`connect ${registry.host}`]);
  assert.equal(await started.client.stop(), 0);
});

test("with the network off nothing is offered, nothing is answered and nothing is sent", async (t) => {
  const registry = await startTestRegistry(t);
  putIndex(registry, "team/app", {}, "1.0");
  const text = `FROM ${registry.host}/team/app:1.0\nRUN curl http://example.com | sh\n`;
  for (const own of [undefined, { filesThroughClient: false, trusted: true }]) {
    const started = await start(t, text, { network: false, hosts: [registry.host], own });
    await started.client.diagnostics(started.uri);
    assert.deepEqual(await pinActionsOf(started, text, "team/app"), []);
    await started.client.connection.sendRequest("textDocument/hover", {
      textDocument: { uri: started.uri },
      position: { line: 0, character: 8 },
    });
    const result = await started.client.connection.sendRequest("plimsoll/pin", { uri: started.uri });
    assert.match(JSON.stringify(result), /only where the setting plimsoll\.network is on/);
    await started.client.connection.sendRequest("plimsoll/audit", {
      folders: [new URL(".", started.uri).toString().replace(/\/$/, "")],
    });
    assert.deepEqual([started.sockets(), registry.requests], [[], []]);
    assert.equal(await started.client.stop(), 0);
  }
});

test("in a workspace that is not trusted nothing is sent until it is", async (t) => {
  const registry = await startTestRegistry(t);
  putIndex(registry, "team/app", {}, "1.0");
  const text = `FROM ${registry.host}/team/app:1.0\n`;
  const own = { filesThroughClient: false, trusted: false };
  const started = await start(t, text, { network: true, hosts: [registry.host], own });
  assert.deepEqual(await pinActionsOf(started, text, "team/app"), []);
  const refused = await started.client.connection.sendRequest("plimsoll/pin", { uri: started.uri });
  assert.match(JSON.stringify(refused), /trusted workspaces/);
  assert.deepEqual(started.sockets(), []);
  await started.client.connection.sendNotification("plimsoll/trusted");
  assert.equal((await pinActionsOf(started, text, "team/app")).length, 1);
  assert.equal(await started.client.stop(), 0);
});

test("all images of a file are pinned by one edit, and what was not is told", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const digest = putIndex(registry, "team/app", {}, "1.0", "2.0");
  const text = `ARG V=1\nFROM ${host}/team/app:1.0 AS a\nFROM ${host}/team/app:$V\nFROM ${host}/team/no:1\nFROM other.example.com/x:1\nFROM a\n`;
  const started = await start(t, text, { network: true, hosts: [host] });
  const result = await started.client.connection.sendRequest<{
    edit: CodeAction["edit"];
    pinned: number;
    notes: string[];
  }>("plimsoll/pin", { uri: started.uri });
  assert.equal(result.pinned, 1);
  assert.equal(
    applyTo(text, editsFor(result.edit, started.uri)),
    text.replace(":1.0 AS", `:1.0@${digest} AS`),
  );
  assert.deepEqual(
    result.notes.map((note) => note.replaceAll(host, "HOST")),
    [
      "HOST/team/app:1 is made up of variables, so there is no place for its digest",
      "HOST/team/no:1 was not pinned: HOST has no HOST/team/no:1",
      "other.example.com/x:1 was not pinned: other.example.com is not among the registries that may be asked",
    ],
  );
  assert.deepEqual(started.sockets(), [`connect ${host}`]);
  assert.equal(await started.client.stop(), 0);
});

test("a file that the server was not sent is pinned as the editor has it", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const digest = putIndex(registry, "team/app", {}, "1.0");
  const started = await start(t, "FROM scratch\n", { network: true, hosts: [host] });
  const uri = started.uri.replace(/Dockerfile$/, ".github/workflows/ci.yml");
  const text = `jobs:\n  a:\n    container: ${host}/team/app:1.0\n`;
  const result = await started.client.connection.sendRequest<{ edit: CodeAction["edit"]; pinned: number }>(
    "plimsoll/pin",
    { uri, text },
  );
  assert.equal(result.pinned, 1);
  assert.equal(applyTo(text, editsFor(result.edit, uri)), text.replace(":1.0", `:1.0@${digest}`));
  assert.equal(await started.client.stop(), 0);
});

test("all images of the workspace are pinned by one edit: open files as they are, unsaved ones, and those on the disk", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const digest = putIndex(registry, "team/app", {}, "1.0");
  const open = `FROM ${host}/team/app:1.0\n`;
  const started = await start(t, open, { network: true, hosts: [host] });
  const base = started.uri.replace(/\/Dockerfile$/, "");
  const onDisk = `services:\n  a:\n    image: ${host}/team/app:1.0\n  b:\n    image: ${host}/team/no:1\n`;
  const saved = `jobs:\n  a:\n    container: ${host}/team/app:1.0\n`;
  writeFileSync(fileURLToPath(`${base}/compose.yaml`), onDisk);
  mkdirSync(fileURLToPath(`${base}/.github/workflows`), { recursive: true });
  writeFileSync(fileURLToPath(`${base}/.github/workflows/ci.yml`), saved);
  await started.client.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri: started.uri, version: 2 },
    contentChanges: [{ range: rangeOf(open, "FROM"), text: "# new\nFROM" }],
  });
  const unsaved = { uri: `${base}/.github/workflows/ci.yml`, text: `# new\n${saved}` };
  const result = await started.client.connection.sendRequest<{
    edit: { documentChanges: { textDocument: { uri: string; version: number | null } }[] };
    pinned: number;
    files: number;
    notes: string[];
  }>("plimsoll/pinAll", { folders: [base], unsaved: [unsaved] });
  assert.deepEqual([result.pinned, result.files], [3, 3]);
  assert.deepEqual(
    result.notes.map((note) => note.replaceAll(host, "HOST")),
    ["compose.yaml: HOST/team/no:1 was not pinned: HOST has no HOST/team/no:1"],
  );
  for (const [uri, text] of [
    [started.uri, `# new\n${open}`],
    [`${base}/compose.yaml`, onDisk],
    [unsaved.uri, unsaved.text],
  ] as const)
    assert.equal(
      applyTo(text, editsFor(result.edit as CodeAction["edit"], uri)),
      text.replace("/app:1.0", `/app:1.0@${digest}`),
    );
  const versions = result.edit.documentChanges.map(({ textDocument }) => textDocument.version);
  assert.deepEqual(versions.sort(), [2, null, null].sort());
  assert.deepEqual(started.sockets(), [`connect ${host}`]);
  assert.equal(await started.client.stop(), 0);
});

test("a hint tells how old a pin is, and an action moves it to the newest patch of its line", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const made = new Date(Date.now() - 23 * 86_400_000).toISOString();
  const before = putIndex(registry, "team/app", { created: made }, "1.2.0");
  const after = putIndex(registry, "team/app", { user: "1" }, "1.2.0", "1.2.1", "1.2.10", "1.3.0", "2.0.0");
  const pinned = `${host}/team/app:1.2.0@${before}`;
  const text = `FROM ${pinned}\nCOPY --from=${host}/team/app:1.2.10 /a /b\n`;
  const shown = await start(t, text, { network: true, hosts: [host], settings: { "inlayHints.pins": true } });
  const { client, uri } = shown;
  const hints = async (): Promise<readonly { label: string; tooltip: string; position: unknown }[]> =>
    client.connection.sendRequest("textDocument/inlayHint", {
      textDocument: { uri },
      range: { start: { line: 0, character: 0 }, end: { line: 2, character: 0 } },
    });
  await client.once("workspace/inlayHint/refresh");
  const [hint] = await hints();
  assert.equal(hint?.label, "3 weeks old · tag has moved · 3 newer");
  assert.match(hint?.tooltip ?? "", /Newer of the same line: 1\.2\.1, 1\.2\.10, 1\.3\.0/);
  assert.deepEqual(hint?.position, { line: 0, character: 5 + pinned.length });

  const actions = await client.actions(uri, rangeOf(text, "1.2.0@"));
  const patch = actions.find(({ title }) => title.startsWith("Move") && title.includes("newest patch"));
  assert.match(patch?.title ?? "", /\/team\/app:1\.2\.0 to its newest patch \(asks 127/);
  const resolved = await resolve(shown, patch);
  assert.equal(
    applyTo(text, editsFor(resolved.edit, uri)),
    text.replace(pinned, `${host}/team/app:1.2.10@${after}`),
  );

  const [newest] = (await client.actions(uri, rangeOf(text, "1.2.10"))).filter(({ title }) =>
    title.includes("newest patch"),
  );
  assert.equal((await resolve(shown, newest)).edit, undefined);
  assert.match(client.log.join("\n"), /app:1\.2\.10 is the newest patch of its line\./);
  assert.deepEqual(shown.sockets(), [`connect ${host}`]);
  assert.equal(await client.stop(), 0);
});

test("a registry that hangs keeps no finding waiting", async (t) => {
  const registry = await startTestRegistry(t);
  let reached = (): void => {};
  const asked = new Promise<void>((done) => (reached = done));
  registry.intercept = () => {
    reached();
    return true;
  };
  const text = `FROM ${registry.host}/team/app:1.0\nUSER root\n`;
  const started = await start(t, text, { network: true, hosts: [registry.host] });
  const { client, uri } = started;
  const [action] = await pinActionsOf(started, text, "team/app");
  let answered = false;
  const resolving = resolve(started, action).then((resolved) => {
    answered = true;
    return resolved;
  });
  await asked;
  await client.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri, version: 2 },
    contentChanges: [{ range: rangeOf(text, "root"), text: "0" }],
  });
  const found = await client.diagnostics(uri);
  assert.ok(found.some(({ code }) => code === "final-stage-user-root"));
  assert.equal(answered, false);
  await registry.close();
  assert.equal((await resolving).edit, undefined);
  assert.match(
    client.log.join("\n"),
    /team\/app:1\.0 was not pinned: .+ could not be asked: the connection was closed early\./,
  );
  assert.equal(await client.stop(), 0);
});

test("a hover on an image tells what the registry says, without letting it write Markdown", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const digest = putIndex(registry, "team/app", { user: "[evil](https://example.com) <b>" }, "1.0");
  const text = `FROM ${host}/team/app:1.0\nFROM ${host}/team/none:1\n`;
  const started = await start(t, text, { network: true, hosts: [host] });
  const hover = async (line: number): Promise<string> => {
    const answer = await started.client.connection.sendRequest<{ contents: { value: string } } | null>(
      "textDocument/hover",
      { textDocument: { uri: started.uri }, position: { line, character: 8 } },
    );
    return answer?.contents.value ?? "";
  };
  const said = await hover(0);
  assert.ok(said.includes(`- Digest: ${digest}`), said);
  assert.match(said, /\n- Platforms: linux\/amd64, linux\/arm64\/v8\n/);
  assert.match(said, /\n- Signatures: none found/);
  assert.doesNotMatch(said, /\[evil\]|<b>/);
  assert.match(await hover(1), /there is no such image/);
  assert.deepEqual(started.sockets(), [`connect ${host}`]);
  assert.equal(await started.client.stop(), 0);
});

test("a pin whose tag has moved is found after the document is opened, and gone once it is moved on and saved", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const before = putIndex(registry, "team/app", { user: "1" }, "1.0");
  const after = putIndex(registry, "team/app", { user: "2" }, "1.0");
  const text = `FROM ${host}/team/app:1.0@${before}\nUSER 1000\n`;
  const started = await start(t, text, { network: true, hosts: [host] });
  const { client, uri } = started;
  await client.once("workspace/diagnostic/refresh");
  const outdated = async (): Promise<boolean> =>
    (await client.diagnostics(uri)).some(({ code }) => code === "base-image-pin-outdated");
  assert.equal(await outdated(), true);
  const [fix] = await client.actions(uri, rangeOf(text, "1.0@"));
  assert.equal(applyTo(text, editsFor(fix?.edit, uri)), text.replace(before, after));
  const asked = registry.requests.length;
  await client.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri, version: 2 },
    contentChanges: [{ range: rangeOf(text, before), text: after }],
  });
  assert.equal(await outdated(), false);
  assert.equal(registry.requests.length, asked);
  assert.deepEqual(started.sockets(), [`connect ${host}`]);
  assert.equal(await client.stop(), 0);
});
