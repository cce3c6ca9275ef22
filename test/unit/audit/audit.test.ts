import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { type AuditInput, auditFolders } from "../../../server/src/audit/audit";
import type { AuditResult } from "../../../server/src/audit/result";
import { defineRule } from "../../../server/src/engine/rule";
import { nodeClock, nodeFiles } from "../../../server/src/platform/node";
import { folderWith } from "../../support/folder";

/** Marks the word "root" of each USER, the value of each ENV as a secret, and fails or gives up when a file says so. */
const rules = [
  defineRule({
    ...plain("user-root", "user", "high"),
    check(document, { report, notChecked }) {
      if (document.text.includes("# explode")) throw new Error("boom");
      if (document.text.includes("# unsure")) notChecked("no idea");
      for (const instruction of document.instructions) {
        const word = instruction.words[0];
        if (document.text.startsWith("USER root", instruction.span.start) && word) {
          report("found", [], {
            at: word.span,
            fixes: [{ title: "Use 10001", safety: "safe", edits: [{ ...word.span, text: "10001" }] }],
          });
        }
      }
    },
  }),
  defineRule({
    ...plain("env-secret", "secrets", "critical"),
    check(document, { report }) {
      for (const match of document.text.matchAll(/^ENV \w+=(\S+)/gm)) {
        const end = match.index + match[0].length;
        const at = { start: end - match[1]!.length, end };
        const leak = [
          {
            title: "Move it",
            safety: "unsafe" as const,
            edits: [{ start: end, end, text: ` # ${match[1]}` }],
          },
        ];
        report("found", [], { at, fixes: leak });
      }
    },
  }),
];

function plain<const C extends "user" | "secrets", const S extends "high" | "critical">(
  id: string,
  category: C,
  severity: S,
) {
  return {
    id,
    language: "dockerfile" as const,
    title: "t",
    why: "w",
    category,
    severity,
    profiles: ["recommended"] as const,
    since: "0.1.0",
    aliases: [],
    references: [],
    messages: { found: () => `found ${id}` },
    bad: [],
    good: [],
  };
}

function audit(folder: string, more: Partial<AuditInput> = {}): Promise<AuditResult> {
  return auditFolders({
    folders: [folder],
    base: folder,
    files: nodeFiles,
    rules,
    version: "1.2.3",
    clock: nodeClock,
    ...more,
  });
}

function pathsOf(result: AuditResult, status: string = "checked"): readonly string[] {
  return result.files.filter((file) => file.status === status).map((file) => file.path);
}

test("finds files by name, at any depth, in order, and says where findings are", async (t) => {
  const folder = folderWith(t, {
    "b/Dockerfile": "FROM a\nUSER root\n",
    "a/b/c/compose.yaml": "services: {}\n",
    "Dockerfile.j2": "FROM {{ x }}\n",
    "README.md": "FROM a\n",
    "node_modules/x/Dockerfile": "FROM a\n",
    ".git/Dockerfile": "FROM a\n",
    ".hidden/Dockerfile": "FROM a\n",
  });
  const result = await audit(folder);
  assert.deepEqual(pathsOf(result), [".hidden/Dockerfile", "a/b/c/compose.yaml", "b/Dockerfile"]);
  const finding = result.files.find((file) => file.path === "b/Dockerfile")?.findings[0];
  assert.deepEqual(finding?.range, {
    start: { line: 2, column: 6, offset: 12 },
    end: { line: 2, column: 10, offset: 16 },
  });
  assert.deepEqual(finding.fixes[0]?.preview, [
    { change: "removed", text: "USER root" },
    { change: "added", text: "USER 10001" },
  ]);
  assert.deepEqual(result.summary.findings, { critical: 0, high: 1, medium: 0, low: 0, info: 0 });
  assert.equal(result.complete, true);
});

test("honours nested .gitignore files, those above, and .git/info/exclude", async (t) => {
  const folder = folderWith(t, {
    ".git/info/exclude": "excluded\n",
    ".gitignore": "/app/out\n*.dockerfile\n",
    "app/.gitignore": "!keep.dockerfile\n",
    "app/out/Dockerfile": "FROM a\n",
    "app/x.dockerfile": "FROM a\n",
    "app/keep.dockerfile": "FROM a\n",
    "app/excluded/Dockerfile": "FROM a\n",
    "app/Dockerfile": "FROM a\n",
  });
  const app = join(folder, "app");
  const wanted = ["Dockerfile", "keep.dockerfile"];
  assert.deepEqual(
    pathsOf(await audit(folder)),
    wanted.map((name) => `app/${name}`),
  );
  assert.deepEqual(pathsOf(await audit(app, { boundaryOf: () => folder })), wanted);
  assert.equal(pathsOf(await audit(app, { useGitignore: false })).length, 5);
});

