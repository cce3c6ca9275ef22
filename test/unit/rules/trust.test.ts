import assert from "node:assert/strict";
import test from "node:test";
import { parseDockerfile } from "../../../server/src/documents/dockerfile/parse";
import type { ShellCommand } from "../../../server/src/documents/shell/model";
import { analyse } from "../../../server/src/engine/analyse";
import { rules } from "../../../server/src/rules/index";
import { environmentSettings } from "../../../server/src/rules/shared/environmentSettings";
import { isLocalAddress, isPrivateAddress, webAddressesOf } from "../../../server/src/rules/shared/fetches";
import { gitPinOf, gitPinOfAddress } from "../../../server/src/rules/shared/gitReferences";
import { putsToUse, storedFiles } from "../../../server/src/rules/shared/unpacking";
import { verifies } from "../../../server/src/rules/shared/verification";
import { inputFor } from "../../support/check";

function commandsIn(script: string): readonly ShellCommand[] {
  const run = parseDockerfile(`FROM debian:13\nRUN ${script}\n`).instructions[1];
  return run?.keyword === "RUN" ? run.script.commands : [];
}

function firstIn(script: string): ShellCommand {
  const command = commandsIn(script)[0];
  assert.ok(command);
  return command;
}

const commit = "0123456789abcdef".repeat(3).slice(0, 40);

const pins: readonly (readonly [name: string | undefined, pin: string])[] = [
  [undefined, "none"],
  ["", "none"],
  [commit, "commit"],
  ["0a1b2c3", "version"],
  ["v1.2.3", "version"],
  ["release-7", "version"],
  ["$VERSION", "version"],
  ["refs/tags/stable", "version"],
  ["main", "branch"],
  ["refs/heads/main", "branch"],
  ["feature/login", "branch"],
];

for (const [name, pin] of pins) {
  test(`the git reference ${name ?? "that is missing"} is a ${pin}`, () => {
    assert.equal(gitPinOf(name), pin);
  });
}

test("an address of a repository is pinned by fragment or query", () => {
  const address = "https://example.com/a.git";
  assert.equal(gitPinOfAddress(address), "none");
  assert.equal(gitPinOfAddress(`${address}#${commit}:docs`), "commit");
  assert.equal(gitPinOfAddress(`${address}#:docs`), "none");
  assert.equal(gitPinOfAddress(`${address}?tag=v1&checksum=${commit}`), "commit");
  assert.equal(gitPinOfAddress(`${address}?branch=v1`), "branch");
  assert.equal(gitPinOfAddress(`${address}?ref=main`), "branch");
});

test("addresses are told apart by where they lead", () => {
  for (const url of ["http://localhost:8080/x", "https://127.0.0.1/", "http://[::1]:80/", "http://0.0.0.0"]) {
    assert.ok(isLocalAddress(url), url);
    assert.ok(isPrivateAddress(url), url);
  }
  for (const url of ["http://mirror/x", "http://10.1.2.3/", "http://172.16.0.1", "http://a.internal/"]) {
    assert.ok(!isLocalAddress(url), url);
    assert.ok(isPrivateAddress(url), url);
  }
  for (const url of [
    "http://example.com",
    "http://localhost.example.com/",
    "http://172.32.0.1/",
    "http://user@example.com/",
    "http://$HOST/x",
    "http://mirror$N",
  ])
    assert.ok(!isPrivateAddress(url), url);
});

test("a variable at the end of an address does not make its host a private one", () => {
  const [address] = webAddressesOf(firstIn("curl http://mirror$N.example.com/x"));
  assert.equal(address?.url, "http://mirror$");
  assert.deepEqual(
    webAddressesOf(firstIn("curl -e http://a.example --url https://b.example")).map(({ url }) => url),
    ["https://b.example"],
  );
});

const checks: readonly (readonly [script: string, verifies: boolean])[] = [
  ['echo "0123  x" | sha256sum -c -', true],
  ["sha256sum x", false],
  ["sha256sum x | grep -q 0123", true],
  ['[ "$(sha512sum x)" = "$SUM  x" ]', true],
  ["gpg --batch --verify x.asc x", true],
  ["gpg --import key.asc", false],
  ["cosign verify-blob --signature x.sig x", true],
  ["openssl dgst -sha256 -verify key.pem -signature x.sig x", true],
  ["openssl genrsa 2048", false],
  ["rpm --checksig x.rpm", true],
];

for (const [script, expected] of checks) {
  test(`${script} ${expected ? "checks" : "does not check"} something`, () => {
    assert.equal(commandsIn(script).some(verifies), expected);
  });
}

