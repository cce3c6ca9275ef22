import assert from "node:assert/strict";
import test from "node:test";
import { type AnalysisInput, createAnalyser } from "../../../server/src/engine/analyse";
import { defaultConfig } from "../../../server/src/engine/config";
import { unknownFacts } from "../../../server/src/engine/facts";
import { rules } from "../../../server/src/rules/index";
import { exampleDay } from "../../support/check";

test("what becomes known around a file between two keystrokes counts in lines that nobody has touched", () => {
  for (const [kind, text, rule] of [
    ["dockerfile", "FROM acme/app:1.2\nUSER 1\n", "base-image-public"],
    ["compose", "services:\n  a:\n    image: acme/app:1.2\n  b:\n    user: '1'\n", "compose-image-public"],
  ] as const) {
    const check = createAnalyser();
    const input: AnalysisInput = {
      kind,
      text,
      rules,
      facts: unknownFacts(exampleDay),
      config: { ...defaultConfig, profile: "all" },
    };
    const severity = (one: AnalysisInput): string | undefined =>
      check(one).findings.find((finding) => finding.rule === rule)?.severity;
    assert.equal(severity(input), "medium");
    const edited = { ...input, text: text.replace("1'", "12'").replace("USER 1", "USER 12") };
    assert.equal(severity({ ...edited, facts: { ...input.facts, owners: ["acme"] } }), "low");
  }
});
