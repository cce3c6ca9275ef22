import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import test, { type TestContext } from "node:test";
import { auditFolders } from "../../../server/src/audit/audit";
import { createProjects } from "../../../server/src/audit/projects";
import { createRepositories } from "../../../server/src/audit/repositories";
import type { AuditResult } from "../../../server/src/audit/result";
import { nodeClock, nodeFiles } from "../../../server/src/platform/node";
import { rules } from "../../../server/src/rules/index";

function folderWith(t: TestContext, texts: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "plimsoll-project-")));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function git(folder: string, ...args: readonly string[]): void {
  const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
  execFileSync("git", [...args], { cwd: folder, env, stdio: "ignore" });
}

function audit(folder: string): Promise<AuditResult> {
  return auditFolders({
    folders: [folder],
    base: folder,
    files: nodeFiles,
    rules,
    version: "1",
    clock: nodeClock,
  });
}

/** `rule line` of a file's findings by rules whose names begin so. */
function found(result: AuditResult, path: string, prefix: string): readonly string[] {
  const file = result.files.find((one) => one.path === path);
  assert.ok(file, `${path} was looked at`);
  return file.findings
    .filter(({ rule }) => rule.startsWith(prefix))
    .map(({ rule, range }) => `${rule} ${range.start.line}`);
}

const password = ["tide", "and", "time"].join("-");

test("a value of a file that is extended is reported there alone, and what it gives is not missing", async (t) => {
  const folder = folderWith(t, {
    "common/base.yaml": "services:\n  app:\n    image: node:22\n    privileged: true\n",
    "compose.yaml":
      "services:\n  web:\n    extends: { file: common/base.yaml, service: app }\n    user: '1000'\n",
    "compose.override.yaml": "services:\n  web:\n    mem_limit: 1g\n    pid: host\n",
    "plimsoll.yaml": "profile: all\nfiles: { compose: ['common/*.yaml'] }\n",
  });
  const result = await audit(folder);
  assert.deepEqual(found(result, "common/base.yaml", "compose-privileged"), ["compose-privileged 4"]);
  assert.deepEqual(found(result, "compose.yaml", "compose-privileged"), []);
  assert.deepEqual(found(result, "compose.yaml", "compose-memory"), []);
  assert.deepEqual(found(result, "common/base.yaml", "compose-memory").length, 1);
  assert.deepEqual(found(result, "compose.yaml", "compose-pid-host"), []);
  assert.deepEqual(found(result, "compose.override.yaml", "compose-pid-host"), ["compose-pid-host 4"]);
  assert.deepEqual(found(result, "compose.override.yaml", "compose-healthcheck"), [], "said of the base");
  assert.deepEqual(result.failures, []);
});

test("a service that sets its user softens what is said of the Dockerfile that it builds", async (t) => {
  const folder = folderWith(t, {
    "app/Dockerfile": 'FROM node:22\nCMD ["node", "a.js"]\n',
    "other/Dockerfile": 'FROM node:22\nCMD ["node", "a.js"]\n',
    "deploy/compose.yaml":
      "services:\n  web:\n    build: ../app\n    user: '1000'\n  x:\n    build: ../other\n    user: '1000'\n  y: { build: ../other }\n",
  });
  const { files } = await audit(folder);
  const finding = (path: string) =>
    files
      .find((file) => file.path === path)
      ?.findings.find(({ rule }) => rule === "missing-user-instruction");
  const soft = finding("app/Dockerfile");
  assert.equal(soft?.severity, "low");
  assert.deepEqual(
    soft?.related.map(({ path, range }) => [path, range?.start.line, range?.start.column]),
    [["deploy/compose.yaml", 4, 11]],
  );
  assert.equal(finding("other/Dockerfile")?.severity, "high", "y leaves the user to the image");
});

test("git's index says which secret files are committed; no other one is opened", async (t) => {
  const folder = folderWith(t, {
    "compose.yaml":
      "services:\n  web:\n    build: .\n    env_file: [web.env, ignored.env, new.env]\n    secrets: [pw, key]\nsecrets:\n  pw: { file: ./pw.txt }\n  key: { file: ./key.txt }\n",
    "web.env": `DB_PASSWORD=${password}\n`,
    "ignored.env": `DB_PASSWORD=${password}\n`,
    "new.env": `DB_PASSWORD=${password}\n`,
    "pw.txt": password,
    "key.txt": password,
    Dockerfile: "FROM node:22\nUSER node\nCOPY . /app\n",
    ".dockerignore": "*.txt\nnew.env\n",
    ".gitignore": "ignored.env\nkey.txt\n",
  });
  git(folder, "init", "-q");
  git(folder, "add", "-A", "--", ":!new.env");
  const opened: string[] = [];
  const files = {
    ...nodeFiles,
    read: (path: string, maxBytes: number) => {
      opened.push(path.slice(folder.length + 1));
      return nodeFiles.read(path, maxBytes);
    },
  };
  const result = await auditFolders({
    folders: [folder],
    base: folder,
    files,
    rules,
    version: "1",
    clock: nodeClock,
  });
  assert.deepEqual(found(result, "compose.yaml", "compose-env-file-committed"), [
    "compose-env-file-committed 4",
  ]);
  assert.deepEqual(found(result, "compose.yaml", "compose-secret-file-committed"), [
    "compose-secret-file-committed 7",
  ]);
  assert.deepEqual(found(result, "compose.yaml", "compose-secret-file-in"), [
    "compose-secret-file-in-build-context 4",
  ]);
  for (const path of ["ignored.env", "new.env", "pw.txt", "key.txt"]) assert.ok(!opened.includes(path), path);
  assert.ok(!JSON.stringify(result).includes(password), "no secret is in the result");
});

