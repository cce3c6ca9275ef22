import assert from "node:assert/strict";
import test from "node:test";
import type { Finding } from "../../../server/src/engine/finding";
import type { ExampleContext } from "../../../server/src/engine/rule";
import rule from "../../../server/src/rules/dockerfile/context-contains-sensitive-files";
import { takenBy } from "../../../server/src/rules/shared/contextSecrets";
import { findingsOf, inputFor } from "../../support/check";

function found(source: string, context: ExampleContext): readonly Finding[] {
  return findingsOf(rule, inputFor(rule, source, context));
}

const severities: readonly (readonly [files: readonly string[], severity: string, message: RegExp])[] = [
  [[".npmrc", ".git", "a.pem", ".env"], "high", /^This copies \.env and 3 more into the image/],
  [[".npmrc", ".git", "a.pem"], "medium", /a\.pem and 2 more.*often hold credentials/],
  [[".npmrc", ".git"], "medium", /\.git and 1 more.*ever committed/],
  [[".npmrc"], "low", /\.npmrc into the image/],
];

for (const [files, severity, message] of severities) {
  test(`of ${files.join(", ")} the worst is named, as ${severity}`, () => {
    const [finding, ...others] = found("FROM a\nCOPY . .\n", { dockerignore: "x\n", files });
    assert.deepEqual([finding?.severity, others.length], [severity, 0]);
    assert.match(finding?.message ?? "", message);
  });
}

test("a stage that is thrown away is medium", () => {
  const source = "FROM a AS b\nCOPY . .\nFROM c\n";
  const [finding] = found(source, { dockerignore: "x\n", files: [".env", ".git"] });
  assert.equal(finding?.severity, "medium");
  assert.equal(finding?.message, "This copies .env into a stage, which the build cache keeps");
});

test("the line that lets a file in again is shown", () => {
  const dockerignore = "# nothing\n*\n!conf  \n";
  const [finding] = found("FROM a\nCOPY . .\n", { dockerignore, files: ["conf/.env"] });
  const [related] = finding?.related ?? [];
  assert.equal(dockerignore.slice(related?.span.start, related?.span.end), "!conf");
  assert.equal(related?.path, ".dockerignore");
});

test("the fix names all files that are taken, unless one means something else in an ignore file", () => {
  const source = "FROM a\nCOPY conf /a\nCOPY keys /b\n";
  const [finding] = found(source, { dockerignore: null, files: ["conf/.env", "keys/id_rsa", "x/.env"] });
  assert.deepEqual(finding?.fixes[0]?.creates, { path: ".dockerignore", text: "conf/.env\nkeys/id_rsa\n" });
  const odd = found(source, { dockerignore: null, files: ["conf/.env", "keys/[a]/id_rsa"] });
  assert.deepEqual(
    odd.map(({ fixes }) => fixes.length),
    [0, 0],
  );
  assert.deepEqual(found("FROM a\nCOPY . .\n", { dockerignore: "x\n", files: [".env"] })[0]?.fixes, []);
});

test("a folder and a pattern take what lies in them, a name does not count", () => {
  const takes = (source: string, path: string): boolean =>
    takenBy(source)({ path, severity: "high", isHistory: false });
  for (const [source, path] of [
    ["./", "a/.env"],
    ["/a/", "a/b/.env"],
    ["*", "a/.env"],
    ["**", ".env"],
    [".*", ".env"],
    ["a/*", "a/b/.env"],
    ["a*/b", "ab/b/.env"],
    ["../a", "a/.env"],
  ] as const)
    assert.ok(takes(source, path), `${source} takes ${path}`);
  for (const [source, path] of [
    ["a", "ab/.env"],
    ["a/.env", "a/.env"],
    ["a/b", "a/.env"],
    ["*.json", ".env"],
    ["**/b", "a/c/b/.env"],
    ["$X", "a/.env"],
  ] as const)
    assert.ok(!takes(source, path), `${source} does not take ${path}`);
});