test("links: none leads out, each file is read once, a circle ends", {
  skip: process.platform === "win32",
}, async (t) => {
  const outside = folderWith(t, { Dockerfile: "FROM a\nUSER root\n" });
  const folder = folderWith(t, { "z/Dockerfile": "FROM a\nUSER root\n", "z/text": "FROM b\n" });
  symlinkSync(join(outside, "Dockerfile"), join(folder, "Dockerfile"));
  symlinkSync(outside, join(folder, "elsewhere"));
  symlinkSync("z/Dockerfile", join(folder, "Dockerfile.same"));
  symlinkSync("z/text", join(folder, "Dockerfile.text"));
  symlinkSync("nothing", join(folder, "Dockerfile.gone"));
  symlinkSync(".", join(folder, "circle"));
  const result = await audit(folder);
  assert.deepEqual(pathsOf(result), ["Dockerfile.text", "z/Dockerfile"]);
  assert.deepEqual(pathsOf(result, "skipped"), ["Dockerfile", "Dockerfile.gone"]);
  assert.match(result.files[0]?.reason ?? "", /out of the audited folder/);
  assert.deepEqual(
    result.notChecked.map((entry) => entry.path),
    ["elsewhere"],
  );
});

test("what cannot be read is listed with the reason", { skip: process.platform === "win32" }, async (t) => {
  const folder = folderWith(t, { "nul/Dockerfile": "FROM a\0", "fine/Dockerfile": "FROM a\n" });
  mkdirSync(join(folder, "pipe"));
  execFileSync("mkfifo", [join(folder, "pipe/Dockerfile")]);
  const result = await audit(folder);
  assert.deepEqual(
    result.files.map(({ path, status, reason }) => [path, status, reason]),
    [
      ["fine/Dockerfile", "checked", undefined],
      ["nul/Dockerfile", "failed", "it is a binary file"],
      ["pipe/Dockerfile", "skipped", "it is not a regular file"],
    ],
  );
});

test("a folder that cannot be listed is said to be not checked", async (t) => {
  const folder = folderWith(t, { "secret/Dockerfile": "FROM a\n", Dockerfile: "FROM a\n" });
  const files: AuditInput["files"] = {
    ...nodeFiles,
    // The tests may run as root, whom no permission keeps out.
    list: (path) =>
      path.endsWith("/secret") ? Promise.reject(new Error("permission denied")) : nodeFiles.list(path),
  };
  const result = await audit(folder, { files });
  assert.deepEqual(result.notChecked, [
    { path: "secret", reason: "the folder could not be read: permission denied" },
  ]);
  assert.deepEqual(pathsOf(result), ["Dockerfile"]);
});

test("named files are told by their text; templates and unknown ones are skipped", async (t) => {
  const folder = folderWith(t, {
    build: "# c\nFROM a\nUSER root\n",
    "stack.yml": "services: {}\n",
    notes: "hello\n",
    "Dockerfile.j2": "FROM a\n",
    "daemon.json": "{}",
  });
  const named = ["build", "stack.yml", "notes", "Dockerfile.j2", "daemon.json"].map((name) =>
    join(folder, name),
  );
  const result = await audit(folder, { folders: [], named });
  assert.deepEqual(
    result.files.map(({ path, language, status }) => [path, language, status]),
    [
      ["Dockerfile.j2", undefined, "skipped"],
      ["build", "dockerfile", "checked"],
      ["daemon.json", undefined, "skipped"],
      ["notes", undefined, "skipped"],
      ["stack.yml", "compose", "checked"],
    ],
  );
});

test("the nearest configuration decides: excluded paths, further files, levels", async (t) => {
  const folder = folderWith(t, {
    "plimsoll.yaml":
      "exclude:\n  - old/**\nfiles:\n  dockerfile:\n    - '**/*.image'\nrules:\n  user-root: low\n",
    "app.image": "FROM a\nUSER root\n",
    "old/Dockerfile": "FROM a\nUSER root\n",
    "sub/plimsoll.yaml": "rules:\n  user-root: off\n",
    "sub/Dockerfile": "FROM a\nUSER root\n",
  });
  const result = await audit(folder);
  const found = result.files.map(({ path, findings }) => [path, findings.map((finding) => finding.severity)]);
  assert.deepEqual(found, [
    ["app.image", ["low"]],
    ["plimsoll.yaml", []],
    ["sub/Dockerfile", []],
    ["sub/plimsoll.yaml", []],
  ]);
  const without = await audit(folder, { configuration: "none" });
  assert.deepEqual(pathsOf(without), ["old/Dockerfile", "sub/Dockerfile"]);
  assert.equal(without.summary.findings.high, 2);
});

