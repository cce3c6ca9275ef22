import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { auditFolders } from "../../../server/src/audit/audit";
import { createContexts } from "../../../server/src/audit/contextNames";
import { collectFacts } from "../../../server/src/audit/facts";
import { createOwners } from "../../../server/src/audit/owners";
import type { ContextNames, Fact } from "../../../server/src/engine/facts";
import { maxContextDepth, maxContextEntries, maxContextNames } from "../../../server/src/limits";
import { clientFiles } from "../../../server/src/platform/browser";
import { nodeClock, nodeFiles } from "../../../server/src/platform/node";
import type { Files } from "../../../server/src/platform/ports";
import { rules } from "../../../server/src/rules/index";
import { folderWith } from "../../support/folder";

async function namesFor(
  path: string,
  boundary: string,
  files: Files = nodeFiles,
): Promise<Fact<ContextNames>> {
  return (await collectFacts(files, path, boundary, 0)).contextNames;
}

function known(...paths: readonly string[]): Fact<ContextNames> {
  return { state: "known", value: { paths, complete: true } };
}

test("sensitive names are listed, without what others wrote", async (t) => {
  const folder = folderWith(t, {
    Dockerfile: "FROM a\n",
    ".env": "",
    ".env.example": "",
    "a/b/id_rsa": "",
    "a/id_rsa.pub": "",
    "a/b/c/server.key": "",
    ".git/server.key": "",
    "sub/.git/config": "",
    "node_modules/x/server.key": "",
    "vendor/x/.env": "",
    "py/pyvenv.cfg": "",
    "py/lib/private.pem": "",
    "certs.key/readme": "",
    ".aws/credentials": "",
    "worktree/.git": "gitdir: elsewhere\n",
  });
  assert.deepEqual(
    await namesFor(join(folder, "Dockerfile"), folder),
    known(".aws/credentials", ".env", ".git", "a/b/c/server.key", "a/b/id_rsa", "sub/.git"),
  );
});

test("links are not followed, and nothing beyond the boundary is listed", async (t) => {
  const folder = folderWith(t, {
    "outside/id_rsa": "",
    "outside/Dockerfile": "FROM a\n",
    "in/Dockerfile": "FROM a\n",
  });
  const inside = join(folder, "in");
  symlinkSync(join(folder, "outside"), join(inside, "out"));
  symlinkSync(join(folder, "outside/id_rsa"), join(inside, "id_rsa"));
  symlinkSync(inside, join(inside, "round"));
  assert.deepEqual(await namesFor(join(inside, "Dockerfile"), inside), known());
  const through = await namesFor(join(inside, "out/Dockerfile"), inside);
  assert.equal(through.state, "unknown");
});

test("the context is the folder of the ignore file where that is sure, else the Dockerfile's own", async (t) => {
  const folder = folderWith(t, {
    ".dockerignore": "x\n",
    ".env": "",
    "docker/Dockerfile": "FROM a\n",
    "docker/.env": "",
    "docker/prod/Dockerfile": "FROM a\n",
    "api/Dockerfile": "FROM a\n",
    "api/.env": "",
    "api/own/Dockerfile": "FROM a\n",
    "api/own/Dockerfile.dockerignore": "x\n",
    "web/Dockerfile": "FROM a\n",
    "web/.dockerignore": "x\n",
    "web/.env": "",
  });
  const all = known(".env", "api/.env", "docker/.env", "web/.env");
  assert.deepEqual(await namesFor(join(folder, "docker/Dockerfile"), folder), all);
  assert.deepEqual(await namesFor(join(folder, "docker/prod/Dockerfile"), folder), all);
  assert.deepEqual(await namesFor(join(folder, "api/Dockerfile"), folder), known("api/.env"));
  assert.deepEqual(await namesFor(join(folder, "web/Dockerfile"), folder), known(".env"));
  assert.equal((await namesFor(join(folder, "api/own/Dockerfile"), folder)).state, "unknown");
  const own = join(folder, "api/own");
  assert.deepEqual(await namesFor(join(own, "Dockerfile"), own), known());
});

test("every limit is told", async (t) => {
  const many = Object.fromEntries(
    Array.from({ length: maxContextNames + 1 }, (_, i) => [`many/${i}.key`, ""]),
  );
  const folder = folderWith(t, { ...many, "deep/1/2/3/4/.env": "", "shallow/1/2/.env": "" });
  assert.equal(maxContextDepth, 4);
  assert.deepEqual(await namesFor(join(folder, "deep/Dockerfile"), folder), {
    state: "known",
    value: { paths: [], complete: false },
  });
  assert.deepEqual(await namesFor(join(folder, "shallow/Dockerfile"), folder), known("1/2/.env"));
  const kept = await namesFor(join(folder, "many/Dockerfile"), folder);
  assert.ok(kept.state === "known" && kept.value.paths.length === maxContextNames && !kept.value.complete);
  const crowd: Files = {
    ...nodeFiles,
    list: async (path) => {
      if (path !== folder) throw new Error("one folder is enough");
      return Array.from({ length: maxContextEntries * 2 }, (_, i) => ({
        name: i === maxContextEntries ? ".env" : `f${i}`,
        kind: "file" as const,
      }));
    },
  };
  assert.deepEqual(await namesFor(join(folder, "Dockerfile"), folder, crowd), {
    state: "known",
    value: { paths: [], complete: false },
  });
});

