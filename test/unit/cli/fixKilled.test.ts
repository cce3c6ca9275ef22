import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { nodeFiles } from "../../../server/src/platform/node";
import { commandLine } from "../../support/commandLine";
import { randomFrom } from "../../support/corpus";
import { folderWith } from "../../support/folder";
import { runHere } from "../../support/terminal";

/** PLIMSOLL_KILLS=200 tries as many moments as a release needs. */
const kills = Math.min(1_000, Number(process.env.PLIMSOLL_KILLS) || 25);
const fileCount = 40;
const unsafe = `FROM busybox:1.37\nADD app.py /app.py\n${"# a comment that makes the file longer\n".repeat(500)}`;

function tree(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Array.from({ length: fileCount }, (_, at) => [`p${at}/Dockerfile`, `${unsafe}# ${at}\n`]),
  );
}

/** Starts a real `fix` and kills it as soon as it has told of so many files. */
function killedFix(folder: string, after: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [commandLine, "fix"], { cwd: folder });
    let lines = 0;
    child.stdout.on("data", (chunk: Buffer) => {
      lines += chunk.toString().split("\n").length - 1;
      if (lines >= after) child.kill("SIGKILL");
    });
    child.on("error", reject);
    child.on("close", () => resolve());
  });
}

test(`fix killed at ${kills} random moments leaves each file as it was or as it should be`, {
  skip: process.platform === "win32" ? "signals are of POSIX systems" : false,
}, async (t) => {
  const before = tree();
  const done = folderWith(t, before);
  await runHere(done, ["fix"]);
  const random = randomFrom(20261122);
  let halfway = 0;
  const folder = folderWith(t, before);
  for (let kill = 0; kill < kills; kill++) {
    for (const [path, text] of Object.entries(before)) writeFileSync(join(folder, path), text);
    await killedFix(folder, Math.floor(random() * fileCount));
    let fixed = 0;
    for (const [path, old] of Object.entries(before)) {
      const now = readFileSync(join(folder, path), "utf8");
      if (now === old) continue;
      fixed++;
      assert.equal(now, readFileSync(join(done, path), "utf8"), `${path} after kill ${kill}`);
    }
    if (fixed > 0 && fixed < fileCount) halfway++;
  }
  assert.ok(halfway > kills / 4, `only ${halfway} of ${kills} kills came in the middle of the work`);
  // What a kill may leave is a temporary file, which no later run takes for a Dockerfile.
  const report = await runHere(folder, ["check", "--format", "json"]);
  assert.equal((JSON.parse(report.out) as { files: object[] }).files.length, fileCount);
});

test("mode and line ends are kept, and a file that changed meanwhile is left alone and told", async (t) => {
  const text = "FROM busybox:1.37\r\nADD app.py /app.py\r\n";
  const folder = folderWith(t, { "a/Dockerfile": text, "b/Dockerfile": text });
  chmodSync(join(folder, "a/Dockerfile"), 0o640);
  let reads = 0;
  const ended = await runHere(folder, ["fix"], {
    files: {
      ...nodeFiles,
      // Somebody else edits b after it was read and before it is written.
      read: async (path, maxBytes) => {
        if (path.endsWith("b/Dockerfile") && ++reads === 2) writeFileSync(path, `${text}# mine\r\n`);
        return nodeFiles.read(path, maxBytes);
      },
    },
  });
  assert.equal(ended.code, 2);
  assert.match(ended.err, /b\/Dockerfile: changed meanwhile, left alone/);
  assert.equal(readFileSync(join(folder, "b/Dockerfile"), "utf8"), `${text}# mine\r\n`);
  assert.equal(readFileSync(join(folder, "a/Dockerfile"), "utf8"), text.replace("ADD", "COPY"));
  assert.equal(statSync(join(folder, "a/Dockerfile")).mode & 0o777, 0o640);
  assert.deepEqual(readdirSync(join(folder, "a")), ["Dockerfile"]);
});
