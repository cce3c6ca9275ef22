import assert from "node:assert/strict";
import test from "node:test";
import { auditFolders } from "../../../server/src/audit/audit";
import { joinPath, nameOf, parentOf } from "../../../server/src/audit/paths";
import { renderBaseline } from "../../../server/src/engine/baseline";
import type { DirectoryEntry, Files } from "../../../server/src/platform/ports";
import { renderJson } from "../../../server/src/report/json";
import { renderSarif } from "../../../server/src/report/sarif";
import { rules } from "../../../server/src/rules/index";

/** What is looked at beside and above files: configuration, ignore files, contexts, other Compose files, git. */
const tree: Readonly<Record<string, string>> = {
  ".git/config": '[remote "origin"]\n\turl = https://github.com/acme/shop.git\n',
  ".gitignore": "*.log\n/out/\n",
  "plimsoll.yaml":
    "extends: [strict, ./policy/base.yaml]\nexclude: [old/**]\nignore:\n  - rule: sudo-in-run\n    path: app/**\n    reason: it is a test\n",
  "policy/base.yaml": "overrides:\n  - files: app/**\n    rules: { final-stage-user-root: critical }\n",
  "app/Dockerfile": "FROM node:14\nCOPY . .\nRUN sudo make\nUSER root\n",
  "app/.env": "A=1\n",
  "app/id_rsa": "not a key\n",
  "app/compose.yaml":
    "include: [../common/db.yaml]\nservices:\n  web:\n    build: .\n    extends: { file: ../common/base.yml, service: base }\n    env_file: .env\n    volumes: ['/var/run/docker.sock:/var/run/docker.sock']\n",
  "app/compose.override.yaml": "services: { web: { privileged: true } }\n",
  "common/base.yml": "services: { base: { image: 'nginx:latest', network_mode: host } }\n",
  "common/db.yaml": "services: { db: { image: 'postgres:9.6' } }\n",
  "docker/prod/Dockerfile": "FROM acme/shop\nADD https://example.com/a.tar.gz /a\n",
  "old/Dockerfile": "FROM node:14\n",
  "out/Dockerfile": "FROM node:14\n",
};

/** A disk in memory that knows of nothing but what lies below a folder. */
function filesBelow(root: string, more: Readonly<Record<string, string>> = {}): Files {
  const texts = new Map(
    Object.entries({ ...tree, ...more }).map(([path, text]) => [joinPath(root, path), text]),
  );
  const folders = new Map<string, Map<string, DirectoryEntry>>();
  for (const path of texts.keys()) {
    let kind: DirectoryEntry["kind"] = "file";
    for (let at = path; at !== root; at = parentOf(at) ?? root) {
      const folder = parentOf(at) ?? root;
      const entries = folders.get(folder) ?? new Map<string, DirectoryEntry>();
      folders.set(folder, entries.set(nameOf(at), { name: nameOf(at), kind }));
      kind = "directory";
    }
  }
  return {
    read: async (path) => {
      const text = texts.get(path);
      return text === undefined ? { state: "absent" } : { state: "read", text };
    },
    readBytes: async () => ({ state: "absent" }),
    list: async (path) => {
      const entries = folders.get(path);
      if (entries === undefined) throw new Error("it does not exist");
      return [...entries.values()];
    },
    realPath: async (path) => (texts.has(path) || folders.has(path) ? path : undefined),
    write: async () => assert.fail("an audit writes nothing"),
  };
}

async function reportsOf(root: string): Promise<readonly string[]> {
  const files = filesBelow(root);
  const clock = { now: () => Date.UTC(2026, 10, 22) };
  const input = { folders: [root], base: root, files, rules, version: "0.0.0", clock, withPosture: true };
  const first = await auditFolders(input);
  const accepted = first.files
    .flatMap((file) => file.findings.map((finding) => ({ path: file.path, finding })))
    .find(({ finding }) => finding.rule === "compose-docker-socket");
  assert.ok(accepted !== undefined);
  const { rule, fingerprint, message } = accepted.finding;
  const entry = { rule, fingerprint, message, added: "2026-11-22" };
  const baseline = renderBaseline(new Map([[accepted.path, [entry]]]));
  const withBaseline = filesBelow(root, { "plimsoll.baseline.json": baseline });
  const result = await auditFolders({ ...input, files: withBaseline });
  return [renderJson(first), renderJson(result), renderSarif(result, rules)];
}

test("the same folder gives the same bytes wherever it lies: on a drive of Windows, a share, at a root, behind a URI", async () => {
  const expected = await reportsOf("/work/shop");
  assert.match(expected[1]!, /"by": "baseline"/);
  assert.match(expected[1]!, /"by": "repository"/);
  const { files } = JSON.parse(expected[0]!) as { files: readonly { readonly path: string }[] };
  assert.deepEqual(
    files.map(({ path }) => path),
    [
      "app/Dockerfile",
      "app/compose.override.yaml",
      "app/compose.yaml",
      "common/base.yml",
      "common/db.yaml",
      "docker/prod/Dockerfile",
      "plimsoll.yaml",
      "policy/base.yaml",
    ],
  );
  for (const root of [
    "C:/Users/me/shop",
    "c:/",
    "/",
    "//server/share/shop",
    "vscode-vfs://github/acme/shop",
    "/a b/(shop) [1]",
  ])
    assert.deepEqual(await reportsOf(root), expected, root);
});
