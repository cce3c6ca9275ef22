import assert from "node:assert/strict";
import test from "node:test";
import { readCases } from "../../../scripts/builds/cases";
import { differencesOf } from "../../../scripts/builds/differences";
import { secretsAsFiles } from "../../../scripts/builds/secretsAsFiles";
import { rules } from "../../../server/src/rules/index";

test("every build case can be read, and names only rules that exist", () => {
  const cases = readCases();
  assert.ok(cases.length > 0);
  const ids = new Set(rules.map(({ id }) => id));
  const unknown = cases.flatMap(({ name, unsafe, applied }) =>
    [...unsafe, ...applied].filter((id) => !ids.has(id)).map((id) => `${name}: ${id}`),
  );
  assert.deepEqual(unknown, []);
});

test("a secret mount with env becomes a file that the shell reads", () => {
  assert.equal(
    secretsAsFiles("FROM a\nRUN --mount=type=secret,id=T,env=TOKEN --network=host make\n"),
    'FROM a\nRUN --mount=type=secret,id=T --network=host export TOKEN="$(cat /run/secrets/T)"; make\n',
  );
  for (const other of [
    "RUN --mount=type=secret,id=T make\n",
    'RUN --mount=type=secret,id=T,env=T ["make"]\n',
    "RUN echo --mount=type=secret,id=T,env=T\n",
  ])
    assert.equal(secretsAsFiles(other), other);
});

test("differences name what changed, came and went", () => {
  const file = { kind: "file", mode: "0644", owner: "0:0", size: 1, content: "a" };
  const image = { configuration: new Map([["User", '""']]), leaks: new Map(), started: new Map() };
  const before = {
    ...image,
    tree: new Map([
      ["/a", file],
      ["/b", file],
    ]),
  };
  const after = {
    ...image,
    tree: new Map([
      ["/a", { ...file, mode: "0600", owner: "1:1", content: "b" }],
      ["/c", file],
    ]),
    configuration: new Map([["User", '"app"']]),
  };
  assert.deepEqual(differencesOf(before, before), []);
  assert.deepEqual(differencesOf(before, after), [
    "+ /c",
    "- /b",
    'User "" -> "app"',
    "~ /a content",
    "~ /a mode 0644 -> 0600",
    "~ /a owner 0:0 -> 1:1",
  ]);
});
