import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { applyTo, type Client, editsFor, rangeOf, startClient } from "./client";

const text =
  "services:\n  db:\n    image: postgres:17\n    ports:\n      - 5432:5432\n  app:\n    build: .\n  base: &base\n    image: memcached:1\n";

let client: Client;
before(async () => {
  client = await startClient();
});
after(() => client.stop());

let opened = 0;
async function open(content: string): Promise<string> {
  const uri = `file:///harden/${++opened}/compose.yaml`;
  await client.open(uri, content, "dockercompose");
  return uri;
}

const one = 'Harden service "db" (may change behaviour)';
const all = "Harden all 2 services of this file (may change behaviour)";

test("a service's name offers to harden it, and all of the file, as rewrites", async () => {
  const uri = await open(text);
  const actions = await client.actions(uri, rangeOf(text, "db"), { only: ["refactor.rewrite"] });
  assert.deepEqual(
    actions.map(({ title, kind }) => [title, kind]),
    [
      [one, "refactor.rewrite"],
      [all, "refactor.rewrite"],
    ],
  );
  for (const { edit } of actions) assert.equal(edit?.documentChanges?.length, 1);
  const hardened = applyTo(text, editsFor(actions[0]?.edit, uri));
  assert.match(hardened, /- 127\.0\.0\.1:5432:5432\n {4}cap_drop:\n {6}- ALL\n {4}cap_add:\n/);
  assert.match(hardened, /\n {2}app:\n {4}build: \.\n {2}base:/);
  const again = await open(hardened);
  const left = await client.actions(again, rangeOf(hardened, "db"), { only: ["refactor"] });
  assert.deepEqual(left, []);
});

test("all services are hardened by one edit; those that others inherit are left alone", async () => {
  const uri = await open(text);
  const actions = await client.actions(uri, rangeOf(text, "app"), { only: ["refactor"] });
  const hardened = applyTo(text, editsFor(actions.find(({ title }) => title === all)?.edit, uri));
  assert.equal(hardened.split("no-new-privileges:true").length, 3);
  assert.ok(hardened.endsWith("  base: &base\n    image: memcached:1\n"));
});

test("elsewhere, and where a stage lacks nothing, nothing is offered", async () => {
  const uri = await open(text);
  assert.deepEqual(await client.actions(uri, rangeOf(text, "postgres"), { only: ["refactor"] }), []);
  const dockerfile = "file:///harden/Dockerfile";
  await client.open(dockerfile, "FROM scratch\nUSER 1000\n");
  assert.deepEqual(
    await client.actions(dockerfile, rangeOf("FROM scratch", "FROM"), { only: ["refactor"] }),
    [],
  );
});

test("the finding about missing hardening has the action as a fix, which is not offered twice", async () => {
  const uri = await open(text);
  const diagnostic = (await client.diagnostics(uri)).find(
    ({ code, range }) => code === "compose-no-new-privileges-missing" && range.start.line === 1,
  );
  assert.ok(diagnostic);
  const actions = await client.actions(uri, diagnostic.range, { diagnostics: [diagnostic] });
  assert.deepEqual(
    actions
      .filter(({ title }) => title.includes("Harden") || title.includes("Forbid"))
      .map(({ title, kind }) => [title, kind]),
    [
      ["Forbid new privileges (may change behaviour)", "quickfix"],
      [one, "quickfix"],
      [all, "refactor.rewrite"],
    ],
  );
});

test("findings of several rules that share the fix share one action", async () => {
  const strict = await startClient({ settings: () => ({ profile: "strict" }) });
  const uri = "file:///harden/strict/compose.yaml";
  await strict.open(uri, text, "dockercompose");
  const actions = await strict.actions(uri, rangeOf(text, "db"), { only: ["quickfix"] });
  const hardening = actions.filter(({ title }) => title === one);
  assert.equal(hardening.length, 1);
  assert.deepEqual(hardening[0]?.diagnostics?.map(({ code }) => code).sort(), [
    "compose-cap-drop-missing",
    "compose-no-new-privileges-missing",
    "compose-readonly-rootfs-missing",
  ]);
  await strict.stop();
});
