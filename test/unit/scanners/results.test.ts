import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { imageKey, parseScanResult } from "../../../server/src/scanners/results";

const samples = join(__dirname, "../../../../shared/reference/data/scanner-samples");

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
  assert.equal(read("snyk-container-results.json"), "it is no result of Trivy or Grype in JSON");
  // As a person reads them off the samples.
  assert.deepEqual(live.found, { scanner: "Trivy", critical: 0, high: 1, fixable: 1 });
  assert.deepEqual(grype.found, { scanner: "Grype", critical: 1, high: 0, fixable: 0 });
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
  assert.deepEqual(trivy, {
    images: ["docker.io/library/node:22"],
    found: { scanner: "Trivy", critical: 2, high: 1, fixable: 2 },
  });
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
  assert.deepEqual(grype, {
    images: ["docker.io/library/node:22"],
    found: { scanner: "Grype", critical: 1, high: 1, fixable: 1 },
  });
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
