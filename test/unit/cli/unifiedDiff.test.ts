import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import fc from "fast-check";
import { unifiedDiff } from "../../../server/src/cli/unifiedDiff";
import { diffLines } from "../../../server/src/text/lineDiff";
import { folderWith } from "../../support/folder";

test("one changed line with its surroundings", () => {
  const before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
  assert.equal(
    unifiedDiff("a/b", before, before.replace("5", "five")),
    "--- a/a/b\n+++ b/a/b\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n",
  );
});

test("changes far apart are two hunks, near ones are one", () => {
  const lines = Array.from({ length: 30 }, (_, i) => `${i}\n`);
  const changed = (...at: number[]) => lines.map((line, i) => (at.includes(i) ? "x\n" : line)).join("");
  const hunks = (text: string) => unifiedDiff("f", lines.join(""), text).match(/^@@/gm)?.length;
  assert.equal(hunks(changed(3, 20)), 2);
  assert.equal(hunks(changed(3, 8)), 1);
  assert.equal(unifiedDiff("f", "a\n", "a\n"), "");
});

test("a new file, and a last line without a break", () => {
  assert.equal(
    unifiedDiff("f", undefined, "a\nb"),
    "--- /dev/null\n+++ b/f\n@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file\n",
  );
});

test("a name cannot forge a line", () => {
  assert.ok(unifiedDiff("a\n+++ b/x", "1\n", "2\n").startsWith('--- "a/a\\012+++ b/x"\n'));
});

const line = fc.constantFrom("a\n", "b\n", "c\r\n", "\n");
const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join(""));

test("the two sides of a comparison are the two texts, and as little as possible changes", () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before, after);
      const side = (other: string) =>
        lines
          .filter((entry) => entry.change !== other)
          .map((entry) => entry.text)
          .join("");
      assert.equal(side("added"), before);
      assert.equal(side("removed"), after);
      const same = lines.filter((entry) => entry.change === "same").length;
      assert.equal(
        same,
        longestCommon(before.split(/(?<=\n)/).filter(Boolean), after.split(/(?<=\n)/).filter(Boolean)),
      );
    }),
  );
});

function longestCommon(a: readonly string[], b: readonly string[]): number {
  const row = new Array<number>(b.length + 1).fill(0);
  for (const left of a) {
    let diagonal = 0;
    for (const [j, right] of b.entries()) {
      const above = row[j + 1]!;
      row[j + 1] = left === right ? diagonal + 1 : Math.max(above, row[j]!);
      diagonal = above;
    }
  }
  return row[b.length]!;
}

test("texts without anything in common are compared in time", () => {
  const many = (name: string) => Array.from({ length: 20_000 }, (_, i) => `${name}${i}\n`).join("");
  assert.equal(diffLines(many("a"), many("b")).length, 40_000);
});

test("git applies what is printed", (t) => {
  if (spawnSync("git", ["--version"]).status !== 0) {
    t.skip("git is missing");
    return;
  }
  const before = "FROM a\nRUN b\n\nUSER root";
  const after = "FROM a:1\nRUN b\n\nUSER 1\nCMD c";
  const folder = folderWith(t, { Dockerfile: before });
  writeFileSync(
    join(folder, "patch"),
    unifiedDiff("Dockerfile", before, after) + unifiedDiff("new", undefined, "x\n"),
  );
  execFileSync("git", ["apply", "patch"], { cwd: folder });
  assert.equal(readFileSync(join(folder, "Dockerfile"), "utf8"), after);
  assert.equal(readFileSync(join(folder, "new"), "utf8"), "x\n");
});
