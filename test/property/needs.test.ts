import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import type { DockerfileDocument } from "../../server/src/documents/dockerfile/model";
import { analyse } from "../../server/src/engine/analyse";
import { defaultConfig } from "../../server/src/engine/config";
import { unknownFacts } from "../../server/src/engine/facts";
import type { Finding } from "../../server/src/engine/finding";
import { selectionOf } from "../../server/src/engine/needs";
import type { Rule } from "../../server/src/engine/rule";
import { rules } from "../../server/src/rules/index";
import { applyEdits } from "../../server/src/text/edit";
import { parseMarks } from "../../server/src/text/marks";
import { exampleDay, inputFor } from "../support/check";
import { corpusFiles, corpusMissing } from "../support/corpus";

const dockerfileRules = rules.filter((rule) => rule.language === "dockerfile");
const asked = dockerfileRules.map(withoutNeeds);
const selection = selectionOf(dockerfileRules);
const places = new Map(dockerfileRules.map(({ id }, at) => [id, at]));

function withoutNeeds(rule: Rule): Rule {
  const { needs: _, ...rest } = rule;
  return rest;
}

/** Holds the rules to their needs in a text, whatever they say of it. */
function assertNeedsHold(text: string): void {
  const input = {
    kind: "dockerfile",
    text,
    facts: unknownFacts(exampleDay),
    config: { ...defaultConfig, profile: "all" },
  } as const;
  const all = analyse({ ...input, rules: asked });
  const selected = analyse({ ...input, rules: dockerfileRules });
  assert.deepEqual(selected.findings, all.findings, text);
  assert.deepEqual(selected.notChecked, all.notChecked, text);
  assert.deepEqual(selected.failures, all.failures, text);
  assertMetWhereFound(all.document as DockerfileDocument, all.findings);
}

/** A rule that judges each instruction by itself is asked about those alone that meet its needs. */
function assertMetWhereFound({ instructions, text }: DockerfileDocument, findings: readonly Finding[]): void {
  for (const { rule, span } of findings) {
    const at = places.get(rule)!;
    if (dockerfileRules[at]!.local !== true) continue;
    const here = instructions.filter((one) => one.span.start <= span.start && span.start <= one.span.end);
    if (here.length === 0) continue;
    const group = selection.groupOf[at];
    const isMet = group === undefined || selection.choose(here, text)[group] !== undefined;
    assert.ok(isMet, `${rule} needs nothing of ${text.slice(here[0]!.span.start, here[0]!.span.end)}`);
  }
}

test("words that rules need can be found", () => {
  for (const { id, needs } of dockerfileRules) {
    for (const word of needs?.words ?? []) assert.match(word, /^[!#-&(-[\]-_a-z{-~]+$/, `${id}: ${word}`);
    assert.ok(needs === undefined || needs.words !== undefined || needs.keywords !== undefined, id);
  }
});

test("in its own examples, a rule says what it would say if it were always asked", () => {
  for (const rule of dockerfileRules) {
    for (const { source, context } of [...rule.bad, ...rule.good]) {
      const { text } = parseMarks(source);
      const whole = analyse(inputFor(withoutNeeds(rule), text, context));
      const selected = analyse(inputFor(rule, text, context));
      assert.deepEqual(selected.findings, whole.findings, `${rule.id}: ${text}`);
      assert.deepEqual(selected.notChecked, whole.notChecked, `${rule.id}: ${text}`);
    }
  }
});

const sources = dockerfileRules
  .flatMap((rule) => [...rule.bad, ...rule.good])
  .map(({ source }) => parseMarks(source).text);

const edit = fc.record({
  at: fc.nat(),
  length: fc.nat(2),
  text: fc.constantFrom(
    ...[
      "",
      "\\\n",
      "\\ \n",
      "\\\r\n",
      "`\n",
      "\\\n# why\n",
      "\\\n\n",
      "\\\n  \n",
      "\\",
      '"',
      '""',
      "'",
      "''",
    ],
    ...["\\u0063", "$A", "${A:-c}", "ONBUILD ", "RUN <<EOF\n", "# escape=`\n"],
  ),
});

test("however words are broken, a rule says what it would say if it were always asked", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...sources), { minLength: 1, maxLength: 4 }),
      fc.array(edit, { minLength: 1, maxLength: 12 }),
      (some, edits) => {
        let text = some.join("\n");
        for (const { at, length, text: inserted } of edits) {
          const start = at % (text.length + 1);
          text = applyEdits(text, [{ start, end: Math.min(text.length, start + length), text: inserted }]);
        }
        assertNeedsHold(text);
      },
    ),
    { numRuns: 300 },
  );
});

test("in real files, rules say what they would say if they were always asked", (t) => {
  if (corpusMissing !== undefined) return t.skip(corpusMissing);
  for (const { text } of corpusFiles("dockerfile")) assertNeedsHold(text);
});
