import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { commandLine, plimsoll } from "../../support/commandLine";
import { folderWith } from "../../support/folder";
import { runHere } from "../../support/terminal";

const name = "plimsoll.baseline.json";
const unsafe = 'FROM busybox:1.37\nRUN sudo make\nUSER root\nCMD ["/app"]\n';

interface Found {
  readonly rule: string;
  readonly by?: string;
  readonly reason?: string;
}

async function check(folder: string, ...args: string[]) {
  const ended = await plimsoll(folder, ["check", "--format", "json", ...args]);
  const report = JSON.parse(ended.out) as {
    readonly findings: readonly Found[];
    readonly suppressed: readonly Found[];
    readonly failures: readonly { readonly error: string }[];
  };
  return { ...ended, ...report };
}

function entriesIn(folder: string): readonly (readonly [string, string, string | undefined])[] {
  const { files } = JSON.parse(readFileSync(join(folder, name), "utf8")) as {
    readonly files: Readonly<Record<string, readonly Found[]>>;
  };
  return Object.entries(files).flatMap(([path, entries]) =>
    entries.map(({ rule, reason }) => [path, rule, reason] as const),
  );
}

test("what is accepted no longer fails, survives edits around it, and what is new does fail", async (t) => {
  const folder = folderWith(t, { "app/Dockerfile": unsafe });
  assert.equal((await check(folder)).code, 1);
  const updated = await check(folder, "--update-baseline", "--reason", "from before");
  assert.deepEqual([updated.code, updated.err], [0, `${name}: 2 accepted, 0 taken out, 2 in all.\n`]);
  assert.deepEqual(entriesIn(folder), [
    ["app/Dockerfile", "final-stage-user-root", "from before"],
    ["app/Dockerfile", "sudo-in-run", "from before"],
  ]);
  writeFileSync(join(folder, "app/Dockerfile"), unsafe.replace("RUN", "# moved\n\nENV A=b\nRUN"));
  const moved = await check(folder);
  assert.deepEqual([moved.code, moved.findings.length, moved.err], [0, 0, ""]);
  assert.deepEqual(
    moved.suppressed.map(({ by, reason }) => [by, reason]),
    [
      ["baseline", "from before"],
      ["baseline", "from before"],
    ],
  );
  writeFileSync(join(folder, "app/Dockerfile"), unsafe.replace("RUN", "RUN sudo true\nRUN"));
  const more = await check(folder);
  assert.deepEqual(
    more.findings.map(({ rule }) => rule),
    ["sudo-in-run"],
  );
  assert.equal((await check(folder, "--no-baseline")).findings.length, 3);
  const sarif = await plimsoll(folder, ["check", "--format", "sarif"]);
  assert.match(sarif.out, /"kind": "external",\s+"status": "accepted",\s+"justification": "from before"/);
});

test("a baseline that is named and missing ends the run, and is written where that is wanted", async (t) => {
  const folder = folderWith(t, { Dockerfile: "FROM busybox:1.37\nUSER root\n" });
  const missing = await runHere(folder, ["check", "--baseline", "other.json"]);
  assert.equal(missing.code, 2);
  assert.match(missing.err, /there is no baseline other\.json/);
  assert.equal((await runHere(folder, ["check", "--update-baseline", "--baseline", "other.json"])).code, 0);
  assert.equal((await runHere(folder, ["check", "--baseline", "other.json"])).code, 0);
});

test("a baseline shrinks when told, never grows unasked, and a check never writes", async (t) => {
  const folder = folderWith(t, { Dockerfile: unsafe, "old/Dockerfile": unsafe });
  await check(folder, "--update-baseline");
  const before = readFileSync(join(folder, name), "utf8");
  assert.equal((await check(folder, "--update-baseline")).code, 0);
  assert.equal(readFileSync(join(folder, name), "utf8"), before);
  rmSync(join(folder, "old"), { recursive: true });
  writeFileSync(join(folder, "Dockerfile"), "FROM busybox:1.37\nRUN sudo other\nUSER root\n");
  const plain = await check(folder);
  assert.match(plain.err, /^1 accepted finding fixed: /);
  assert.equal(readFileSync(join(folder, name), "utf8"), before);
  await check(folder, "--update-baseline", "--shrink-only");
  assert.deepEqual(entriesIn(folder), [["Dockerfile", "final-stage-user-root", undefined]]);
});