test("what cannot be listed is unknown, and so is what lies below it", async (t) => {
  const browser = clientFiles(() => Promise.resolve({ error: "missing", reason: "" } as never));
  const remote = await namesFor("vscode-vfs://github/a/Dockerfile", "vscode-vfs://github/a", browser);
  assert.equal(remote.state, "unknown");
  const folder = folderWith(t, { "closed/.env": "", ".env": "" });
  const half: Files = {
    ...nodeFiles,
    list: (path) => (path === folder ? nodeFiles.list(path) : Promise.reject(new Error("permission denied"))),
  };
  assert.deepEqual(await namesFor(join(folder, "Dockerfile"), folder, half), {
    state: "known",
    value: { paths: [".env"], complete: false },
  });
});

test("a folder is listed once", async (t) => {
  const folder = folderWith(t, { "a/.env": "", Dockerfile: "FROM a\n", "Dockerfile.dev": "FROM a\n" });
  const listed: string[] = [];
  const files: Files = {
    ...nodeFiles,
    list: (path) => {
      listed.push(path);
      return nodeFiles.list(path);
    },
  };
  const contexts = createContexts(files);
  const owners = createOwners(nodeFiles);
  const first = await collectFacts(files, join(folder, "Dockerfile"), folder, 0, { contexts, owners });
  const second = await collectFacts(files, join(folder, "Dockerfile.dev"), folder, 0, { contexts, owners });
  assert.equal(first.contextNames, second.contextNames);
  assert.deepEqual(listed, [folder, join(folder, "a")]);
});

test("an audit names what a COPY takes, opens none of it, and does not leave its folder", async (t) => {
  const copy = "FROM node:22\nUSER node\nCOPY . .\n";
  const folder = folderWith(t, {
    "outside/id_rsa": "",
    "root/app/Dockerfile": copy,
    "root/app/.dockerignore": "node_modules\n",
    "root/app/config/server.key": "",
    "root/linked/Dockerfile": copy,
    "root/linked/.dockerignore": "node_modules\n",
    "root/none/Dockerfile": copy,
    "root/none/.env": "",
    "root/none/compose.yaml": "services: {}\n",
  });
  const root = join(folder, "root");
  symlinkSync(join(folder, "outside"), join(root, "linked/keys"));
  const read: string[] = [];
  const files: Files = {
    ...nodeFiles,
    read: (path, most) => {
      read.push(path);
      return nodeFiles.read(path, most);
    },
  };
  const ids = ["context-contains-sensitive-files", "copy-whole-context-without-dockerignore"];
  const result = await auditFolders({
    folders: [root],
    base: root,
    files,
    rules: rules.filter(({ id }) => ids.includes(id)),
    version: "0",
    clock: nodeClock,
  });
  assert.deepEqual(
    result.files.flatMap(({ path, findings }) =>
      findings.map(({ rule, severity, message }) => [path, rule, severity, message]),
    ),
    [
      [
        "app/Dockerfile",
        "context-contains-sensitive-files",
        "high",
        "This copies config/server.key into the image, for everyone who can pull it to read",
      ],
      [
        "none/Dockerfile",
        "copy-whole-context-without-dockerignore",
        "high",
        "Without a .dockerignore this copies .env into the image",
      ],
    ],
  );
  assert.deepEqual(
    result.notChecked.filter(({ rule }) => rule !== undefined),
    [],
  );
  assert.deepEqual(
    read.filter((path) => /\.env$|id_rsa|\.key$/.test(path)),
    [],
  );
});

test("what could not be searched is said to be not checked", async (t) => {
  const folder = folderWith(t, { Dockerfile: "FROM node:22\nCOPY . .\n", ".dockerignore": "x\n" });
  mkdirSync(join(folder, "1/2/3/4"), { recursive: true });
  writeFileSync(join(folder, "1/2/3/4/.env"), "");
  const result = await auditFolders({
    folders: [folder],
    base: folder,
    files: nodeFiles,
    rules: rules.filter(({ id }) => id === "context-contains-sensitive-files"),
    version: "0",
    clock: nodeClock,
  });
  assert.deepEqual(
    result.notChecked.map(({ path, rule, range }) => [path, rule, range?.start.line]),
    [["Dockerfile", "context-contains-sensitive-files", 2]],
  );
});
