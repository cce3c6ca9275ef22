import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import type { Vulnerabilities } from "../../../server/src/engine/facts";
import { imageKey, parseScanResult } from "../../../server/src/scanners/results";

function countsOf({ scanner, critical, high, fixable }: Vulnerabilities): readonly unknown[] {
  return [scanner, critical, high, fixable];
}

const samples = join(__dirname, "../../../../shared/reference/data/scanner-samples");

test("what a real Trivy said of a small Debian with a database made by hand", () => {
  const live = parseScanResult(readFileSync(join(__dirname, "live/trivy-debian.json"), "utf8"));
  assert.ok(typeof live !== "string", String(live));
  assert.match(live.images[0] ?? "", /^127\.0\.0\.1:5771\/team\/debian@sha256:/);
  // openssl and libssl3 have both holes of openssl; that of bash has no fix, and its other one is low.
  assert.deepEqual(countsOf(live.found), ["Trivy", 2, 3, 4]);
  assert.deepEqual(
    live.found.worst?.map(({ id, package: name, fixed }) => [id, name, fixed]),
    [
      ["CVE-2099-0001", "libssl3", "3.0.13-1~deb12u1"],
      ["CVE-2099-0001", "openssl", "3.0.13-1~deb12u1"],
      ["CVE-2099-0002", "libssl3", "3.0.15-1~deb12u1"],
      ["CVE-2099-0002", "openssl", "3.0.15-1~deb12u1"],
      ["CVE-2099-0003", "bash", undefined],
    ],
  );
});

test("real results of Trivy and Grype", (t) => {
  if (!existsSync(samples)) return t.skip("../shared is missing: no samples of scanners");
  const read = (name: string) => parseScanResult(readFileSync(join(samples, name), "utf8"));
  const alpine = read("trivy-alpine-310.json");
  assert.ok(typeof alpine !== "string", String(alpine));
  assert.deepEqual(alpine.images, ["ghcr.io/aquasecurity/trivy-test-images:alpine-310"]);
  const live = read("trivy-live-local-registry.json");
  assert.ok(typeof live !== "string", String(live));
  assert.deepEqual(live.images, [
    "127.0.0.1:5000/team/deb:12",
    "127.0.0.1:5000/team/deb@sha256:62152cc6b5569d78ca4ab1c242854012f26af8b347f4bcfbfc3567697fc9d16d",
  ]);
  const grype = read("grype-image.json");
  assert.ok(typeof grype !== "string", String(grype));
  assert.equal(read("trivy-dockerfile.json"), "it is no result about an image");
  const snyk = read("snyk-container-results.json");
  assert.ok(typeof snyk !== "string", String(snyk));
  // As a person reads them off the samples.
  assert.deepEqual(countsOf(live.found), ["Trivy", 0, 1, 1]);
  assert.deepEqual(countsOf(grype.found), ["Grype", 1, 0, 0]);
  assert.deepEqual(countsOf(snyk.found), ["Snyk", 0, 3, 3]);
});

test("each vulnerability of a package counts once, and grave ones with a fix are told apart", () => {
  const entry = (id: string, pkg: string, severity: string, fixed?: string) => ({
    ...{ VulnerabilityID: id, PkgName: pkg, Severity: severity },
    ...(fixed !== undefined && { FixedVersion: fixed }),
  });
  const trivy = parseScanResult(
    JSON.stringify({
      ...{ ArtifactName: "node:22", ArtifactType: "container_image", Metadata: {} },
      Results: [
        {
          Vulnerabilities: [
            entry("CVE-1", "openssl", "CRITICAL", "2"),
            entry("CVE-1", "openssl", "CRITICAL", "2"),
            entry("CVE-1", "libssl", "CRITICAL"),
            entry("CVE-2", "openssl", "HIGH", "2"),
            entry("CVE-3", "openssl", "LOW", "2"),
          ],
        },
        { Target: "nothing" },
      ],
    }),
  );
  assert.ok(typeof trivy !== "string", String(trivy));
  assert.deepEqual(trivy.images, ["docker.io/library/node:22"]);
  assert.deepEqual(countsOf(trivy.found), ["Trivy", 2, 1, 2]);
  // The critical ones first, and of those what can be closed.
  assert.deepEqual(
    trivy.found.worst?.map(({ id, package: name, fixed }) => [id, name, fixed]),
    [
      ["CVE-1", "openssl", "2"],
      ["CVE-1", "libssl", undefined],
      ["CVE-2", "openssl", "2"],
    ],
  );
  const grype = parseScanResult(
    JSON.stringify({
      source: { type: "image", target: { userInput: "node:22", tags: ["node:22"], repoDigests: [7] } },
      matches: [
        {
          vulnerability: { id: "CVE-1", severity: "Critical", fix: { state: "fixed" } },
          artifact: { name: "a" },
        },
        {
          vulnerability: { id: "CVE-2", severity: "High", fix: { state: "not-fixed" } },
          artifact: { name: "a" },
        },
      ],
    }),
  );
  assert.ok(typeof grype !== "string", String(grype));
  assert.deepEqual(grype.images, ["docker.io/library/node:22"]);
  assert.deepEqual(countsOf(grype.found), ["Grype", 1, 1, 1]);
});

