import assert from "node:assert/strict";
import test from "node:test";
import { plimsoll } from "../../support/cliProcess";
import { folderWith } from "../../support/folder";

test("check --scan-results: what a scanner said stands on the image, and who was not scanned is told", async (t) => {
  const scan = (name: string, severity: string) =>
    JSON.stringify({
      ...{ ArtifactName: name, ArtifactType: "container_image", Metadata: {} },
      Results: [{ Vulnerabilities: [{ VulnerabilityID: "CVE-1", PkgName: "a", Severity: severity }] }],
    });
  const folder = folderWith(t, {
    Dockerfile: "FROM node:22\nFROM debian:12\nFROM alpine:3\nUSER 1\n",
    "compose.yaml": "services:\n  a:\n    image: docker.io/library/node:22\n",
    "node.json": scan("node:22", "CRITICAL"),
    "debian.json": scan("debian:12", "LOW"),
    "other.json": "{}",
  });
  const args = ["check", "--rule", "base-image-vulnerable", "--rule", "compose-image-vulnerable"];
  const ended = await plimsoll(folder, [
    ...args,
    ...["--format", "json", "--scan-results", "node.json", "--scan-results", "debian.json"],
  ]);
  assert.deepEqual([ended.code, ended.sockets], [1, []]);
  const result = JSON.parse(ended.out) as {
    findings: { path: string; message: string; severity: string }[];
    notChecked: { path: string; reason: string }[];
  };
  assert.deepEqual(
    result.findings.map(({ path, message, severity }) => [path, severity, message]),
    [
      ["Dockerfile", "high", "node:22 has 1 critical and 0 high vulnerabilities, 0 fixable (Trivy)"],
      ["compose.yaml", "high", "node:22 has 1 critical and 0 high vulnerabilities, 0 fixable (Trivy)"],
    ],
  );
  assert.deepEqual(
    result.notChecked.map(({ path, reason }) => `${path}: ${reason}`),
    ["Dockerfile: alpine:3 was not scanned: no scan result is about it"],
  );
  for (const file of ["other.json", "missing.json", "Dockerfile"])
    assert.equal((await plimsoll(folder, [...args, "--scan-results", file])).code, 2, file);
});
