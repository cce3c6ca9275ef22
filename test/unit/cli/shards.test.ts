import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { shardOf } from "../../../server/src/audit/shard";
import { plimsoll } from "../../support/commandLine";
import { corpusFiles, corpusFolder, corpusMissing } from "../../support/corpus";
import { folderWith } from "../../support/folder";
import { runHere } from "../../support/terminal";

const unsafe = 'FROM busybox:1.37\nUSER root\nCMD ["/app"]\n';

/** A tree with everything that a run says something about: findings, silenced ones, and all kinds of gaps. */
function treeWithGaps(t: TestContext): string {
  const outside = folderWith(t, { Dockerfile: unsafe });
  const folder = folderWith(t, {
    "a/Dockerfile": unsafe,
    "b/Dockerfile": "FROM busybox:1.37\n# plimsoll-ignore final-stage-user-root: it is a test\nUSER root\n",
    "c/plimsoll.yaml": "profil: strict\n",
    "c/Dockerfile": unsafe,
    "d é%/compose.yaml": "services:\n  web:\n    image: nginx\n    privileged: true\n",
    "e/Dockerfile": Uint8Array.of(0, 1, 2),
    "f/Dockerfile": "FROM busybox:1.37\nRUN <<EOF\n",
    "g/compose.yaml": "services: [\n",
    "h/Dockerfile": "FROM private.example.com/x:1\n",
    "named.txt": unsafe,
  });
  symlinkSync(join(outside, "Dockerfile"), join(folder, "e", "Dockerfile.out"));
  symlinkSync(join(folder, "a", "Dockerfile"), join(folder, "b", "Dockerfile.in"));
  return folder;
}

/** Reports of every shard, outside of the folder that is checked. */
async function parts(
  t: TestContext,
  folder: string,
  count: number,
  format: string,
  args: readonly string[],
): Promise<readonly string[]> {
  const names: string[] = [];
  const reports = folderWith(t);
  for (let index = 1; index <= count; index++) {
    const name = join(reports, `${index}of${count}.${format}`);
    const made = await runHere(folder, [
      ...["check", "--shard", `${index}/${count}`, "--format", format, "--output", name],
      ...args,
    ]);
    assert.notEqual(made.code, null, made.err);
    names.push(name);
  }
  return names;
}

for (const format of ["json", "sarif"]) {
  for (const args of [[], ["a", "named.txt", ".", "b"], ["--profile", "all", "--min-severity", "medium"]]) {
    test(`shards merged are the bytes of one run: ${format} ${args.join(" ")}`, async (t) => {
      const folder = treeWithGaps(t);
      const whole = await runHere(folder, ["check", "--format", format, ...args]);
      for (const count of [1, 2, 5]) {
        const names = await parts(t, folder, count, format, args);
        const merged = await runHere(folder, ["merge", ...names.toReversed()]);
        assert.equal(merged.out, whole.out);
        assert.equal(merged.code, whole.code);
      }
    });
  }

  test(`shards under baselines, of which one is wrong, merged are the bytes of one run: ${format}`, async (t) => {
    const folder = folderWith(t, {
      "a/Dockerfile": unsafe,
      "b/Dockerfile": unsafe,
      "b/plimsoll.baseline.json": "{",
      "c/1.dockerfile": unsafe,
      "c/2.dockerfile": unsafe,
      "c/plimsoll.yaml":
        "ignore:\n  - rule: '*'\n    path: 2.dockerfile\n    reason: r\n    owner: o\n    ticket: t\n    until: 2999-01-01\n",
    });
    const first = JSON.parse((await runHere(folder, ["check", "--format", "json", "a"])).out).findings[0];
    const { rule, fingerprint } = first;
    const entry = { rule, fingerprint, message: "", reason: "it is a test", added: "2026-11-21" };
    const accepted = JSON.stringify({ version: 1, files: { "1.dockerfile": [entry] } });
    writeFileSync(join(folder, "c/plimsoll.baseline.json"), accepted);
    const whole = await runHere(folder, ["check", "--format", format]);
    assert.equal(whole.code, 2);
    for (const said of ["accepts nothing", "it is a test", "2999-01-01"]) assert.ok(whole.out.includes(said));
    for (const count of [1, 2, 7]) {
      const names = await parts(t, folder, count, format, []);
      const merged = await runHere(folder, ["merge", ...names.toReversed()]);
      assert.equal(merged.out, whole.out);
      assert.equal(merged.code, whole.code);
    }
  });

  test(`shards of real files merged are the bytes of one run: ${format}`, async (t) => {
    if (corpusMissing !== undefined) return t.skip(corpusMissing);
    const folder = folderWith(t);
    for (const { path } of [...corpusFiles("dockerfile"), ...corpusFiles("compose")].filter(
      (_, at) => at % 20 === 0,
    ))
      cpSync(join(corpusFolder, path), join(folder, path));
    const whole = await runHere(folder, ["check", "--format", format]);
    const names = await parts(t, folder, 3, format, []);
    const merged = await runHere(folder, ["merge", ...names]);
    assert.ok(merged.out === whole.out, "the merged report differs");
    assert.ok(merged.out.length > 100_000);
  });
}

