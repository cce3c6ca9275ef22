import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";
import type { CodeLens, Hover, InlayHint, WorkspaceEdit } from "vscode-languageserver/node";
import { applyTo, type Client, editsFor, rangeOf, type StartOptions, startClient } from "./client";

async function started(t: TestContext, options: StartOptions = {}): Promise<Client> {
  const client = await startClient(options);
  t.after(() => client.stop());
  return client;
}

const own = { initializationOptions: { filesThroughClient: false } };

async function hover(client: Client, uri: string, text: string, word: string): Promise<string | undefined> {
  const found = await client.connection.sendRequest<Hover | null>("textDocument/hover", {
    textDocument: { uri },
    position: rangeOf(text, word).start,
  });
  return found === null ? undefined : (found.contents as { value: string }).value;
}

test("an image tells what it is, whether it is pinned, when its support ends, and what is not known", async (t) => {
  let wanted = true;
  const client = await started(t, { settings: () => ({ imageHover: wanted }) });
  const digest = `sha256:${"a".repeat(64)}`;
  const text =
    `ARG V=14\nFROM node:\${V} AS build\nFROM ghcr.io/someone/app@${digest}\n` +
    "COPY --from=postgres:17 /a /b\nCOPY --from=build /c /d\nRUN --mount=from=alpine:3.22,target=/x true\n";
  const uri = "file:///seeing/Dockerfile";
  await client.open(uri, text);

  const node = await hover(client, uri, text, "node:");
  assert.match(node ?? "", /\*\*`node:14`\*\*/);
  assert.match(node ?? "", /- Docker Official Image\n/);
  assert.match(node ?? "", /- Not pinned: the tag `14` can be moved/);
  assert.match(node ?? "", /- Support of Node\.js 14 ended on \d{4}-\d\d-\d\d.* as of \d{4}-\d\d-\d\d\)/);
  assert.match(node ?? "", /- Starts as `root`/);
  assert.match(node ?? "", /Users that USER can name: `node` \(1000\)/);
  assert.match(node ?? "", /Smaller variants: .*`slim`/);
  assert.match(node ?? "", /Not known here: vulnerabilities/);
  // The rule's page follows where there is a finding.
  assert.match(node ?? "", /node:14[\s\S]*---[\s\S]*base-image-end-of-life/);

  const unknown = await hover(client, uri, text, "ghcr.io");
  assert.match(unknown ?? "", /Pinned by digest/);
  assert.match(unknown ?? "", /anyone may have registered/);
  assert.match(unknown ?? "", /Not known here: end of support; default user; vulnerabilities/);
  assert.match((await hover(client, uri, text, "postgres")) ?? "", /steps down with `gosu`/);
  assert.match((await hover(client, uri, text, "alpine:3.22")) ?? "", /Alpine/);
  assert.doesNotMatch((await hover(client, uri, text, "build /c")) ?? "", /Not known here/);

  const compose = "services:\n  db:\n    image: postgres:17\n";
  await client.open("file:///seeing/compose.yaml", compose, "dockercompose");
  assert.match(
    (await hover(client, "file:///seeing/compose.yaml", compose, "gres:17")) ?? "",
    /Docker Official Image/,
  );

  wanted = false;
  await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: {} });
  assert.equal(await hover(client, "file:///seeing/compose.yaml", compose, "gres:17"), undefined);
});

test("hints show the user in force and what a FROM comes to, each by its own setting", async (t) => {
  let settings: object = {};
  const client = await started(t, { settings: () => settings });
  const text =
    "ARG V=22\nFROM node:${V} AS build\nRUN true\nUSER node\nFROM build\nFROM registry.example.com/x:1\nUSER $WHO\n";
  const uri = "file:///hints/Dockerfile";
  await client.open(uri, text);
  const hints = async (range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } }) => {
    const found = await client.connection.sendRequest<InlayHint[]>("textDocument/inlayHint", {
      textDocument: { uri },
      range,
    });
    return found.map(({ position, label }) => `${position.line}:${position.character} ${String(label)}`);
  };
  assert.deepEqual(await hints(), []);
  settings = { inlayHints: { user: true } };
  await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: {} });
  const users = [
    "1:23 user: root",
    "3:9 user: node",
    "4:10 user: node",
    "5:29 user: not known",
    "6:9 user: not known",
  ];
  assert.deepEqual(await hints(), users);
  const first = { start: { line: 0, character: 0 }, end: { line: 2, character: 0 } };
  assert.deepEqual(await hints(first), users.slice(0, 1));
  settings = { "inlayHints.arguments": true };
  await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: {} });
  assert.deepEqual(await hints(), ["1:14 = node:22"]);
});

