import assert from "node:assert/strict";
import test from "node:test";
import { parseDockerfile } from "../../../server/src/documents/dockerfile/parse";
import { parseImageReference } from "../../../server/src/documents/imageReference";
import { rules } from "../../../server/src/rules/index";
import { distributionOf } from "../../../server/src/rules/shared/distributions";
import { movingTag } from "../../../server/src/rules/shared/movingTags";
import { parsePlatform } from "../../../server/src/rules/shared/platforms";
import { variableUsesOf } from "../../../server/src/rules/shared/variableUses";
import { findingsOf, inputFor } from "../../support/check";

/** The lines, from 1, at which a rule reports something, with severities. */
function linesOf(id: string, source: string): readonly string[] {
  const rule = rules.find((one) => one.id === id);
  assert.ok(rule, `there is a rule ${id}`);
  const before = (offset: number) => source.slice(0, offset).split("\n").length;
  return findingsOf(rule, inputFor(rule, source)).map(
    ({ span, severity }) => `${before(span.start)} ${severity}`,
  );
}

const uses: readonly (readonly [when: string, line: string, names: readonly string[]])[] = [
  ["both spellings", "ENV A=$B/${C}", ["B", "C"]],
  ["quotes", `ENV A="$B" C='$D' E=\\$F`, ["B"]],
  ["an apostrophe within double quotes", `LABEL a="it's $B" c=$D`, ["B", "D"]],
  ["nested defaults", "ENV A=${B:-${C-$D}}", ["B", "C", "D"]],
  ["flags that the builder expands", "COPY --from=$A --chown=$B --chmod=${C} x /x", ["B", "C"]],
  ["the strings of an exec form", 'VOLUME ["$A", "/x"]', ["A"]],
  ["names of other scripts end at a sign", "WORKDIR $A-$B.$C/d", ["A", "B", "C"]],
  ["positions and special parameters", "LABEL a=$1$@$$", []],
  ["a modifier that the builder refuses", "USER ${a:b}", []],
  ["what a shell expands", "RUN echo $A", []],
  ["a comment within a continued value", "ENV A=b\\\n# $C\n$D", ["D"]],
  ["a half-typed brace", "ENV A=${B", []],
];

for (const [when, line, names] of uses) {
  test(`the variables of an instruction: ${when}`, () => {
    const document = parseDockerfile(`FROM a:1\n${line}`);
    const found = variableUsesOf(document, document.instructions[1]!);
    assert.deepEqual(
      found.map(({ name }) => name),
      names,
    );
    for (const { name, span } of found) assert.equal(document.text.slice(span.start, span.end), name);
  });
}

test("platforms are read in all their spellings", () => {
  const shown = (text: string) => {
    const platform = parsePlatform(text);
    return platform && [platform.os, platform.architecture, platform.variant];
  };
  assert.deepEqual(shown("linux/arm64/v8"), ["linux", "arm64", "v8"]);
  assert.deepEqual(shown("Linux/x86_64"), ["linux", "amd64", undefined]);
  assert.deepEqual(shown("aarch64"), ["linux", "arm64", undefined]);
  assert.deepEqual(shown("linux/arm"), ["linux", "arm", "v7"]);
  assert.deepEqual(shown("windows"), ["windows", "", undefined]);
  for (const none of ["", "nonsense", "a/b/c/d", "linux/", "linux amd64"])
    assert.equal(shown(none), undefined);
});

const tags: readonly (readonly [image: string, kind: string | undefined])[] = [
  ["node:lts", "channel"],
  ["jenkins/jenkins:lts-jdk21", "channel"],
  ["cgr.dev/chainguard/node:latest-dev", "channel"],
  ["team/app:main-4f2c1aa", undefined],
  ["team/app:production", "channel"],
  ["nginx:alpine-slim", "variant"],
  ["team/app:alpine", undefined],
  ["buildpack-deps:bookworm", undefined],
  ["mcr.microsoft.com/windows/servercore:ltsc2022", undefined],
  ["mcr.microsoft.com/devcontainers/base:bookworm", undefined],
  ["python:3", "major"],
  ["python:3.13", undefined],
  ["ruby:3", undefined],
  ["almalinux:9", undefined],
  ["team/app:3", undefined],
  [`node:lts@sha256:${"0123456789abcdef".repeat(4)}`, undefined],
];