test("every other format comes out of merged JSON as out of one run", async (t) => {
  const folder = treeWithGaps(t);
  const names = await parts(t, folder, 3, "json", []);
  for (const format of ["text", "sarif", "html", "markdown", "csv", "junit", "github", "gitlab"]) {
    const whole = await runHere(folder, ["check", "--format", format]);
    const merged = await runHere(folder, ["merge", "--format", format, ...names]);
    assert.equal(merged.out, whole.out, format);
  }
});

test("a part that is missing, given twice, of another run or no report ends with 2 and a sentence", async (t) => {
  const folder = treeWithGaps(t);
  const [one, two, three] = (await parts(t, folder, 3, "json", [])) as [string, string, string];
  const [half] = (await parts(t, folder, 2, "json", [])) as [string];
  const [sarif] = (await parts(t, folder, 1, "sarif", [])) as [string];
  const refuse = async (names: readonly string[], message: RegExp): Promise<void> => {
    const { code, out, err } = await runHere(folder, ["merge", ...names]);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, message);
  };
  await refuse([one, three], /shard 2 of 3 missing/);
  await refuse([one, two, two, three], /are both shard 2 of 3/);
  await refuse([one, half], /one of 2 shards and .* one of 3/);
  await refuse([one, sarif], /merge one format at a time/);
  await refuse(["nowhere.json"], /nowhere\.json does not exist/);
  await refuse(["a/Dockerfile"], /a\/Dockerfile: it is not JSON/);
  writeFileSync(
    join(folder, "lie.json"),
    readFileSync(one, "utf8").replace('"severity": "high"', '"severity": 7'),
  );
  await refuse(["lie.json"], /lie\.json: the report\.findings\[0\]\.severity is not critical or high/);
  writeFileSync(join(folder, "x.json"), '{ "version": 1, "__proto__": { "files": [] } }');
  await refuse(["x.json"], /x\.json: the report\.tool is not an object/);
  // Another file came meanwhile, so the parts are not of one tree.
  mkdirSync(join(folder, "new"));
  writeFileSync(join(folder, "new", "Dockerfile"), unsafe);
  const [, , later] = (await parts(t, folder, 3, "json", [])) as [string, string, string];
  cpSync(later, join(folder, "later.json"));
  const [again, other] = (await parts(t, folder, 3, "json", ["--profile", "strict"])) as [string, string];
  await refuse([again, other, "later.json"], /of different runs/);
});

test("a real process merges the parts of real processes", async (t) => {
  const folder = treeWithGaps(t);
  for (const index of [1, 2])
    await plimsoll(folder, [
      "check",
      "--shard",
      `${index}/2`,
      "--format",
      "sarif",
      "--output",
      `${index}.sarif`,
    ]);
  const [merged, whole] = [
    await plimsoll(folder, ["merge", "1.sarif", "2.sarif"]),
    await plimsoll(folder, ["check", "--format", "sarif"]),
  ];
  assert.equal(merged.out, whole.out);
  assert.equal(merged.code, 2);
});

test("results of several repositories are joined where their files differ", async (t) => {
  const folder = folderWith(t, { "x/Dockerfile": unsafe, "y/Dockerfile": unsafe });
  for (const name of ["x", "y"])
    await runHere(folder, ["check", name, "--format", "json", "--output", `${name}.json`]);
  const both = await runHere(folder, ["merge", "x.json", "y.json", "--fail-on", "critical"]);
  assert.equal(both.out, (await runHere(folder, ["check", "--format", "json"])).out);
  assert.equal(both.code, 0);
  const twice = await runHere(folder, ["merge", "x.json", "x.json"]);
  assert.match(twice.err, /two parts name x\/Dockerfile/);
});

test("a shard's number does not depend on the machine, and shards are of much the same size", () => {
  assert.deepEqual(
    ["Dockerfile", "a/Dockerfile", "b/compose.yaml", "grün/Dockerfile"].map((path) => shardOf(path, 1000)),
    [649, 406, 555, 277],
  );
  for (const count of [2, 3, 7, 16, 64]) {
    const sizes = new Array<number>(count).fill(0);
    for (let at = 0; at < 100 * count; at++) sizes[shardOf(`team-${at % 9}/p${at}/Dockerfile`, count) - 1]!++;
    assert.ok(Math.min(...sizes) > 60 && Math.max(...sizes) < 145, `${count}: ${sizes.join(" ")}`);
  }
});

test("wrong shards are refused", async (t) => {
  const folder = folderWith(t, { Dockerfile: unsafe });
  for (const [shard, message] of [
    ["0/4", /count from 1/],
    ["5/4", /count from 1/],
    ["1", /is written I\/N/],
    ["1/99999", /at most 10000/],
  ] as const) {
    const ended = await runHere(folder, ["check", "--shard", shard]);
    assert.equal(ended.code, 2);
    assert.match(ended.err, message);
  }
});
