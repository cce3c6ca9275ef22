import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { analyse } from "../../server/src/engine/analyse";
import { defaultConfig } from "../../server/src/engine/config";
import { unknownFacts } from "../../server/src/engine/facts";
import { rules } from "../../server/src/rules/index";
import { exampleDay } from "../support/check";

/** Ways of writing something that a rule has to report, or to leave alone. */
interface Variants {
  readonly rule: string;
  readonly cases: readonly { readonly bad: boolean; readonly source: string }[];
}

const folder = join(__dirname, "variants");

for (const name of readdirSync(folder).sort()) {
  for (const { rule, cases } of readVariants(readFileSync(join(folder, name), "utf8"))) {
    test(`${rule}: ${cases.length} ways to write it`, () => {
      const wrong = cases.filter(({ bad, source }) => bad !== isReported(rule, source));
      assert.deepEqual(
        wrong.map(({ bad, source }) => `${bad ? "missed" : "false alarm"}: ${source}`),
        [],
      );
    });
  }
}

function isReported(rule: string, source: string): boolean {
  const only = rules.filter(({ id }) => id === rule);
  assert.equal(only.length, 1, "the rule exists");
  const { findings, failures } = analyse({
    kind: "dockerfile",
    text: source,
    rules: only,
    facts: unknownFacts(exampleDay),
    config: { ...defaultConfig, profile: "all" },
  });
  assert.deepEqual(failures, []);
  return findings.length > 0;
}

/**
 * Reads `=== rule`, `--- bad` or `--- good`, then a Dockerfile up to the next of such lines; `FROM debian:12.11` stands
 * before one that has no FROM.
 */
function readVariants(text: string): readonly Variants[] {
  return text
    .split(/^=== /m)
    .slice(1)
    .map((section) => {
      const [head = "", ...texts] = section.split(/^--- /m);
      const cases = texts.map((one) => {
        const end = one.indexOf("\n");
        const source = `${one.slice(end + 1).trimEnd()}\n`;
        const isWhole = /^from[ \t]/im.test(source);
        return {
          bad: one.startsWith("bad"),
          source: isWhole ? source : `FROM debian:12.11\n${source}`,
        };
      });
      return { rule: head.trim(), cases };
    });
}
