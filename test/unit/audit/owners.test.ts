import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { createOwners, ownersIn } from "../../../server/src/audit/owners";
import { nodeFiles } from "../../../server/src/platform/node";
import { folderWith } from "../../support/folder";

test("the owner stands in a remote's address, however it is written", () => {
  const owners: Readonly<Record<string, readonly string[]>> = {
    "https://github.com/Acme/shop.git": ["acme"],
    "https://user:word@gitlab.example.com:8443/acme/team/shop": ["acme"],
    "git@github.com:acme/shop.git": ["acme"],
    "ssh://git@github.com:22/acme/shop.git": ["acme"],
    "/srv/git/shop.git": [],
    "../shop": [],
    "https://example.com/shop": [],
    "file:///srv/acme/shop": [],
  };
  for (const [url, expected] of Object.entries(owners))
    assert.deepEqual(ownersIn(`[remote "origin"]\n\turl = ${url}\n`), expected, url);
});

test("addresses elsewhere in the configuration are no remotes", () => {
  const config = [
    '[submodule "x"]\n\turl = https://github.com/other/x',
    '[remote "a"]\r\n\tfetch = +refs/heads/*:refs/remotes/a/*\r\n\turl = git@github.com:one/x.git\r',
    '[branch "main"]\n\turl = https://github.com/other/x',
    '[remote "b"]\n\turl = https://github.com/two/x',
  ];
  assert.deepEqual(ownersIn(config.join("\n")), ["one", "two"]);
});

test("the nearest repository counts, and none beyond the boundary or behind a link that leads out", async (t) => {
  const top = folderWith(t);
  const write = (folder: string, owner: string) => {
    mkdirSync(join(top, folder, ".git"), { recursive: true });
    writeFileSync(
      join(top, folder, ".git/config"),
      `[remote "origin"]\n\turl = https://github.com/${owner}/x\n`,
    );
  };
  write(".", "outside");
  write("project", "acme");
  mkdirSync(join(top, "project/docker"));
  mkdirSync(join(top, "linked"));
  symlinkSync(join(top, ".git"), join(top, "linked/.git"));
  const ask = (path: string, boundary: string) =>
    createOwners(nodeFiles).of(join(top, path), join(top, boundary));
  assert.deepEqual(await ask("project/docker/Dockerfile", "project"), ["acme"]);
  assert.deepEqual(await ask("project/docker/Dockerfile", "project/docker"), []);
  assert.deepEqual(await ask("linked/Dockerfile", "linked"), []);
});
