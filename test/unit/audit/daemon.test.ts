import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { type AuditInput, auditFolders } from "../../../server/src/audit/audit";
import { nodeClock, nodeFiles } from "../../../server/src/platform/node";
import { rules } from "../../../server/src/rules/index";
import { folderWith } from "../../support/folder";

const open = '{ "hosts": ["tcp://0.0.0.0:2375"] }\n';
const other = '{ "apps": [{ "name": "api" }], "hosts": ["tcp://0.0.0.0:2375"] }\n';

async function audit(folder: string, more: Partial<AuditInput> = {}) {
  const input = {
    folders: [folder],
    base: folder,
    files: nodeFiles,
    rules,
    version: "1.2.3",
    clock: nodeClock,
  };
  return auditFolders({ ...input, ...more });
}

test("Docker's daemon.json is checked, another program's is passed over without a word", async (t) => {
  const folder = folderWith(t, { "docker/daemon.json": open, "daemon.json": open, "pm2/daemon.json": other });
  const result = await audit(folder);
  assert.deepEqual(
    result.files.map(({ path, language, status, findings }) => [
      path,
      language,
      status,
      findings.map((finding) => finding.rule),
    ]),
    [
      ["daemon.json", "daemon", "checked", ["daemon-tcp-without-tls"]],
      ["docker/daemon.json", "daemon", "checked", ["daemon-tcp-without-tls"]],
    ],
  );
});

test("a named file is checked by its text, and one that is none of ours is said to be skipped", async (t) => {
  const folder = folderWith(t, { "daemon.json": other, "host.json": '{ "live-restore": true }\n' });
  const named = ["daemon.json", "host.json"].map((name) => join(folder, name));
  const result = await audit(folder, { folders: [], named });
  assert.deepEqual(
    result.files.map(({ path, language, status }) => [path, language, status]),
    [
      ["daemon.json", undefined, "skipped"],
      ["host.json", "daemon", "checked"],
    ],
  );
});

test("the configuration names further files, and silences a rule in one", async (t) => {
  const folder = folderWith(t, {
    "plimsoll.yaml":
      "files:\n  daemon: ['hosts/*.json']\nignore:\n  - rule: daemon-tcp-without-tls\n    path: hosts/lab.json\n    reason: a lab\n",
    "hosts/lab.json": open,
    "hosts/live.json": open,
  });
  const result = await audit(folder);
  assert.deepEqual(
    result.files.map(({ path, findings, suppressed }) => [path, findings.length, suppressed.length]),
    [
      ["hosts/lab.json", 0, 1],
      ["hosts/live.json", 1, 0],
      ["plimsoll.yaml", 0, 0],
    ],
  );
});

test("no part of a report shows a logging service's token", async (t) => {
  const token = ["Xy7pQ2", "vL9kT4", "mN8wR3"].join("");
  const folder = folderWith(t, {
    "docker/daemon.json": `{\n  "hosts": ["tcp://0.0.0.0:2375"],\n  "log-opts": { "splunk-token": "${token}" }\n}\n`,
  });
  const result = await audit(folder);
  assert.deepEqual(
    result.files[0]?.findings.map((finding) => finding.rule),
    ["daemon-tcp-without-tls", "daemon-secret-in-file"],
  );
  assert.equal(JSON.stringify(result).includes(token), false);
});
