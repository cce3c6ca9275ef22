import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { analyse, createAnalyser } from "../../server/src/engine/analyse";
import { defaultConfig } from "../../server/src/engine/config";
import { unknownFacts } from "../../server/src/engine/facts";
import { rules } from "../../server/src/rules/index";
import { applyEdits } from "../../server/src/text/edit";
import { parseMarks } from "../../server/src/text/marks";
import { exampleDay } from "../support/check";

const facts = unknownFacts(exampleDay);
const config = { ...defaultConfig, profile: "all" as const };

/** The lines of all Dockerfile examples: everything that some rule has an opinion about. */
const lines = rules
  .filter((rule) => rule.language === "dockerfile")
  .flatMap((rule) => [...rule.bad, ...rule.good])
  .flatMap((example) => parseMarks(example.source).text.split("\n"))
  .filter((line) => line.trim() !== "");

const line = fc.constantFrom(...lines);
const document = fc
  .array(line, { minLength: 10, maxLength: 60 })
  .map((some) => `FROM debian:12.5\n${some.join("\n")}\n`);
const edit = fc.record({
  at: fc.nat(),
  length: fc.nat(12),
  text: fc.oneof(
    fc.constantFrom("", " ", "x", "\n", "\r", "\r\n", "\\\n", "-k", "USER root\n", "FROM a AS b\n"),
    line,
  ),
});

test("after any edits, what an analyser remembers equals a check of the whole file afresh", () => {
  fc.assert(
    fc.property(document, fc.array(edit, { minLength: 1, maxLength: 8 }), (source, edits) =>
      assertRemembered(source, [{ at: 0, length: 0, text: "" }, ...edits]),
    ),
    { numRuns: 150 },
  );
});

test("so it does once the file has been read as a whole again between two edits", () => {
  const small = edit.filter(({ length, text }) => length < 4 && !text.includes("\n"));
  fc.assert(fc.property(document, fc.array(small, { minLength: 60, maxLength: 70 }), assertRemembered), {
    numRuns: 10,
  });
});

function assertRemembered(
  source: string,
  edits: readonly { readonly at: number; readonly length: number; readonly text: string }[],
): void {
  const analyser = createAnalyser();
  let text = source;
  for (const { at, length, text: inserted } of edits) {
    const start = at % (text.length + 1);
    text = applyEdits(text, [{ start, end: Math.min(text.length, start + length), text: inserted }]);
    const remembered = analyser({ kind: "dockerfile", text, rules, facts, config });
    const afresh = analyse({ kind: "dockerfile", text, rules, facts, config });
    assert.deepEqual(remembered.findings, afresh.findings);
    assert.deepEqual(remembered.notChecked, afresh.notChecked);
  }
}

test("most rules say what they read, so that this is a test of something", () => {
  const dockerfileRules = rules.filter((rule) => rule.language === "dockerfile");
  const told = dockerfileRules.filter((rule) => rule.local === true || rule.reads !== undefined);
  assert.ok(told.length * 2 > dockerfileRules.length);
});
