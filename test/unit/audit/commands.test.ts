import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { type AuditInput, auditFolders } from "../../../server/src/audit/audit";
import { nodeClock, nodeFiles } from "../../../server/src/platform/node";
import { rules } from "../../../server/src/rules/index";
import { folderWith } from "../../support/folder";

const privileged = "docker run -d --privileged app:1\n";

async function audit(folder: string, more: Partial<AuditInput> = {}) {
  const input = {
    folders: [folder],
    base: folder,
    files: nodeFiles,
    rules,
    version: "1.2.3",
    clock: nodeClock,
  };
  const { files, notChecked } = await auditFolders({ ...input, ...more });
  const shown = files.map(({ path, status, findings, suppressed }) => [
    path,
    status,
    ...findings.map(({ rule, severity }) => `${rule} ${severity}`),
    ...suppressed.map(({ finding, by }) => `${by}: ${finding.rule}`),
  ]);
  return { shown, notChecked };
}

test("commands are found where they are written, and judged by where that is", async (t) => {
  const folder = folderWith(t, {
    "deploy.sh": privileged,
    "hack/up": `#!/usr/bin/env bash\n${privileged}`,
    "hack/other": privileged,
    "src/main": `#!/bin/sh\n${privileged}`,
    "install.sh": "apt-get install -y docker.io\n",
    Makefile: `up:\n\t${privileged}`,
    ".github/workflows/ci.yml": `jobs:\n  a:\n    steps:\n      - run: ${privileged}`,
    ".gitlab-ci.yml": `a:\n  script:\n    - ${privileged}`,
    ".devcontainer/devcontainer.json": '{ "privileged": true }\n',
    "README.md": `\`\`\`sh\n${privileged}\`\`\`\n`,
    "notes.md": "About Docker.\n",
    "node_modules/a/README.md": `\`\`\`sh\n${privileged}\`\`\`\n`,
  });
  const { shown } = await audit(folder);
  assert.deepEqual(shown, [
    [".devcontainer/devcontainer.json", "checked", "run-privileged medium"],
    [".github/workflows/ci.yml", "checked", "run-privileged high"],
    [".gitlab-ci.yml", "checked", "run-privileged high"],
    ["Makefile", "checked", "run-privileged critical"],
    ["README.md", "checked", "run-privileged medium"],
    ["deploy.sh", "checked", "run-privileged critical"],
    ["hack/up", "checked", "run-privileged critical"],
  ]);
});

test("a comment above a command silences all its lines, plimsoll.yaml what has no comments", async (t) => {
  const lines = "docker run -d \\\n  -p 127.0.0.1:80:80 \\\n  --privileged app:1\n";
  const folder = folderWith(t, {
    "a.sh": `# plimsoll-ignore run-privileged: the camera\n${lines}${lines}`,
    Makefile: `up:\n\t# plimsoll-ignore run-privileged: the camera\n\t${lines}`,
    ".gitlab-ci.yml": `a:\n  script:\n    # plimsoll-ignore run-privileged: the camera\n    - ${privileged}`,
    "b.sh": `docker run -d --privileged app:1 # plimsoll-ignore run-privileged: the camera\n# plimsoll-ignore run-cap-add: nothing\n`,
    "README.md": `<!-- plimsoll-ignore run-privileged: no -->\n\`\`\`sh\n${privileged}\`\`\`\n`,
    "docs/README.md": `\`\`\`sh\n${privileged}\`\`\`\n`,
    "plimsoll.yaml": "ignore:\n  - rule: run-*\n    path: docs/**\n",
  });
  const { shown } = await audit(folder);
  assert.deepEqual(shown, [
    [".gitlab-ci.yml", "checked", "comment: run-privileged"],
    ["Makefile", "checked", "comment: run-privileged"],
    ["README.md", "checked", "run-privileged medium"],
    ["a.sh", "checked", "run-privileged critical", "comment: run-privileged"],
    ["b.sh", "checked", "unused-ignore-comment low", "comment: run-privileged"],
    ["docs/README.md", "checked", "repository: run-privileged"],
    ["plimsoll.yaml", "checked"],
  ]);
});

test("a named script is checked by its first line, and a part that cannot be read is said to be unchecked", async (t) => {
  const folder = folderWith(t, {
    start: `#!/bin/sh\n${privileged}`,
    "clean.sh": "rm -rf build\n",
    "half.sh": `${privileged}if true; then\n`,
  });
  const named = ["start", "clean.sh", "half.sh"].map((name) => join(folder, name));
  const { shown, notChecked } = await audit(folder, { folders: [], named });
  assert.deepEqual(shown, [
    ["clean.sh", "skipped"],
    ["half.sh", "checked", "run-privileged critical"],
    ["start", "checked", "run-privileged critical"],
  ]);
  assert.deepEqual(
    notChecked.map(({ path, reason }) => [path, reason]),
    [["half.sh", "A part of this script could not be read"]],
  );
});

test("PowerShell is read by its suffix, and files that the configuration names as scripts", async (t) => {
  const folder = folderWith(t, {
    "up.ps1": "docker run -d `\r\n  --privileged `\r\n  app:1\r\n",
    "other.ps1": "Get-ChildItem\n",
    "deploy/start.run": privileged,
    "deploy/empty.run": "true\n",
    "deploy/start.txt": privileged,
    ".github/workflows/ci.yml":
      "jobs:\n  a:\n    runs-on: windows-latest\n    steps:\n      - run: |\n          docker run -d `\n            --privileged app:1\n",
    "plimsoll.yaml": "files:\n  commands: ['deploy/*.run']\n",
  });
  const { shown } = await audit(folder);
  assert.deepEqual(shown, [
    [".github/workflows/ci.yml", "checked", "run-privileged high"],
    ["deploy/empty.run", "checked"],
    ["deploy/start.run", "checked", "run-privileged critical"],
    ["plimsoll.yaml", "checked"],
    ["up.ps1", "checked", "run-privileged critical"],
  ]);
});