test("a lens above each stage and service says how it stands and hardens it; other clients get none", async (t) => {
  const client = await started(t, own);
  assert.deepEqual(client.initialized.capabilities.codeLensProvider, { resolveProvider: false });
  const lenses = async (uri: string) =>
    client.connection.sendRequest<CodeLens[]>("textDocument/codeLens", { textDocument: { uri } });
  const text =
    "FROM registry.example.com/base:1 AS build\nFROM node:22\nADD a.js /a/\nRUN curl -k https://example.org -o x\n";
  const uri = "file:///lens/Dockerfile";
  await client.open(uri, text);
  const found = await lenses(uri);
  assert.deepEqual(
    found.map(({ range, command }) => [range.start.line, command?.title.replace(/\d+ of \d+/, "n of m")]),
    [
      [0, "user not known · n of m controls"],
      [1, "runs as root · n of m controls"],
      [1, "Harden"],
    ],
  );
  const view = found[1]?.command?.arguments?.[0] as {
    title: string;
    controls: readonly { title: string; state: string; range?: unknown }[];
  };
  assert.match(view.title, /^stage 2: runs as root/);
  const [, passed, judged] = /(\d+) of (\d+)/.exec(view.title) ?? [];
  const count = (state: string) => view.controls.filter((control) => control.state === state).length;
  assert.equal(Number(passed), count("pass"));
  assert.equal(Number(judged), count("pass") + count("fail") + count("accepted"));
  for (const { state, range } of view.controls) assert.equal(range !== undefined, state === "fail");

  const prepared = await client.connection.sendRequest<{ edit: WorkspaceEdit }>(
    "plimsoll/harden",
    found[2]?.command?.arguments?.[0],
  );
  const hardened = applyTo(text, editsFor(prepared.edit, uri));
  assert.match(hardened, /\nCOPY a\.js \/a\/\nRUN curl https/);
  assert.match(hardened, /\nUSER node\n|\nUSER 1000/);

  const compose = "services:\n  db:\n    image: postgres:17\n  web:\n    build: .\n    privileged: true\n";
  const composeUri = "file:///lens/compose.yaml";
  await client.open(composeUri, compose, "dockercompose");
  const services = await lenses(composeUri);
  assert.deepEqual([...new Set(services.map(({ range }) => range.start.line))], [1, 3]);
  assert.ok(services.some(({ command }) => command?.title === "Harden"));

  const other = await started(t);
  assert.equal(other.initialized.capabilities.codeLensProvider, undefined);
});

test("a report of a false positive names rule and version, and no secret", async (t) => {
  const client = await started(t, own);
  const secret = ["q7Vd2mXr9", "TzLk4Wb8Nf3HsYp"].join("");
  const text = `FROM registry.example.com/base:1\nENV SESSION_SECRET=${secret}\nADD a.js /a/ # \`\`\`\n`;
  const uri = "file:///wrong/Dockerfile";
  await client.open(uri, text);
  const ask = (rule: string, word: string) =>
    client.connection.sendRequest<{ body: string; url: string } | null>("plimsoll/falsePositive", {
      uri,
      rule,
      start: rangeOf(text, word).start,
    });
  const codes = (await client.diagnostics(uri)).map(({ code, range }) => [code, range.start.line]);
  assert.ok(
    codes.some(([code]) => code === "add-local-file"),
    JSON.stringify(codes),
  );
  const report = await ask("add-local-file", "ADD");
  assert.match(report?.body ?? "", /^Rule: add-local-file \(\w+\)\n/);
  assert.match(report?.body ?? "", /Plimsoll 0\.0\.0-test, dockerfile\n/);
  assert.match(report?.body ?? "", /\n````dockerfile\n/);
  assert.match(report?.body ?? "", /Line 3 of:/);
  assert.ok(!report?.body.includes(secret));
  const url = new URL(report?.url ?? "");
  assert.equal(url.origin, "https://github.com");
  assert.equal(url.searchParams.get("title"), "False positive: add-local-file");
  assert.equal(url.searchParams.get("body"), report?.body);
  assert.equal(await ask("add-local-file", "FROM"), null);
});
