import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { type Ended, plimsoll } from "../../support/cliProcess";
import { folderWith } from "../../support/folder";
import { putIndex, startTestRegistry } from "../../support/registry";
import { runHere } from "../../support/terminal";

function rulesIn({ out }: Ended): readonly string[] {
  const { findings } = JSON.parse(out) as { findings: readonly { path: string; rule: string }[] };
  return findings.map(({ path, rule }) => `${path} ${rule}`);
}

test("check --since reports what is new, wherever old findings have moved to, and fails for that alone", async (t) => {
  const folder = folderWith(t, {
    Dockerfile: "FROM busybox:1.37\nADD a /a\nADD b /b\nUSER root\n",
    "old.yaml": "",
  });
  const args = [
    "check",
    "--rule",
    "final-stage-user-root",
    "--rule",
    "add-local-file",
    "--format",
    "json",
    "--fail-on",
    "low",
  ];
  const nightly = [...args, "--since", "last.json", "--remember"];
  assert.equal((await plimsoll(folder, [...args, "--since", "last.json"])).code, 2);
  const first = await plimsoll(folder, nightly);
  assert.equal(first.code, 1, first.err);
  assert.equal(rulesIn(first).length, 3);
  const second = await plimsoll(folder, nightly);
  assert.deepEqual([second.code, rulesIn(second)], [0, []]);
  writeFileSync(
    join(folder, "Dockerfile"),
    "# more\nFROM busybox:1.37\nADD a /a\nADD b /b\nADD b /b\nADD c /c\nUSER root\n",
  );
  writeFileSync(join(folder, "Dockerfile.other"), "FROM busybox:1.37\nADD a /a\nUSER 1\n");
  const third = await plimsoll(folder, nightly);
  assert.equal(third.code, 1);
  assert.deepEqual(rulesIn(third), [
    "Dockerfile add-local-file",
    "Dockerfile add-local-file",
    "Dockerfile.other add-local-file",
  ]);
  const again = await plimsoll(folder, [...args, "--since", "last.json"]);
  assert.deepEqual(rulesIn(again), []);
});

test("an exception that expired, and a pin whose tag has moved, are new", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const digest = putIndex(registry, "team/app", { user: "1" }, "1.0");
  const dockerfile = (until: string): string =>
    `FROM ${host}/team/app:1.0@${digest}\n# plimsoll-ignore final-stage-user-root until ${until}: for now\nUSER root\n`;
  const folder = folderWith(t, { Dockerfile: dockerfile("2999-01-01") });
  const args = [
    ...["check", "--format", "json", "--rule", "final-stage-user-root", "--rule", "base-image-pin-outdated"],
    ...["--fail-on", "low", "--since", "last.json", "--remember", "--online", "--registry", host],
  ];
  const first = await plimsoll(folder, args);
  assert.deepEqual([first.code, rulesIn(first), first.sockets], [0, [], [`connect ${host}`]]);
  // What is written in the comment stands for the day that comes.
  writeFileSync(join(folder, "Dockerfile"), dockerfile("2020-01-01"));
  putIndex(registry, "team/app", { user: "2" }, "1.0");
  const second = await plimsoll(folder, args);
  assert.deepEqual(
    [second.code, [...rulesIn(second)].sort()],
    [1, ["Dockerfile base-image-pin-outdated", "Dockerfile final-stage-user-root"]],
  );
  assert.deepEqual(rulesIn(await plimsoll(folder, args)), []);
  // A night on which the registry does not answer makes nothing new on the next one.
  registry.intercept = (_, response) => {
    response.writeHead(500).end();
    return true;
  };
  assert.deepEqual(rulesIn(await plimsoll(folder, args)), []);
  assert.deepEqual(rulesIn(await plimsoll(folder, args)), []);
  registry.intercept = undefined;
  const back = await plimsoll(folder, args);
  assert.deepEqual([back.code, rulesIn(back)], [0, []]);
  await registry.close();
  const dead = await plimsoll(folder, args);
  assert.match(dead.out, /what the tag of .+ stands for is not known: .+ nobody listens there/);
});

test("what time brings is new on its night and on no other, though no file has changed", async (t) => {
  const folder = folderWith(t, {
    Dockerfile:
      'FROM node:20-bookworm\n# plimsoll-ignore final-stage-user-root until 2026-05-02: until the move\nUSER root\nCMD ["x"]\n',
    "compose.yaml": "services:\n  db:\n    image: alpine:3.20\n",
  });
  const rules = ["base-image-end-of-life", "compose-image-end-of-life", "final-stage-user-root"];
  const args = [
    ...["check", "--format", "json", "--fail-on", "low", "--since", "last.json", "--remember"],
    ...rules.flatMap((rule) => ["--rule", rule]),
  ];
  const night = async (day: string) => {
    const now = () => Date.parse(`${day}T03:17:00Z`);
    const { code, out, err } = await runHere(folder, args, { clock: { now } });
    return [code, ...rulesIn({ code, out, err, sockets: [] })];
  };
  // Support of Alpine 3.20 ends on 2026-04-01, that of Node.js 20 on 2026-04-30.
  assert.deepEqual(await night("2026-03-01"), [0]);
  assert.deepEqual(await night("2026-04-02"), [1, "compose.yaml compose-image-end-of-life"]);
  assert.deepEqual(await night("2026-04-03"), [0]);
  assert.deepEqual(await night("2026-05-01"), [1, "Dockerfile base-image-end-of-life"]);
  assert.deepEqual(await night("2026-05-02"), [0]);
  assert.deepEqual(await night("2026-05-03"), [1, "Dockerfile final-stage-user-root"]);
  assert.deepEqual(await night("2026-05-04"), [0]);
});

test("a file that is no result is refused, and left as it is", async (t) => {
  const folder = folderWith(t, { Dockerfile: "FROM busybox:1.37\nUSER 1\n", "a.json": "[]", "b.json": "{" });
  for (const file of ["a.json", "b.json", "missing.json", "."]) {
    const ended = await plimsoll(folder, ["check", "--since", file]);
    assert.deepEqual([ended.code, ended.out], [2, ""], file);
  }
  assert.equal((await plimsoll(folder, ["check", "--remember"])).code, 2);
  assert.equal((await plimsoll(folder, ["check", "--since", "a.json", "--remember"])).code, 2);
  assert.equal(readFileSync(join(folder, "a.json"), "utf8"), "[]");
  assert.equal(existsSync(join(folder, "missing.json")), false);
});
