import assert from "node:assert/strict";
import test from "node:test";
import { type Analysis, analyse } from "../../../server/src/engine/analyse";
import { defaultConfig } from "../../../server/src/engine/config";
import { unknownFacts } from "../../../server/src/engine/facts";
import { maxFindingsPerFile, maxServices } from "../../../server/src/limits";
import { rules } from "../../../server/src/rules/index";
import { exampleDay } from "../../support/check";

const config = { ...defaultConfig, profile: "all" as const };
const facts = unknownFacts(exampleDay);

function times(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join("");
}

/** All rules on a file that is made to be too much for them: none may fail, and all that is left out is said. */
function judged(text: string): { readonly analysis: Analysis; readonly reasons: readonly string[] } {
  const analysis = analyse({ kind: "compose", text, rules, facts, config });
  assert.deepEqual(analysis.failures, []);
  for (const { span } of analysis.findings) assert.ok(0 <= span.start && span.end <= text.length);
  return { analysis, reasons: analysis.notChecked.map(({ reason }) => reason) };
}

test("of fifty thousand services the first are judged, and it is said that the others are not", () => {
  const { analysis, reasons } = judged(`services:\n${times(50_000, (i) => `  s${i}:\n    image: a:1\n`)}`);
  assert.equal(analysis.findings.length, maxFindingsPerFile);
  assert.ok(reasons.includes(`Only the first ${maxServices} services are looked at`));
  assert.ok(reasons.includes(`more than ${maxFindingsPerFile} findings: the rest is not listed`));
});

test("what three thousand services merge is found once, at its source", () => {
  const base = "x-a: &a\n  image: a:1\n  privileged: true\n";
  const { analysis } = judged(`${base}services:\n${times(3_000, (i) => `  s${i}:\n    <<: *a\n`)}`);
  assert.equal(analysis.findings.filter(({ rule }) => rule === "compose-privileged").length, 1);
});

test("ten thousand aliases for one service are followed as far as services are", () => {
  const { reasons } = judged(`x-a: &a { image: "a:1" }\nservices:\n${times(10_000, (i) => `  s${i}: *a\n`)}`);
  assert.ok(reasons.includes(`Only the first ${maxServices} services are looked at`));
});

test("a billion laughs are not laughed", () => {
  const laughs = times(30, (i) => `x-${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(", ")}]\n`);
  const { analysis } = judged(
    `x-0: &a0 [lol]\n${laughs}services:\n  web:\n    image: a:1\n    command: *a30\n    ports: *a30\n    volumes: *a30\n`,
  );
  assert.ok(analysis.findings.length > 0);
});

test("a thousand lists in each other are not followed, and that is said", () => {
  const { reasons } = judged(`${"- ".repeat(1_000)}x\n`);
  assert.deepEqual(reasons, ["Collections are nested deeper than 100 levels"]);
});
