import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { build } from "esbuild";
import { rulesForServer, writeRuleFiles } from "../../scripts/rulesForServer";
import { rulePage } from "../../server/src/docs/rulePage";
import type { Rule } from "../../server/src/engine/rule";
import { rules } from "../../server/src/rules/index";

test("rules without examples and texts, given them from their files, have the pages of whole rules", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-rules-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const outfile = join(folder, "rules.cjs");
  await build({
    entryPoints: [join(__dirname, "../../server/src/rules/index.ts")],
    outfile,
    bundle: true,
    format: "cjs",
    platform: "node",
    plugins: [rulesForServer],
  });
  const bare = (require(outfile) as { readonly rules: readonly Rule[] }).rules;
  assert.notEqual(Object.getOwnPropertyDescriptor(bare[0]!, "why")?.get, undefined);
  writeRuleFiles(rules, folder);
  const examples = JSON.parse(readFileSync(join(folder, "examples.json"), "utf8")) as Record<
    string,
    Pick<Rule, "bad" | "good">
  >;
  assert.deepEqual(
    bare.map(({ id }) => id),
    rules.map(({ id }) => id),
  );
  for (const [index, rule] of rules.entries()) {
    const stripped = bare[index]!;
    assert.deepEqual([stripped.bad, stripped.good], [[], []], rule.id);
    assert.equal(rulePage({ ...stripped, ...examples[rule.id] }), rulePage(rule), rule.id);
  }
});
