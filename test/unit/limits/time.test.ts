import assert from "node:assert/strict";
import test from "node:test";
import { auditTextCached } from "../../../server/src/audit/cached";
import { type AnalysisInput, analyse, createAnalyser } from "../../../server/src/engine/analyse";
import { defaultConfig } from "../../../server/src/engine/config";
import { unknownFacts } from "../../../server/src/engine/facts";
import type { Rule } from "../../../server/src/engine/rule";
import { maxFileTime, maxRuleTime } from "../../../server/src/limits";
import { rules } from "../../../server/src/rules/index";
import { exampleDay } from "../../support/check";

/** Three rules about every Dockerfile, of which the second takes as long as it is told to. */
function setup(took: number) {
  let time = 0;
  let runs = 0;
  const [first, last] = ["base-image-latest-tag", "final-stage-user-root"].map(ruleNamed) as [Rule, Rule];
  const slow: Rule = {
    ...last,
    id: "slow-rule",
    check() {
      runs++;
      time += took;
    },
  };
  const input: AnalysisInput = {
    kind: "dockerfile",
    text: 'FROM debian:latest\nUSER root\nCMD ["a"]\n',
    rules: [first, slow, last],
    facts: unknownFacts(exampleDay),
    config: { ...defaultConfig, profile: "all" },
    spent: () => time,
  };
  return { input, runs: () => runs };
}

function ruleNamed(id: string): Rule {
  const found = rules.find((rule) => rule.id === id);
  assert.ok(found);
  return found;
}

test("a rule within its time is run again, one beyond it is not, and that is said", () => {
  for (const [took, again] of [
    [maxRuleTime, true],
    [maxRuleTime + 1, false],
  ] as const) {
    const { input, runs } = setup(took);
    const check = createAnalyser();
    const slow = new Set<string>();
    assert.deepEqual(check({ ...input, slow }).notChecked, []);
    const { findings, notChecked } = check({ ...input, slow, text: input.text.replace("a", "b") });
    assert.deepEqual(findings.map(({ rule }) => rule).sort(), [
      "base-image-latest-tag",
      "final-stage-user-root",
    ]);
    assert.equal(runs(), again ? 2 : 1);
    assert.deepEqual(
      notChecked.map(({ rule }) => rule),
      again ? [] : ["slow-rule"],
    );
    assert.deepEqual(check({ ...input, slow: new Set() }).notChecked, [], "another file is another matter");
  }
});

test("once a file has taken its time the rest of the rules is not run, and that is said", () => {
  const within = analyse(setup(maxFileTime).input);
  assert.deepEqual(within.notChecked, []);
  assert.equal(within.findings.length, 2);
  const beyond = analyse(setup(maxFileTime + 1).input);
  assert.deepEqual(
    beyond.findings.map(({ rule }) => rule),
    ["base-image-latest-tag"],
  );
  assert.deepEqual(
    beyond.notChecked.map(({ rule }) => rule),
    ["final-stage-user-root"],
  );
  assert.match(beyond.notChecked[0]?.reason ?? "", /more than 10 s/);
});

test("what ran out of time is not remembered", () => {
  const kept = new Map<string, string>();
  const cache = {
    keyOf: (parts: readonly string[]) => parts.join("\u0001"),
    get: (key: string) => kept.get(key),
    put: (key: string, value: string) => void kept.set(key, value),
  };
  auditTextCached({ ...setup(maxFileTime + 1).input, name: "Dockerfile" }, cache);
  assert.equal(kept.size, 0);
  auditTextCached({ ...setup(maxFileTime).input, name: "Dockerfile" }, cache);
  assert.equal(kept.size, 1);
});