test("the name of a downloaded file is known", () => {
  assert.deepEqual(storedFiles(firstIn("curl -o /usr/bin/tool https://example.com/x")), ["tool"]);
  assert.deepEqual(storedFiles(firstIn("curl -LO https://example.com/x-$V.tgz?raw=1")), ["x-$V.tgz"]);
  assert.deepEqual(storedFiles(firstIn("curl -s https://example.com/x > y")), ["y"]);
  assert.deepEqual(storedFiles(firstIn("curl -s https://example.com/x")), []);
  assert.deepEqual(storedFiles(firstIn("wget -qO- https://example.com/x")), []);
  assert.deepEqual(storedFiles(firstIn("wget -q https://example.com/d/x.zip")), ["x.zip"]);
});

test("unpacking, installing, running and making executable put a file to use", () => {
  for (const script of [
    "tar -xzf /tmp/x.tgz",
    "tar -xzf *.tgz",
    "dpkg -i ./x.tgz",
    "chmod 755 x.tgz",
    "sh x.tgz",
    "./x.tgz --yes",
    "mv x.tgz /usr/local/bin/",
  ])
    assert.ok(putsToUse(firstIn(script), "x.tgz"), script);
  for (const script of ["rm x.tgz", "chmod 644 x.tgz", "mv x.tgz /data/", "tar -xzf y.tgz", "cat x.tgz"])
    assert.ok(!putsToUse(firstIn(script), "x.tgz"), script);
});

test("a variable is found wherever it is set", () => {
  const source = `FROM debian:13
ENV X=1 Y=2
ARG X
ARG X=$UNKNOWN
RUN X=3 make && export X=4 && env X=5 make && echo X=6
`;
  const found = environmentSettings(parseDockerfile(source), ["X"]);
  assert.deepEqual(
    found.map(({ by, value, fixes }) => [by, value, fixes.length]),
    [
      ["ENV", "1", 1],
      ["ARG", undefined, 1],
      ["command", "3", 1],
      ["command", "4", 0],
      ["command", "5", 1],
    ],
  );
});

const gradings: readonly (readonly [rule: string, lines: string, severity: string])[] = [
  ["apk-allow-untrusted", "RUN apk add --allow-untrusted tool", "high"],
  ["apk-allow-untrusted", "RUN apk add --allow-untrusted /tmp/tool.apk", "medium"],
  ["apt-source-trusted-yes", "RUN echo 'deb [trusted=yes] http://a.example ./' > /x", "high"],
  ["apt-source-trusted-yes", "RUN echo 'deb [trusted=yes] file:/repo ./' > /x", "low"],
  ["repo-file-gpgcheck-0", "RUN printf 'repo_gpgcheck=1\\ngpgcheck=0\\n' > /x", "low"],
  ["apt-key-add-unverified", "RUN curl https://a.example/k | gpg --dearmor > /k", "low"],
  ["go-sumdb-disabled", "ENV GOINSECURE=git.example.com", "low"],
  ["go-sumdb-disabled", "ENV GOINSECURE=*", "medium"],
  ["ssh-host-key-checking-disabled", "RUN ssh-keyscan a.example >> /root/.ssh/known_hosts", "medium"],
  ["extra-index-dependency-confusion", "RUN pip install --extra-index-url https://pypi.nvidia.com a", "low"],
  ["package-source-insecure-proxy", "ARG http_proxy=http://a.example", "low"],
];

for (const [id, lines, severity] of gradings) {
  test(`${id} is ${severity} for ${lines}`, () => {
    const rule = rules.find((candidate) => candidate.id === id);
    assert.ok(rule);
    const { findings } = analyse(inputFor(rule, `FROM debian:13\n${lines}\n`));
    assert.deepEqual(
      findings.map((finding) => finding.severity),
      [severity],
    );
  });
}

const ends: readonly (readonly [image: string, today: string, severity: string | undefined])[] = [
  ["debian:9", "2017-07-01", undefined],
  ["debian:11", "2025-01-01", "low"],
  ["node:14", "2023-06-01", "medium"],
  ["node:14", "2026-11-21", "high"],
  ["gradle:7.6", "2026-11-21", "medium"],
];

for (const [image, today, severity] of ends) {
  test(`base-image-end-of-life gives ${severity ?? "nothing"} for ${image} on ${today}`, () => {
    const rule = rules.find((candidate) => candidate.id === "base-image-end-of-life");
    assert.ok(rule);
    const { findings } = analyse(inputFor(rule, `FROM ${image}\n`, { today }));
    assert.deepEqual(
      findings.map((finding) => finding.severity),
      severity === undefined ? [] : [severity],
    );
  });
}
