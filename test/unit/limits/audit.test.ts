import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";
import { type AuditInput, auditFolders } from "../../../server/src/audit/audit";
import type { AuditResult } from "../../../server/src/audit/result";
import { baselineName } from "../../../server/src/engine/baseline";
import {
  maxAuditFiles,
  maxBaselineBytes,
  maxBaselineEntries,
  maxConfigBytes,
  maxExtended,
  maxExtendsDepth,
  maxFileBytes,
  maxFolderDepth,
  maxFolderEntries,
  maxNeighbourLength,
  maxNeighbours,
} from "../../../server/src/limits";
import { nodeClock, nodeFiles } from "../../../server/src/platform/node";
import type { DirectoryEntry, Files } from "../../../server/src/platform/ports";
import { rules } from "../../../server/src/rules/index";
import { folderWith } from "../../support/folder";
import { times } from "../../support/gaps";

const latest = rules.filter(({ id }) => id === "base-image-latest-tag" || id === "compose-privileged");
const bad = "FROM debian:latest\n";

function audit(folder: string, more: Partial<AuditInput> = {}): Promise<AuditResult> {
  return auditFolders({
    folders: [folder],
    base: folder,
    files: nodeFiles,
    rules: latest,
    version: "1.2.3",
    clock: nodeClock,
    ...more,
  });
}

function auditOf(t: TestContext, files: Readonly<Record<string, string>>): Promise<AuditResult> {
  return audit(folderWith(t, files));
}

function countOf({ files }: AuditResult): number {
  return files.reduce((sum, { findings }) => sum + findings.length, 0);
}

/** All that a result says about what was not checked, or is wrong with a configuration. */
function reasonsIn(result: AuditResult): readonly string[] {
  return [
    ...result.files.flatMap(({ reason }) => reason ?? []),
    ...result.notChecked.map(({ reason }) => reason),
    ...result.failures.map(({ error }) => error),
  ];
}

test("bytes of a file: one byte more is not read, and its neighbour is checked all the same", async (t) => {
  const result = await auditOf(t, {
    "a/Dockerfile": bad.padEnd(maxFileBytes, "\n"),
    "b/Dockerfile": bad.padEnd(maxFileBytes + 1, "\n"),
    "c/Dockerfile": bad,
  });
  assert.deepEqual(
    result.files.map(({ status }) => status),
    ["checked", "failed", "checked"],
  );
  assert.match(result.files[1]?.reason ?? "", /larger than 2,?000,?000 bytes|too large|2 MB/);
  assert.equal(countOf(result), 2);
});

test("levels of folders: one level deeper is said to be not checked", async (t) => {
  const within = "d/".repeat(maxFolderDepth);
  const result = await auditOf(t, { [`${within}Dockerfile`]: bad, [`${within}d/Dockerfile`]: bad });
  assert.equal(countOf(result), 1);
  assert.deepEqual(reasonsIn(result), [`the folder is more than ${maxFolderDepth} levels deep`]);
});

/** Folders of files that exist as names alone: as many as no test could write. */
function huge(folder: string, name: string, folders: number, eachIn: number): Files {
  const parts = Array.from({ length: folders }, (_, index) => ({
    name: `part${index}`,
    kind: "directory" as const,
  }));
  const inside: readonly DirectoryEntry[] = Array.from({ length: eachIn }, (_, index) => ({
    name: `${name}${index}`,
    kind: "file" as const,
  }));
  return {
    ...nodeFiles,
    list: async (path) => (path === folder ? parts : inside),
    read: async () => ({ state: "absent" }),
    realPath: async (path) => path,
  };
}

/** Looks around, and stops when the checking would begin: what was seen is known by then. */
async function lookAround(folder: string, files: Files): Promise<AuditResult> {
  const controller = new AbortController();
  return audit(folder, { files, signal: controller.signal, onProgress: () => controller.abort() });
}

test("entries of folders, files of one audit: beyond them the run says that it has not seen everything", async (t) => {
  const folder = folderWith(t);
  const entries = await lookAround(folder, huge(folder, "x", 100, maxFolderEntries / 50));
  assert.ok(
    reasonsIn(entries).includes(
      `the folder has more than ${maxFolderEntries} entries: the rest was not looked at`,
    ),
  );
  assert.equal(entries.complete, false);

  const many = await lookAround(folder, huge(folder, "Dockerfile.", 100, maxAuditFiles / 50));
  assert.ok(
    reasonsIn(many).includes(`the folder has more than ${maxAuditFiles} files: the rest was not looked at`),
  );
  assert.equal(many.complete, false);
});

