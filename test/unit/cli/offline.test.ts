import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { plimsoll } from "../../support/cliProcess";
import { folderWith } from "../../support/folder";

test("no command connects to anything, or looks up a name, unless it is told to", async (t) => {
  const folder = folderWith(t, {
    "x/Dockerfile":
      "# syntax=docker/dockerfile:1\nFROM node:22\nADD https://example.com/a /a\nRUN curl -k http://example.com\n",
    "x/compose.yaml":
      "services:\n  a:\n    image: ghcr.io/team/app:1\n    build: https://example.com/repo.git\n",
  });
  cpSync(join(__dirname, "../../../examples"), join(folder, "examples"), { recursive: true });
  for (const args of [
    ["check", "--profile", "all", "--format", "html"],
    ["check", "--profile", "all", "--format", "sarif"],
    ["fix", "--unsafe", "--dry-run"],
    ["pin", "--check"],
    ["explain", "base-image-not-pinned-by-digest"],
  ]) {
    const ended = await plimsoll(folder, args);
    assert.ok(ended.out.length > 0, args.join(" "));
    assert.deepEqual(ended.sockets, [], args.join(" "));
  }
});

test("the watch does see sockets", async (t) => {
  const folder = folderWith(t, { Dockerfile: "FROM localhost:1/x:1\n" });
  const ended = await plimsoll(folder, ["pin", "--online", "--registry", "localhost:1"]);
  assert.ok(ended.sockets.includes("connect localhost:1"), ended.sockets.join());
  assert.ok(ended.sockets.includes("lookup localhost"), ended.sockets.join());
});
