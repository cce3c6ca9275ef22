import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { plimsoll } from "../../support/cliProcess";
import { fakeScanner, trivyBody } from "../../support/fakeScanner";
import { folderWith } from "../../support/folder";
import { putIndex, startTestRegistry } from "../../support/registry";
import { cosign, signingKey } from "../../support/signing";

test("no command connects to anything, or looks up a name, unless it is told to", async (t) => {
  const folder = folderWith(t, {
    "x/Dockerfile":
      "# syntax=docker/dockerfile:1\nFROM node:22\nADD https://example.com/a /a\nRUN curl -k http://example.com\n",
    "x/compose.yaml":
      "services:\n  a:\n    image: ghcr.io/team/app:1\n    build: https://example.com/repo.git\n",
  });
  cpSync(join(__dirname, "../../../examples"), join(folder, "examples"), { recursive: true });
  writeFileSync(join(folder, "x/plimsoll.yaml"), policy);
  writeFileSync(join(folder, "x/base.yaml"), "images: { registries: [registry.example.com] }\n");
  writeFileSync(join(folder, "trivy.json"), trivy);
  const scanner = fakeScanner(t, "trivy", trivyBody([], 0));
  for (const args of [
    ["inventory"],
    ["inventory", "--format", "csv"],
    ["compliance", "--framework", "cis-1.7"],
    ["export", "rego", "--config", "x/plimsoll.yaml"],
    ["rules"],
    ["check", "--format", "json", "--strict", "--scan-results", "trivy.json"],
    ["check", "--since", "last.json", "--remember", "--format", "json"],
    ["check", "--update-baseline"],
    ["check", "--cache"],
    ["check", "--profile", "all", "--format", "html"],
    ["check", "--profile", "all", "--format", "sarif"],
    ["fix", "--unsafe", "--dry-run"],
    ["pin", "--check"],
    ["explain", "base-image-not-pinned-by-digest"],
  ]) {
    const ended = await plimsoll(folder, args, { PATH: `${scanner.folder}:${process.env.PATH}` });
    assert.ok(ended.out.length + ended.err.length > 0, args.join(" "));
    assert.doesNotMatch(ended.err, /--help/, args.join(" "));
    assert.deepEqual(ended.sockets, [], args.join(" "));
  }
  assert.equal(readFileSync(scanner.calls, "utf8"), "");
});

test("with everything switched on, only the registry that is named is spoken to, and the scanner hears of its images alone", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const key = signingKey();
  const digest = putIndex(registry, "team/app", {}, "1");
  cosign(registry, "team/app", digest, key);
  // Its own start page, and a token server elsewhere: neither is followed.
  registry.intercept = (request, response) => {
    if (!(request.url ?? "").includes("/team/away/")) return false;
    response.writeHead(302, { location: "http://127.0.0.2:9/elsewhere" }).end();
    return true;
  };
  const folder = folderWith(t, {
    Dockerfile: `FROM ${host}/team/app:1@${digest} AS a\nFROM ${host}/team/away:1 AS b\nFROM 127.0.0.1:1/x:1 AS c\nFROM 169.254.169.254/latest/meta:1\nADD https://example.com/a /a\n`,
    "compose.yaml": `services:\n  a:\n    image: ${host}/team/app:1\n    build: https://example.com/repo.git\n`,
    ".github/workflows/ci.yml": "jobs:\n  a:\n    container: metadata.example.com/x:1\n",
    "plimsoll.yaml": `extends: [./base.yaml, "@acme/policy"]\n${policy.replace(/^extends.*\n/, "")}`,
    "base.yaml": "images: { require: { maxAge: 10 } }\n",
    "node_modules/@acme/policy/plimsoll.yaml": "images: { require: { digest: true } }\n",
    "cosign.pub": key.pem,
  });
  const scanner = fakeScanner(t, "trivy", trivyBody([], 0));
  const home = folderWith(t);
  const environment = { PATH: `${scanner.folder}:${process.env.PATH}`, HOME: home, XDG_CACHE_HOME: home };
  for (const args of [
    ["check", "--format", "html", "--scan", "trivy", "--strict"],
    ["inventory"],
    ["pin", "--check"],
  ]) {
    const ended = await plimsoll(folder, [...args, "--online", "--registry", host], environment);
    assert.deepEqual(ended.sockets, [`connect ${host}`], `${args.join(" ")}: ${ended.err}`);
  }
  const heard = readFileSync(scanner.calls, "utf8")
    .split("\n")
    .filter((line) => line.includes("/team/") || line.includes("example") || line.includes("169."));
  assert.ok(heard.length > 0);
  for (const line of heard) assert.ok(line.includes(`${host}/team/`), line);
});

const policy = `extends: ./base.yaml
images:
  require:
    vulnerabilities: true
    maxAge: 5000
    signature:
      - keys: cosign.pub
      - identities: [{ identity: "https://example.com/*", issuer: "https://issuer.example.com" }]
        images: quay.io/**
`;

const trivy = JSON.stringify({
  SchemaVersion: 2,
  ArtifactName: "node:22",
  ArtifactType: "container_image",
  Results: [],
});

test("the watch does see sockets", async (t) => {
  const folder = folderWith(t, { Dockerfile: "FROM localhost:1/x:1\n" });
  const ended = await plimsoll(folder, ["pin", "--online", "--registry", "localhost:1"]);
  assert.ok(ended.sockets.includes("connect localhost:1"), ended.sockets.join());
  assert.ok(ended.sockets.includes("lookup localhost"), ended.sockets.join());
});
