import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import type { JsonValue } from "../../server/src/documents/daemon/model";
import { parseDaemon } from "../../server/src/documents/daemon/parse";
import { analyse } from "../../server/src/engine/analyse";
import { defaultConfig } from "../../server/src/engine/config";
import { unknownFacts } from "../../server/src/engine/facts";
import { rules } from "../../server/src/rules/index";
import { applyEdits } from "../../server/src/text/edit";
import { parseMarks } from "../../server/src/text/marks";
import { containsSpan, type Span } from "../../server/src/text/span";
import { exampleDay } from "../support/check";
import { corpusFiles } from "../support/corpus";

const daemonRules = rules.filter((rule) => rule.language === "daemon");
const examples = daemonRules.flatMap((rule) =>
  [...rule.bad, ...rule.good].map((example) => parseMarks(example.source).text),
);
const texts = [...examples, ...corpusFiles("daemon").map((file) => file.text)];

const pieces = [
  ...[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    "\n",
    "\r\n",
    " ",
    "// c\n",
    "/* c */",
    "/*",
    "\\",
    "\uFEFF",
    "\0",
    "é😀",
  ],
  ...[
    '"hosts"',
    '"tcp://0.0.0.0:1"',
    '"log-opts"',
    '"icc"',
    "true",
    "false",
    "null",
    "-1.5e3",
    "1e999",
    "{{ x }}",
  ],
];
const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((some) => some.join(""));
const anyText = fc.oneof(soup, fc.string({ unit: "binary", maxLength: 200 }));

/** A real text with a few places replaced by pieces. */
const edited = fc
  .tuple(
    fc.constantFrom(...texts),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 12 }), fc.constantFrom(...pieces)), { maxLength: 4 }),
  )
  .map(([text, changes]) =>
    changes.reduce((now, [at, length, piece]) => {
      const start = at % (now.length + 1);
      return now.slice(0, start) + piece + now.slice(start + length);
    }, text),
  );

function analysed(text: string) {
  const config = { ...defaultConfig, profile: "all" as const };
  return analyse({ kind: "daemon", text, rules: daemonRules, facts: unknownFacts(exampleDay), config });
}

function checkSpans(text: string): void {
  const { root, comments, problems, repeatedKeys } = parseDaemon(text);
  const isIn = (span: Span): boolean => 0 <= span.start && span.start <= span.end && span.end <= text.length;
  for (const { span } of [...comments, ...problems, ...repeatedKeys])
    assert.ok(isIn(span), JSON.stringify(text));
  const waiting: JsonValue[] = root === undefined ? [] : [root];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    assert.ok(isIn(value.span), JSON.stringify(text));
    const parts = value.kind === "object" ? value.entries : value.kind === "array" ? value.items : [];
    for (const part of parts) {
      assert.ok(containsSpan(value.span, part.span), JSON.stringify(text));
      if (part.comma !== undefined) assert.equal(text[part.comma], ",", JSON.stringify(text));
      if (part.value === undefined) continue;
      assert.ok(containsSpan(part.span, part.value.span), JSON.stringify(text));
      waiting.push(part.value);
    }
  }
}

test("any text gives a model whose spans nest", () => {
  fc.assert(fc.property(anyText, checkSpans), { numRuns: 3_000 });
  fc.assert(fc.property(edited, checkSpans), { numRuns: 1_000 });
});

test("what JSON.parse reads is read without a problem, to the same keys", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(0, 2, "\t"), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent);
      const { settings, problems } = parseDaemon(text);
      assert.deepEqual(problems, [], text);
      assert.deepEqual([...settings.keys()].sort(), Object.keys(JSON.parse(text) as object).sort());
    }),
    { numRuns: 1_000 },
  );
});

test("a text without problems and comments is one that JSON.parse reads", () => {
  fc.assert(
    fc.property(fc.oneof(edited, soup), (text) => {
      const { root, problems, comments } = parseDaemon(text);
      if (root === undefined || problems.length > 0 || comments.length > 0) return;
      JSON.parse(text.replace(/^\uFEFF/, ""));
    }),
    { numRuns: 3_000 },
  );
});

test("no rule fails on any text, nor on any prefix of a real one", () => {
  const check = (text: string): void => assert.deepEqual(analysed(text).failures, [], JSON.stringify(text));
  fc.assert(fc.property(fc.oneof(edited, anyText), check), { numRuns: 1_500 });
  for (const { text } of corpusFiles("daemon"))
    for (let end = 0; end <= text.length; end++) check(text.slice(0, end));
});

test("a fix of a file that can be read gives one that can, and takes its finding away", () => {
  fc.assert(
    fc.property(edited, (text) => {
      const before = analysed(text);
      if (before.document.problems.length > 0) return;
      for (const finding of before.findings) {
        for (const fix of finding.fixes) {
          const after = analysed(applyEdits(text, fix.edits));
          const where = `${finding.rule}: ${JSON.stringify(text)}`;
          assert.deepEqual(after.document.problems, [], where);
          assert.equal(after.document.comments.length, before.document.comments.length, where);
          const count = ({ findings }: typeof before): number =>
            findings.filter((other) => other.rule === finding.rule).length;
          assert.ok(count(after) < count(before), where);
        }
      }
    }),
    {
      numRuns: 500,
      examples: [['{"debug": false, "userland-proxy": true// c\n}\n']],
    },
  );
});