test("without a repository within the folder, whether git tracks a file is said not to be checked", async (t) => {
  const folder = folderWith(t, {
    "compose.yaml": "services: {}\nsecrets:\n  pw: { file: ./pw.txt }\n",
    "pw.txt": password,
  });
  const { notChecked } = await audit(folder);
  const said = notChecked.filter(({ rule }) => rule === "compose-secret-file-committed");
  assert.deepEqual(
    said.map(({ reason }) => reason),
    ["whether git tracks pw.txt is not known: no git repository is in the folder that is checked"],
  );
});

test("ignored and untracked files are told apart as git does, nested and negated patterns included", async (t) => {
  const folder = folderWith(t, {
    ".gitignore": "*.env\nsecrets/\n!keep.env\n",
    "sub/.gitignore": "!sub.env\nother.txt\n",
    "a.env": "",
    "keep.env": "",
    "secrets/x.txt": "",
    "sub/sub.env": "",
    "sub/other.txt": "",
    "tracked.txt": "",
  });
  git(folder, "init", "-q");
  git(folder, "add", "tracked.txt");
  const { stateOf } = createRepositories(nodeFiles);
  for (const [path, wanted] of [
    ["a.env", "ignored"],
    ["keep.env", "untracked"],
    ["secrets/x.txt", "ignored"],
    ["sub/sub.env", "untracked"],
    ["sub/other.txt", "ignored"],
    ["tracked.txt", "tracked"],
  ] as const)
    assert.deepEqual(await stateOf(join(folder, path), folder), { state: "known", value: wanted }, path);
  assert.deepEqual(await stateOf(join(folder, "gone"), folder), { state: "absent" });
});

test("links and paths that lead out of the folder are not read", async (t) => {
  const outside = folderWith(t, { "base.yaml": "services:\n  app: { image: 'a:1', privileged: true }\n" });
  const folder = folderWith(t, {
    "in/compose.yaml":
      "services:\n  a:\n    extends: { file: link.yaml, service: app }\n  b:\n    extends: { file: ../../up.yaml, service: app }\n",
  });
  symlinkSync(join(outside, "base.yaml"), join(folder, "in/link.yaml"));
  const path = join(folder, "in/compose.yaml");
  const text = "include: [link.yaml, ../../up.yaml]\n";
  const { neighbours } = await createProjects(nodeFiles).ofCompose(text, {
    path,
    boundary: folder,
    overrides: [],
  });
  const states = ["link.yaml", "../../up.yaml"].map((name) => neighbours.texts.get(name)?.state);
  assert.deepEqual(states, ["unknown", "unknown"]);
});

test("the same neighbours are given again as long as nothing more is named", async (t) => {
  const folder = folderWith(t, { "base.yaml": "services:\n  app: { image: 'a:1' }\n" });
  const projects = createProjects(nodeFiles);
  const standing = { path: join(folder, "compose.yaml"), boundary: folder, overrides: [] };
  const text = "services:\n  web:\n    extends: { file: base.yaml, service: app }\n";
  const first = await projects.ofCompose(text, standing);
  const second = await projects.ofCompose(`${text}    user: '1'\n`, standing, first);
  assert.equal(second.neighbours, first.neighbours);
  assert.equal(projects.dependsOn(join(folder, "base.yaml")), true);
});

test("files that Compose files name are checked whatever they are called, within the folder and unless excluded", async (t) => {
  const service = "services:\n  app:\n    image: node:22\n    privileged: true\n";
  const folder = folderWith(t, {
    "compose.yaml":
      "include: [infra/db.yml, infra/values.yml, kept/out.yml, ../beyond.yml]\nservices:\n  web:\n    extends: { file: common.yml, service: app }\n  api:\n    extends: { file: common.yml, service: app }\n",
    "common.yml": service,
    "infra/db.yml": "include: [more/cache.json]\nservices: { db: { image: 'postgres:17', pid: host } }\n",
    "infra/more/cache.json": '{ "services": { "c": { "image": "redis:8", "pid": "host" } } }\n',
    "infra/values.yml": "replicas: 2\n",
    "infra/unused.yml": service,
    "kept/out.yml": service,
    "plimsoll.yaml": "exclude: ['kept/**']\n",
  });
  const result = await audit(folder);
  assert.deepEqual(
    result.files.map(({ path }) => path),
    ["common.yml", "compose.yaml", "infra/db.yml", "infra/more/cache.json", "plimsoll.yaml"],
  );
  assert.deepEqual(found(result, "common.yml", "compose-privileged"), ["compose-privileged 4"]);
  assert.deepEqual(found(result, "compose.yaml", "compose-privileged"), []);
  assert.deepEqual(found(result, "infra/more/cache.json", "compose-pid-host"), ["compose-pid-host 1"]);
});

test("a file that is extended or included and is not there is not passed over", async (t) => {
  const folder = folderWith(t, {
    "compose.yaml": "include: [gone.yml]\nservices:\n  web:\n    extends: { file: lost.yml, service: app }\n",
  });
  const { notChecked } = await audit(folder);
  assert.deepEqual(notChecked.map(({ reason }) => reason).sort(), [
    "gone.yml was not read: it does not exist",
    "lost.yml was not read: it does not exist",
  ]);
});
