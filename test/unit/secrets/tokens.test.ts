import assert from "node:assert/strict";
import test from "node:test";
import type { TokenFormat } from "../../../server/src/rules/shared/secrets/tokenFormat";
import { tokenFormats } from "../../../server/src/rules/shared/secrets/tokenFormats";
import { findTokens } from "../../../server/src/rules/shared/secrets/tokens";

const unescaped = (text: string) => text.replace(/\\(.)/g, "$1");

/** The characters of a class such as `[a-f0-9_-]`. */
function charactersOf(inside: string): string {
  const ranges = inside.replace(/([\w])-([\w])/g, (_, from: string, to: string) => {
    const codes = Array.from({ length: to.charCodeAt(0) - from.charCodeAt(0) + 1 }, (_, step) => step);
    return codes.map((step) => String.fromCharCode(from.charCodeAt(0) + step)).join("");
  });
  return unescaped(ranges);
}

/** Writes a text that the simple patterns of the table match: classes, literals, groups, and counts. */
function sampleOf(pattern: string, seed: number): string {
  let state = seed;
  const next = (limit: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * limit);
  };
  const part =
    /\(\?:([^()]*)\)(\?|\{\d+\})?|(\[[^\]]+\]|\\d)(?:\{(\d+)(?:,\d+)?\}|(\?))?|(\\.|[^\\])(?:\{(\d+),\d+\})?/g;
  let sample = "";
  for (const [, group, groupCount, set, least, , literal, repeated] of pattern.matchAll(part)) {
    if (group !== undefined) {
      const count = groupCount === "?" ? 0 : Number(/\d+/.exec(groupCount ?? "1")?.[0]);
      for (let turn = 0; turn < count; turn++) sample += sampleOf(group.split("|")[0] ?? "", next(1_000_000));
    } else if (set !== undefined) {
      const characters = set === "\\d" ? "0123456789" : charactersOf(set.slice(1, -1));
      // Hyphens and dots at the end would not belong to the token in running text.
      const plain = characters.replace(/[^A-Za-z0-9]/g, "");
      for (let turn = 0; turn < Number(least ?? 1); turn++) sample += plain[next(plain.length)];
    } else if (literal !== undefined) {
      sample += unescaped(literal).repeat(Number(repeated ?? 1));
    }
  }
  return sample;
}

function tokenOf(format: TokenFormat): { readonly written: string; readonly token: string } {
  const lead = format.lead;
  const leadSet = "abcdef0123456789".split("").filter((one) => lead?.characters.test(one));
  const before = Array.from(
    { length: lead?.most ?? 0 },
    (_, index) => leadSet[(index * 7 + 3) % leadSet.length],
  ).join("");
  const written = before + sampleOf(format.pattern.source, format.id.length + 41);
  return { written, token: written.slice(format.context ?? 0) };
}

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