test("a wrong configuration is a failure, and the rest of it counts", async (t) => {
  const folder = folderWith(t, {
    "plimsoll.yaml": "rules:\n  user-root: low\n  user-rot: off\n",
    Dockerfile: "FROM a\nUSER root\n",
  });
  const result = await audit(folder);
  assert.equal(result.failures.length, 1);
  assert.match(result.failures[0]!.error, /wrong in line 3: There is no rule user-rot/);
  assert.equal(result.summary.findings.low, 1);
});

test("a rule that throws is a failure, one that gives up is not checked, and neither is silent", async (t) => {
  const folder = folderWith(t, {
    "a/Dockerfile": "# explode\nFROM a\n",
    "b/Dockerfile": "# unsure\nFROM a\nUSER root\n",
  });
  const result = await audit(folder);
  assert.deepEqual(result.failures, [{ rule: "user-root", path: "a/Dockerfile", error: "Error: boom" }]);
  assert.deepEqual(result.notChecked, [{ rule: "user-root", path: "b/Dockerfile", reason: "no idea" }]);
  assert.equal(result.summary.findings.high, 1);
});

test("no part of the result holds a secret, even where the rule about it is off", async (t) => {
  const secret = ["Xy7", "pQ2", "vL9", "kT4"].join("");
  const folder = folderWith(t, {
    Dockerfile: `FROM a\nENV PW=${secret}\nRUN echo ${secret}\nUSER root\n`,
    "off/plimsoll.yaml": "rules:\n  env-secret: off\n",
    "off/Dockerfile": `FROM a\nENV PW=${secret}\nUSER root\n`,
    "ignored/Dockerfile": `FROM a\n# plimsoll-ignore env-secret: known\nENV PW=${secret}\nUSER root\n`,
  });
  const result = await audit(folder);
  assert.equal(result.summary.findings.critical, 1);
  assert.equal(result.summary.findings.high, 3);
  assert.equal(result.summary.suppressed, 1);
  assert.equal(JSON.stringify(result).includes(secret), false);
});

test("findings below the wanted severity are left out", async (t) => {
  const folder = folderWith(t, { Dockerfile: "FROM a\nENV A=bcdefghij\nUSER root\n" });
  const result = await audit(folder, { minSeverity: "critical" });
  assert.deepEqual(
    result.files[0]?.findings.map((finding) => finding.rule),
    ["env-secret"],
  );
});

test("a run that is stopped gives what it has and says so", async (t) => {
  const files = Object.fromEntries(
    Array.from({ length: 50 }, (_, i) => [`${i}/Dockerfile`, "FROM a\nUSER root\n"]),
  );
  const folder = folderWith(t, files);
  const controller = new AbortController();
  let reads = 0;
  const counting: AuditInput["files"] = {
    ...nodeFiles,
    read: (path, most) => {
      if (path.endsWith("/Dockerfile") && ++reads === 10) controller.abort();
      return nodeFiles.read(path, most);
    },
  };
  const result = await audit(folder, { files: counting, signal: controller.signal });
  assert.equal(result.complete, false);
  assert.equal(result.summary.checked, 10);
  const progress: number[] = [];
  const whole = await audit(folder, { onProgress: ({ done }) => progress.push(done) });
  assert.equal(whole.complete, true);
  assert.equal(progress.at(-1), 50);
});

test("the ignore file that applies is the Dockerfile's own, else the nearest above, never one beyond the folder", async (t) => {
  const seen = new Map<string, string>();
  const spy = defineRule({
    ...plain("spy", "user", "high"),
    check(document, { facts }) {
      const { dockerignore } = facts;
      seen.set(
        document.text.trim(),
        dockerignore.state === "known" ? dockerignore.value.path : dockerignore.state,
      );
    },
  });
  const folder = folderWith(t, {
    ".dockerignore": "beyond\n",
    "root/a/Dockerfile": "FROM own\n",
    "root/a/Dockerfile.dockerignore": "x\n",
    "root/a/.dockerignore": "x\n",
    "root/b/.dockerignore": "x\n",
    "root/b/c/Dockerfile": "FROM above\n",
    "root/d/Dockerfile": "FROM none\n",
  });
  await audit(join(folder, "root"), { rules: [spy] });
  assert.deepEqual(Object.fromEntries(seen), {
    "FROM own": "Dockerfile.dockerignore",
    "FROM above": "../.dockerignore",
    "FROM none": "absent",
  });
});