test("a run over a part, or with other rules, leaves the rest of the baseline alone", async (t) => {
  const folder = folderWith(t, { "a/Dockerfile": unsafe, "b/Dockerfile": unsafe });
  await check(folder, "--update-baseline");
  writeFileSync(join(folder, "a/Dockerfile"), "FROM busybox:1.37\nUSER 1\n");
  writeFileSync(join(folder, "b/Dockerfile"), "FROM busybox:1.37\nUSER 1\n");
  await check(folder, "a", "--rule", "sudo-in-run", "--update-baseline");
  assert.deepEqual(
    entriesIn(folder).map(([path, rule]) => `${path} ${rule}`),
    ["a/Dockerfile final-stage-user-root", "b/Dockerfile final-stage-user-root", "b/Dockerfile sudo-in-run"],
  );
});

test("a secret in the line changes nothing, and stands nowhere in the baseline", async (t) => {
  const line = (secret: string) => `FROM busybox:1.37\nENV DB_PASSWORD=${secret}\nUSER 1\n`;
  const secret = ["Xk3", "9vQz", "71pL"].join("");
  const folder = folderWith(t, { Dockerfile: line(secret) });
  await check(folder, "--update-baseline", "--profile", "all");
  assert.equal(readFileSync(join(folder, name), "utf8").includes(secret), false);
  writeFileSync(join(folder, "Dockerfile"), line(secret.split("").reverse().join("")));
  assert.deepEqual((await check(folder, "--profile", "all")).findings, []);
});

test("a broken baseline accepts nothing, is told, and is not written over", async (t) => {
  const broken = '{"version":1,"files":{"Dockerfile":[{}]}}';
  const folder = folderWith(t, { Dockerfile: unsafe, [name]: broken });
  const ended = await check(folder, "--update-baseline");
  assert.equal(ended.code, 2);
  assert.equal(ended.findings.length, 2);
  assert.match(ended.failures[0]?.error ?? "", /the baseline accepts nothing: an entry of Dockerfile/);
  assert.equal(readFileSync(join(folder, name), "utf8"), broken);
});

/** PLIMSOLL_KILLS=200 tries as many moments as a release needs. */
const kills = Math.min(1_000, Number(process.env.PLIMSOLL_KILLS) || 25);

test(`killed at ${kills} random moments, an update leaves the old baseline or the new one`, async (t) => {
  const folder = folderWith(t, { Dockerfile: unsafe });
  const path = join(folder, name);
  const texts = new Map<string, string>();
  for (const [key, text] of [
    ["one", unsafe],
    ["many", `FROM busybox:1.37\n${"RUN sudo make\n".repeat(400)}USER root\n`],
  ] as const) {
    writeFileSync(join(folder, "Dockerfile"), text);
    await check(folder, "--update-baseline");
    texts.set(readFileSync(path, "utf8"), key);
  }
  assert.equal(texts.size, 2);
  const started = process.hrtime.bigint();
  await check(folder, "--update-baseline");
  const wholeRun = Number(process.hrtime.bigint() - started) / 1e6;
  let killed = 0;
  for (let round = 0; round < kills; round++) {
    const text = round % 2 === 0 ? unsafe : `FROM busybox:1.37\n${"RUN sudo make\n".repeat(400)}USER root\n`;
    writeFileSync(join(folder, "Dockerfile"), text);
    const child = spawn(
      process.execPath,
      [commandLine, "check", "--update-baseline", "--output", "/dev/null"],
      {
        cwd: folder,
        stdio: "ignore",
      },
    );
    const ended = new Promise<NodeJS.Signals | null>((resolve) =>
      child.on("close", (_code, signal) => resolve(signal)),
    );
    setTimeout(() => child.kill("SIGKILL"), Math.random() * wholeRun * 1.2);
    if ((await ended) === "SIGKILL") killed++;
    assert.ok(texts.has(readFileSync(path, "utf8")), `round ${round}`);
  }
  t.diagnostic(`${killed} of ${kills} runs were killed before their end`);
  const others = readdirSync(folder).filter((file) => file !== name && file !== "Dockerfile");
  assert.ok(
    others.every((file) => file.startsWith(`.${name}.`) && file.endsWith(".tmp")),
    String(others),
  );
});