for (const [image, kind] of tags) {
  test(`whether a tag moves: ${image.slice(0, 60)}`, () => {
    const reference = parseImageReference(image);
    assert.ok(reference);
    assert.equal(movingTag(reference, "2026-11-21"), kind);
  });
}

test("a distribution is told by name, by tag, and not where neither says so", () => {
  const shown = (image: string) => {
    const { name, family } = distributionOf(parseImageReference(image)!);
    return [name, family];
  };
  assert.deepEqual(shown("ubuntu:24.04"), ["ubuntu", "debian"]);
  assert.deepEqual(shown("quay.io/centos/centos:stream9"), ["centos", "redhat"]);
  assert.deepEqual(shown("eclipse-temurin:21-jammy"), ["ubuntu", "debian"]);
  assert.deepEqual(shown("python:3.13"), [undefined, "debian"]);
  assert.deepEqual(shown("gcr.io/distroless/static"), ["distroless", "distroless"]);
  assert.deepEqual(shown("team/app:1"), [undefined, undefined]);
});

interface Case {
  readonly rule: string;
  readonly when: string;
  readonly source: string;
  readonly lines: readonly string[];
}

const cases: readonly Case[] = [
  {
    rule: "copy-root-from-stage",
    when: "no FROM yet",
    source: 'COPY --from=build "/" "/"\n',
    lines: ["1 medium"],
  },
  {
    rule: "copy-root-from-stage",
    when: "onto nothing",
    source: "FROM a:1 AS b\nFROM scratch\nCOPY --from=b / /\n",
    lines: ["3 low"],
  },
  { rule: "env-self-reference", when: "no FROM yet", source: 'ENV A="x" B="$A/$AC/y"\n', lines: ["1 low"] },
  {
    rule: "copy-from-self",
    when: "a later copy of the name",
    source: "FROM a:1 AS x\nCOPY --from=x /a /a\nFROM b:1 AS x\n",
    lines: ["2 medium"],
  },
  {
    rule: "copy-from-undefined-stage",
    when: "a stage that copies from itself is another rule's",
    source: "FROM a:1 AS x\nCOPY --from=x /a /a\nCOPY --from=0 /b /b\nCOPY --from=y /c /c\n",
    lines: ["4 medium"],
  },
  {
    rule: "from-arg-invalid-default",
    when: "a default of a default",
    source: "ARG TAG\nARG IMAGE=debian:${TAG}\nFROM ${IMAGE}\n",
    lines: ["3 low"],
  },
  {
    rule: "from-arg-invalid-default",
    when: "operators that tell unset from empty are left alone",
    source: "ARG TAG\nFROM debian:${TAG-12}\nFROM debian:1${TAG+x}\n",
    lines: [],
  },
  {
    rule: "from-undeclared-arg",
    when: "both parts of FROM, every use",
    source: "ARG MY_OS=linux\nFROM --platform=$MY_OS/$MYARCH a:$X AS b\nFROM c$Y\n",
    lines: ["2 medium", "2 medium", "3 medium"],
  },
  {
    rule: "undefined-variable",
    when: "a base image of its own may set anything",
    source: "FROM team/base:1\nCOPY $SRC $DEST\nUSER $APP\n",
    lines: [],
  },
  {
    rule: "undefined-variable",
    when: "a stage hands its variables on",
    source: "FROM scratch AS a\nARG A\nENV B=1\nFROM a\nCOPY $A $B $C /x/\n",
    lines: ["5 low"],
  },
  {
    rule: "undefined-variable",
    when: "the variables of Windows",
    source: "FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nENV X=$ProgramFiles Y=$TARGETARCH\n",
    lines: [],
  },
  {
    rule: "platform-redundant-target",
    when: "as a part",
    source: "FROM --platform=linux/${TARGETARCH} a:1\nFROM --platform=$TARGETPLATFORM-x a:1\n",
    lines: [],
  },
];

for (const { rule, when, source, lines } of cases) {
  test(`${rule}: ${when}`, () => {
    assert.deepEqual(linesOf(rule, source), lines);
  });
}