test("bytes of a configuration: one more and it is a failure, not as if there were none", async (t) => {
  const configuration = "rules: { base-image-latest-tag: off }\n";
  const within = await auditOf(t, {
    Dockerfile: bad,
    "plimsoll.yaml": configuration.padEnd(maxConfigBytes, "#"),
  });
  assert.equal(countOf(within), 0);
  assert.deepEqual(reasonsIn(within), []);
  const beyond = await auditOf(t, {
    Dockerfile: bad,
    "plimsoll.yaml": configuration.padEnd(maxConfigBytes + 1, "#"),
  });
  assert.equal(countOf(beyond), 1);
  assert.equal(reasonsIn(beyond).length, 1);
});

test("configurations that extend each other: the chain and their number end, and that is said", async (t) => {
  const chain = (length: number): Record<string, string> => {
    const files: Record<string, string> = { Dockerfile: bad, "plimsoll.yaml": "extends: ./c1.yaml\n" };
    for (let index = 1; index <= length; index++)
      files[`c${index}.yaml`] =
        index === length ? "rules: { base-image-latest-tag: off }\n" : `extends: ./c${index + 1}.yaml\n`;
    return files;
  };
  const within = await auditOf(t, chain(maxExtendsDepth));
  assert.equal(countOf(within), 0);
  assert.deepEqual(reasonsIn(within), []);
  const beyond = await auditOf(t, chain(maxExtendsDepth + 1));
  assert.equal(countOf(beyond), 1);
  assert.match(
    reasonsIn(beyond).join("; "),
    new RegExp(`more than ${maxExtendsDepth} configurations extend each other`),
  );

  const many = (count: number): Record<string, string> => ({
    Dockerfile: bad,
    "plimsoll.yaml": `extends: [${times(count, (index) => `./e${index}.yaml, `)}]\n`,
    ...Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`e${index}.yaml`, "profile: strict\n"]),
    ),
  });
  assert.deepEqual(reasonsIn(await auditOf(t, many(maxExtended))), []);
  const tooMany = reasonsIn(await auditOf(t, many(maxExtended + 1)));
  assert.match(tooMany.join("; "), new RegExp(`more than ${maxExtended} configurations are extended`));
});

test("files that a Compose file names: their number and their length together", async (t) => {
  const includes = (count: number): Record<string, string> => ({
    "compose.yaml": `include:\n${times(count, (index) => `  - i${index}.yaml\n`)}services: { a: { privileged: true } }\n`,
    ...Object.fromEntries(Array.from({ length: count }, (_, index) => [`i${index}.yaml`, "services: {}\n"])),
  });
  const beyond = await auditOf(t, includes(maxNeighbours + 1));
  assert.match(reasonsIn(beyond).join("; "), /was not read: |more than \d+/);
  assert.equal(countOf(beyond), 1);

  const long = "services: {}\n".padEnd(maxNeighbourLength / 4, "#");
  const lengths = (count: number): Record<string, string> => ({
    ...includes(count),
    ...Object.fromEntries(Array.from({ length: count }, (_, index) => [`i${index}.yaml`, long])),
  });
  assert.doesNotMatch(reasonsIn(await auditOf(t, lengths(3))).join("; "), /too long/);
  assert.match(
    reasonsIn(await auditOf(t, lengths(5))).join("; "),
    /the files that are read together are too long/,
  );
});

test("a baseline that is too large accepts nothing, and that is said", async (t) => {
  const entry = '{"rule":"base-image-latest-tag","path":"x","fingerprint":"f"}';
  const baseline = (count: number): string =>
    `{"version":1,"files":{"x":[${times(count - 1, () => `${entry},`)}${entry}]}}`;
  const wrong = async (text: string): Promise<string> =>
    reasonsIn(await auditOf(t, { Dockerfile: bad, [baselineName]: text })).join("; ");
  const usual = await wrong(baseline(1));
  assert.equal(await wrong(baseline(maxBaselineEntries)), usual);
  assert.notEqual(await wrong(baseline(maxBaselineEntries + 1)), usual);
  assert.equal(await wrong(baseline(1).padEnd(maxBaselineBytes)), usual);
  assert.notEqual(await wrong(baseline(1).padEnd(maxBaselineBytes + 1)), usual);
});
