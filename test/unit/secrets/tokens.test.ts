import assert from "node:assert/strict";
import test from "node:test";
import { tokenFormats } from "../../../server/src/rules/shared/secrets/tokenFormats";
import { findTokens } from "../../../server/src/rules/shared/secrets/tokens";
import { sampleOf, tokenOf } from "../../support/tokenSamples";

test("every format finds a token of its own form, wherever it stands", () => {
  for (const format of tokenFormats) {
    const { written, token } = tokenOf(format);
    for (const [before, after] of [
      ["", ""],
      ["ENV X=", "\n"],
      ['x: "', '"'],
      ["(", ")."],
    ] as const) {
      const text = before + written + after;
      const found = findTokens(text);
      assert.equal(found.length, 1, `${format.id}: ${format.pattern.source}`);
      assert.equal(found[0]!.provider, format.provider);
      assert.equal(text.slice(found[0]!.span.start, found[0]!.span.end), token, format.id);
    }
  }
});

test("a token within a longer word is none", () => {
  const token = `ghp${"_"}${sampleOf("[A-Za-z0-9]{36}", 7)}`;
  assert.equal(findTokens(`x ${token} y`)[0]?.id, "github-personal-access-token");
  assert.deepEqual(findTokens(`x${token}`), []);
  assert.deepEqual(findTokens(`${token}abc`), []);
});

test("made-up tokens and published examples are none", () => {
  const examples = [
    `AKIA${"IOSFODNN7EXAMPLE"}`,
    `ghp_${"x".repeat(36)}`,
    `ghp_${"a".repeat(36)}`,
    `glpat-${"your-token-goes-here"}`,
    `sk-${"x".repeat(48)}`,
    `npm_${"0123456789".repeat(4).slice(0, 36)}`,
    `https://hooks.slack.com/services/T00000000/B00000000/${"X".repeat(24)}`,
    `AccountName=devstoreaccount1;AccountKey=${"Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw"}==`,
    `${"eyJ"}hbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIn0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c`,
  ];
  for (const example of examples) assert.deepEqual(findTokens(example), [], example.slice(0, 12));
});

test("words, hashes and versions of real files are none", () => {
  const text = [
    "RUN apt-get install -y key-us task-force pip-tools re_build sk-learn",
    "FROM node@sha256:0b9a4c0f3f6c6f1e3d5a7b9c1d3e5f7092b4d6f8a0c2e4f6081a3c5e7092b4d6",
    "ENV GPG_KEY=A035C8C19219BA821ECEA86B64E628F8D684696D",
    "RUN curl -fsSL https://hooks.example.com/services/a/b/c | sh",
    "ENV SKAFFOLD=SK AKIAB=1 URL=https://discord.com/api/webhooks/",
  ].join("\n");
  assert.deepEqual(findTokens(text), []);
});

test("several tokens come in the order of the text", () => {
  const one = `xoxb-${sampleOf("[0-9]{11}", 3)}-${sampleOf("[0-9A-Za-z]{24}", 5)}`;
  const two = `AIza${sampleOf("[A-Za-z0-9]{35}", 9)}`;
  const found = findTokens(`a=${two}\nb=${one}\nc=${two}\n`);
  assert.deepEqual(
    found.map(({ id }) => id),
    ["google-api-key", "slack-bot-token", "google-api-key"],
  );
});

test("every format is bounded, anchored and documented", () => {
  assert.ok(new Set(tokenFormats.map(({ id }) => id)).size >= 60);
  for (const format of tokenFormats) {
    assert.match(format.documentation, /^https:\/\/[a-z0-9.-]+\/\S*$/, format.id);
    assert.match(format.id, /^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    assert.match(format.prefix, /^[\x20-\x7e]{2,}$/, format.id);
    assert.equal(format.pattern.flags, "y", format.id);
    const rest = format.pattern.source.replace(/\\./g, "").replace(/\[[^\]]*\]/g, "");
    assert.doesNotMatch(rest, /[*+]|\{\d+,\}/, `${format.id} has no bound`);
  }
});

test("half a token at the end of a text does no harm", () => {
  for (const { prefix } of tokenFormats) {
    for (let length = 1; length <= prefix.length; length++) findTokens(prefix.slice(0, length));
  }
  assert.deepEqual(findTokens("eyJ".repeat(20_000)), []);
});
