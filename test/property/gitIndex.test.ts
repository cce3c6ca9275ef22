import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import test from "node:test";
import fc from "fast-check";
import { parseGitIndex } from "../../server/src/audit/gitIndex";

/** Runs the real git in a folder, with no configuration of this machine. */
function git(folder: string, ...args: readonly string[]): string {
  const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
  return execFileSync("git", [...args], { cwd: folder, env, encoding: "utf8" });
}

const name = fc
  .array(fc.stringMatching(/^[a-zA-Z0-9 _.äß-]{1,40}$/), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join("/"))
  .filter((path) => path.split("/").every((part) => !/^\.{1,2}$|^\.git|[ .]$|^ /i.test(part)));

/** Names that can lie in one folder together: none is a folder of another. */
const names = fc
  .uniqueArray(name, { minLength: 1, maxLength: 12, selector: (path) => path.toLowerCase() })
  .map((all) => all.filter((path) => !all.some((other) => other.startsWith(`${path}/`))));

for (const version of ["2", "4"]) {
  for (const format of ["sha1", "sha256"]) {
    test(`reads what git writes: version ${version}, ${format}`, (t) => {
      fc.assert(
        fc.property(names, (files) => {
          const folder = mkdtempSync(join(tmpdir(), "plimsoll-git-"));
          try {
            git(folder, "init", "-q", `--object-format=${format}`);
            git(folder, "config", "core.ignoreCase", "false");
            for (const file of files) {
              mkdirSync(dirname(join(folder, file)), { recursive: true });
              writeFileSync(join(folder, file), file);
            }
            git(folder, "add", "-A");
            git(folder, "update-index", "--index-version", version);
            const bytes = readFileSync(join(folder, ".git/index"));
            const wanted = git(folder, "ls-files", "-z")
              .split("\0")
              .filter((one) => one !== "");
            assert.deepEqual([...(parseGitIndex(bytes)?.names ?? [])].sort(), wanted.sort());
          } finally {
            rmSync(folder, { recursive: true });
          }
        }),
        { numRuns: 8 },
      );
      t.diagnostic("compared with git ls-files");
    });
  }
}

test("version 3 holds entries that are only announced, and a split index is not taken for a whole one", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-git-"));
  t.after(() => rmSync(folder, { recursive: true }));
  git(folder, "init", "-q");
  for (const file of ["a", "b/c", "d"]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), file);
  }
  git(folder, "add", "a", "d");
  git(folder, "add", "--intent-to-add", "b/c");
  const bytes = readFileSync(join(folder, ".git/index"));
  assert.equal(bytes.readUInt32BE(4), 3);
  assert.deepEqual([...(parseGitIndex(bytes)?.names ?? [])], ["a", "b/c", "d"]);
  git(folder, "update-index", "--split-index");
  assert.equal(parseGitIndex(readFileSync(join(folder, ".git/index"))), undefined);
});

test("never throws on bytes that are no index, and on one that is cut off or changed", () => {
  const header = [0x44, 0x49, 0x52, 0x43, 0, 0, 0];
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc
      .tuple(fc.constantFrom(2, 3, 4, 5), fc.uint8Array({ maxLength: 400 }))
      .map(([version, rest]) => Uint8Array.from([...header, version, ...rest])),
  );
  fc.assert(
    fc.property(bytes, (one) => {
      const index = parseGitIndex(one);
      assert.ok(index === undefined || index.names.size <= one.length);
    }),
    { numRuns: 2_000 },
  );
});
