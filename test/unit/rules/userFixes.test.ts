import assert from "node:assert/strict";
import test from "node:test";
import { rules } from "../../../server/src/rules/index";
import { applyEdits } from "../../../server/src/text/edit";
import { findingsOf, inputFor } from "../../support/check";

/** The text after the first fix of the only finding of a rule. */
function fixed(id: string, source: string): string {
  const rule = rules.find((one) => one.id === id);
  assert.ok(rule);
  const found = findingsOf(rule, inputFor(rule, source));
  assert.equal(found.length, 1);
  const fix = found[0]?.fixes[0];
  assert.ok(fix, "there is a fix");
  assert.equal(fix.safety, "unsafe");
  return applyEdits(source, fix.edits);
}

const missing = (source: string) => fixed("missing-user-instruction", source);

test("the user is made in the dialect of the base image", () => {
  assert.match(
    missing("FROM alpine:3.21\nCMD x\n"),
    /\nRUN addgroup -S app && adduser -S -G app app\nUSER app\nCMD x\n$/,
  );
  assert.match(
    missing("FROM rockylinux:9\nCMD x\n"),
    /\nRUN groupadd --system app && useradd .* app\nUSER app\nCMD x\n$/,
  );
  assert.match(
    missing("FROM busybox:1.37\nCMD x\n"),
    /\nRUN addgroup -S app && adduser -S -D -H -G app app\nUSER app\nCMD x\n$/,
  );
  assert.match(missing('FROM scratch\nCMD ["/x"]\n'), /\nUSER 65532:65532\nCMD/);
});

test("a user that the file makes is taken, whatever options stand before its name", () => {
  for (const line of [
    "useradd -m -u 1000 -s /bin/bash sailor",
    "groupadd -r crew && useradd --system --gid crew --comment 'a sailor' sailor",
    "adduser --disabled-password --gecos '' sailor",
    "adduser -D -h /home/sailor sailor && adduser sailor crew",
  ]) {
    assert.match(missing(`FROM debian:12\nRUN ${line}\nCMD x\n`), /\nUSER sailor\nCMD x\n$/, line);
  }
});

test("a second root is not taken", () => {
  assert.match(missing("FROM debian:12\nRUN useradd -o -u 0 toor\nCMD x\n"), /useradd --system --gid app/);
});

test("a variable of the shell means nothing to USER", () => {
  assert.match(missing("FROM debian:12\nRUN U=x; useradd $U\nCMD x\n"), /useradd --system --gid app/);
});

test("the place is above CMD, its comments and what the file ends with", () => {
  assert.match(
    missing("FROM node:22\nCOPY . .\nEXPOSE 80\n\n# one\n# two\nCMD x"),
    /EXPOSE 80\n\nUSER node\n# one\n# two\nCMD x$/,
  );
  assert.match(
    missing("FROM node:22\r\nCOPY . .\r\nENTRYPOINT x\r\nCMD y\r\n"),
    /COPY \. \.\r\nUSER node\r\nENTRYPOINT x\r\nCMD y\r\n$/,
  );
  assert.match(missing("FROM node:22\nCMD x\nRUN late"), /CMD x\nRUN late\nUSER node$/);
});

test("no fix where the last line is half typed", () => {
  const rule = rules.find((one) => one.id === "missing-user-instruction");
  assert.ok(rule);
  const found = findingsOf(rule, inputFor(rule, "FROM debian:12\nRUN apt-get \\"));
  assert.deepEqual(
    found.map(({ fixes }) => fixes),
    [[]],
  );
});

test("a user that root was switched from is restored", () => {
  const text = "FROM debian:12\nUSER sailor\nRUN a\nUSER root\nRUN b\nCMD x\n";
  assert.equal(fixed("final-stage-user-root", text), text.replace("CMD", "USER sailor\nCMD"));
});