test("real SARIF of Trivy, Grype and Snyk", (t) => {
  if (!existsSync(samples)) return t.skip("../shared is missing: no samples of scanners");
  const read = (name: string) => parseScanResult(readFileSync(join(samples, name), "utf8"));
  const trivy = read("trivy-alpine-310.sarif");
  assert.ok(typeof trivy !== "string", String(trivy));
  assert.deepEqual(trivy.images, ["ghcr.io/aquasecurity/trivy-test-images:alpine-310"]);
  // All four are of medium severity.
  assert.deepEqual(countsOf(trivy.found), ["Trivy", 0, 0, 0]);
  const grype = read("grype-image.sarif");
  assert.ok(typeof grype !== "string", String(grype));
  assert.deepEqual(countsOf(grype.found), ["Grype", 1, 0, 0]);
  assert.deepEqual(grype.found.worst, [
    {
      id: "CVE-1999-0002-package-2",
      package: "package-2",
      installed: "2.2.2",
      fixed: undefined,
      severity: "critical",
    },
  ]);
  const snyk = read("snyk-container.sarif");
  assert.ok(typeof snyk !== "string", String(snyk));
  assert.deepEqual([snyk.images, countsOf(snyk.found)], [[], ["Snyk", 0, 0, 0]]);
});

test("SARIF as Docker Scout writes it: severity, package and remedy stand in its rules", () => {
  const rule = (id: string, properties: object) => ({ id, name: "OsPackageVulnerability", properties });
  const scout = parseScanResult(
    JSON.stringify({
      version: "2.1.0",
      runs: [
        {
          tool: {
            driver: {
              name: "docker scout",
              version: "1.21.0",
              rules: [
                rule("CVE-2023-1", {
                  ...{ cvssV3_severity: "CRITICAL", fixed_version: "3.0.8-r1", "security-severity": "9.8" },
                  purls: ["pkg:alpine/alpine/openssl@3.0.7-r0?os_name=alpine&os_version=3.17"],
                }),
                rule("CVE-2023-2", {
                  ...{
                    cvssV3_severity: "UNSPECIFIED",
                    fixed_version: "not fixed",
                    "security-severity": "7.5",
                  },
                  purl: "pkg:maven/com.example/xstream@1.4.5",
                }),
                rule("CVE-2023-3", { cvssV3_severity: "LOW", fixed_version: "2" }),
              ],
            },
          },
          results: ["CVE-2023-1", "CVE-2023-2", "CVE-2023-3", "CVE-2023-1"].map((ruleId) => ({
            ...{ ruleId, level: "error", message: { text: "Vulnerability" } },
          })),
        },
      ],
    }),
  );
  assert.ok(typeof scout !== "string", String(scout));
  assert.deepEqual([scout.images, countsOf(scout.found)], [[], ["Docker Scout", 1, 1, 1]]);
  assert.deepEqual(scout.found.worst, [
    { id: "CVE-2023-1", package: "openssl", installed: "3.0.7-r0", fixed: "3.0.8-r1", severity: "critical" },
    { id: "CVE-2023-2", package: "xstream", installed: "1.4.5", fixed: undefined, severity: "high" },
  ]);
});

test("what a scanner says cannot write escape sequences, line breaks or pages of text", () => {
  const result = parseScanResult(
    JSON.stringify({
      ...{ ArtifactName: "node:22", ArtifactType: "container_image" },
      Results: [
        {
          Vulnerabilities: [
            { VulnerabilityID: "\u001b[31mCVE-1\n", PkgName: "a".repeat(1_000), Severity: "HIGH" },
          ],
        },
      ],
    }),
  );
  assert.ok(typeof result !== "string", String(result));
  const [worst] = result.found.worst ?? [];
  assert.deepEqual([worst?.id, worst?.package.length], ["[31mCVE-1", 100]);
});

test("what is no result is refused, and names are normalised", () => {
  for (const text of ["", "[]", "{}", '{"matches":7}', '{"ArtifactName":"x"}', "null"])
    assert.equal(typeof parseScanResult(text), "string", text);
  assert.equal(imageKey("node"), "docker.io/library/node:latest");
  assert.equal(imageKey("docker.io/library/node:22"), imageKey("node:22"));
  const digest = `sha256:${"a".repeat(64)}`;
  assert.equal(imageKey(`node:22@${digest}`), `docker.io/library/node@${digest}`);
  assert.equal(imageKey("testdata/image.tar.gz!"), undefined);
});
