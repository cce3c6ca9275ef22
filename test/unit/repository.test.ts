import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { findPrivateKeys } from "../../server/src/rules/shared/secrets/blocks";
import { findTokens } from "../../server/src/rules/shared/secrets/tokens";

const root = join(__dirname, "../..");
const folders = [
  "client/src",
  "server/src",
  "test",
  "scripts",
  "docs",
  "examples",
  "schemas",
  "media",
  "snippets",
  "syntaxes",
];
const topLevel = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "package.json", "package-lock.json"];

const files = [
  ...topLevel,
  ...folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`),
  ),
].filter(
  (path) => existsSync(join(root, path)) && statSync(join(root, path)).isFile() && !path.endsWith(".png"),
);

test("no file of the project holds what looks like a provider's token or a private key", () => {
  const found = files.flatMap((path) => {
    const text = readFileSync(join(root, path), "utf8");
    return [...findTokens(text), ...findPrivateKeys(text)].map(
      ({ span }) => `${path}:${text.slice(0, span.start).split("\n").length}`,
    );
  });
  assert.deepEqual(found, []);
});

test("the lock file names no download addresses, so that any registry serves", () => {
  assert.doesNotMatch(readFileSync(join(root, "package-lock.json"), "utf8"), /"resolved": "http/);
});
