import assert from "node:assert/strict";
import test from "node:test";
import type { Finding } from "../../../server/src/engine/finding";
import { rules } from "../../../server/src/rules/index";
import { applyEdits } from "../../../server/src/text/edit";
import { findingsOf, inputFor } from "../../support/check";

function findings(id: string, text: string): readonly Finding[] {
  const rule = rules.find((candidate) => candidate.id === id);
  assert.ok(rule, `${id} is a rule`);
  return findingsOf(rule, inputFor(rule, text));
}

function fixed(id: string, text: string): string | undefined {
  const fix = findings(id, text)[0]?.fixes[0];
  return fix && applyEdits(text, fix.edits);
}

function safeties(id: string, text: string): readonly string[] {
  return findings(id, text).flatMap(({ fixes }) => fixes.map(({ safety }) => safety));
}

test("a fix is safe only where nothing else can depend on what it takes away", () => {
  assert.deepEqual(safeties("clean-dnf", "FROM fedora:42\nRUN dnf install -y git\n"), ["safe"]);
  assert.deepEqual(safeties("clean-apt", "FROM debian:12\nRUN apt-get update\n"), ["unsafe"]);
  assert.deepEqual(safeties("clean-apk", "FROM alpine:3.21\nRUN apk add git && apk add -U curl\n"), [
    "safe",
    "unsafe",
  ]);
});

test("wget's option is safe only where wget is known to have it", () => {
  const on = (image: string) => safeties("wget-progress", `FROM ${image}\nRUN wget https://example.com/x\n`);
  assert.deepEqual(on("debian:12"), ["safe"]);
  assert.deepEqual(on("python:3.13-slim"), ["safe"]);
  assert.deepEqual(on("alpine:3.21"), ["unsafe"]);
  assert.deepEqual(on("registry.example.com/base:1"), ["unsafe"]);
});

test("a command is appended in the step's own layout, line breaks included", () => {
  const source = "FROM fedora:42\r\nRUN dnf upgrade -y && \\\r\n\tdnf install -y git\r\nUSER app\r\n";
  assert.equal(
    fixed("clean-dnf", source),
    "FROM fedora:42\r\nRUN dnf upgrade -y && \\\r\n\tdnf install -y git \\\r\n\t&& dnf clean all\r\nUSER app\r\n",
  );
  assert.equal(
    fixed("clean-dnf", "# escape=`\nFROM fedora:42\nRUN dnf install -y `\n  git\n"),
    "# escape=`\nFROM fedora:42\nRUN dnf install -y `\n  git `\n  && dnf clean all\n",
  );
});

test("nothing is appended behind what no command can follow", () => {
  const endings = [
    "dnf install -y git # why",
    "dnf install -y git;",
    "dnf install -y git &",
    "dnf install -y git; exit 0",
  ];
  for (const ending of endings)
    assert.equal(fixed("clean-dnf", `FROM fedora:42\nRUN ${ending}\n`), undefined, ending);
  assert.equal(
    fixed("clean-dnf", "FROM fedora:42\nRUN if true; then dnf install -y git; fi\n"),
    "FROM fedora:42\nRUN if true; then dnf install -y git; fi && dnf clean all\n",
  );
});

test("a cache that is emptied by a function or by its own folder counts as emptied", () => {
  const steps = [
    "clean() { rm -rf /var/lib/apt/lists/*; }; apt-get update; clean",
    "apt-get update && rm -rf /tmp/* '/var/lib/apt/lists'/* /var/lib/apt/lists/",
    "apt-get update && find /var/lib/apt/lists -type f -delete",
    "apt-get update && rm -rf /var/lib/{apt,dpkg,cache}/",
  ];
  for (const step of steps)
    assert.deepEqual(findings("clean-apt", `FROM debian:12\nRUN ${step}\n`), [], step);
  assert.equal(
    findings("clean-apt", "FROM debian:12\nRUN apt-get update && rm -rf /var/lib/apt/lists/partial\n").length,
    1,
  );
});

test("pipes from outside are low, others advice, and a download is marked before them", () => {
  const [finding] = findings("pipe-without-pipefail", "FROM debian:12\nRUN ls | wc && curl x | tar x\n");
  assert.equal(finding?.severity, "low");
  assert.match(finding?.message ?? "", /curl/);
  assert.equal(findings("pipe-without-pipefail", "FROM debian:12\nRUN ls | wc\n")[0]?.severity, "info");
});

test("copied history is low, other leftovers are advice", () => {
  const severities = findings("leftover-files-in-image", "FROM node:22\nCOPY .git .vscode /app/\n").map(
    ({ severity }) => severity,
  );
  assert.deepEqual(severities, ["low", "info"]);
});

test("a long line is broken only where every part is then short enough", () => {
  const long = "x".repeat(70);
  assert.equal(
    fixed("long-or-unsorted-run", `FROM debian:12\nRUN a ${long} && b ${long}\n`),
    `FROM debian:12\nRUN a ${long} \\\n    && b ${long}\n`,
  );
  assert.equal(fixed("long-or-unsorted-run", `FROM debian:12\nRUN a && b ${long} ${long}\n`), undefined);
});

test("each of a thousand steps is judged", () => {
  const text = `FROM debian:12\n${"RUN apt-get update && curl x | tar x; cd a && pip install -r r.txt\n".repeat(1000)}`;
  assert.equal(findings("clean-apt", text).length, 1000);
  assert.equal(findings("clean-pip", text).length, 1000);
  assert.equal(findings("pipe-without-pipefail", text).length, 1000);
});
