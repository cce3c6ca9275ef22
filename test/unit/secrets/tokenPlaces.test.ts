import assert from "node:assert/strict";
import test from "node:test";
import type { Rule } from "../../../server/src/engine/rule";
import composeKnownToken from "../../../server/src/rules/compose/compose-known-token-literal";
import knownToken from "../../../server/src/rules/dockerfile/known-token-literal";
import { tokenFormats } from "../../../server/src/rules/shared/secrets/tokenFormats";
import { findTokens } from "../../../server/src/rules/shared/secrets/tokens";
import { findingsOf, inputFor } from "../../support/check";
import { tokenOf } from "../../support/tokenSamples";

const reported = (rule: Rule, source: string) => findingsOf(rule, inputFor(rule, source)).length;

const places: Readonly<Record<string, (token: string) => string>> = {
  ENV: (token) => `FROM debian:12\nENV SOMETHING="${token}"\n`,
  ARG: (token) => `ARG SOMETHING=${token}\nFROM debian:12\n`,
  RUN: (token) => `FROM debian:12\nRUN tool '${token}' && make\n`,
  "exec form": (token) => `FROM debian:12\nCMD ["tool", "--with=${token}"]\n`,
  heredoc: (token) => `FROM debian:12\nRUN <<EOF\ntool ${token}\nEOF\n`,
  LABEL: (token) => `FROM debian:12\nLABEL a.b="${token}"\n`,
  "heredoc of COPY": (token) => `FROM debian:12\nCOPY <<EOF /etc/x\nkey: ${token}\nEOF\n`,
  comment: (token) => `FROM debian:12\n# docker build --build-arg X=${token} .\nRUN make\n`,
};

test("a token of every format is reported in every place of a Dockerfile", () => {
  for (const format of tokenFormats) {
    const { written } = tokenOf(format);
    for (const [place, sourceWith] of Object.entries(places))
      assert.equal(reported(knownToken, sourceWith(written)), 1, `${format.id} in ${place}`);
  }
});

test("a token of every format is reported in a Compose file's environment", () => {
  for (const format of tokenFormats) {
    const { written } = tokenOf(format);
    for (const source of [
      `services:\n  a:\n    image: a:1\n    environment:\n      X: "${written}"\n`,
      `services:\n  a:\n    image: a:1\n    environment:\n      - "X=${written}"\n`,
      `services:\n  a:\n    image: a:1\n    command: ["tool", "${written}"]\n`,
    ])
      assert.equal(reported(composeKnownToken, source), 1, format.id);
  }
});

test("the beginning of a token is none, and neither is one whose characters are all the same", () => {
  for (const format of tokenFormats) {
    const { written } = tokenOf(format);
    const start = written.indexOf(format.prefix) + format.prefix.length;
    // With some formats the fixed part comes last.
    const left = format.lead === undefined ? start + 3 : written.length / 2;
    assert.deepEqual(findTokens(`X=${written.slice(0, left)}\n`), [], `${format.id}, cut off`);
    for (const filler of ["x", "X", "0"]) {
      const fill = (text: string) => text.replace(/[A-Za-z0-9]/g, filler);
      const before = start - format.prefix.length;
      const placeholder = fill(written.slice(0, before)) + format.prefix + fill(written.slice(start));
      assert.deepEqual(findTokens(`X=${placeholder}\n`), [], `${format.id} of ${filler}`);
    }
    assert.deepEqual(findTokens(`X=${format.prefix}<your-token>\n`), [], `${format.id}, to be filled in`);
  }
});
