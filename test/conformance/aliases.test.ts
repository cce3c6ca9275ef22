import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { rules } from "../../server/src/rules/index";
import { peerRules } from "./peerRules";

const root = join(__dirname, "../..");
const notBuilt = readFileSync(join(root, "docs/rules/not-built.md"), "utf8");
const aliases = new Set(rules.flatMap((rule) => rule.aliases));

for (const [peer, ids] of peerRules) {
  test(`each of the ${ids.length} rules of ${peer} is another name of a rule, or not built for a reason`, () => {
    assert.deepEqual(
      ids.filter((id) => !aliases.has(`${peer}:${id}`) && !isExplained(id)),
      [],
    );
  });
}

test("each rule of a peer that there are conformance cases for is another name of a rule", (t) => {
  const folder = join(root, "../shared/conformance");
  if (!existsSync(folder)) return t.skip(`no cases to test on: ${folder} is missing`);
  const named = readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n").filter(Boolean))
    .map((line) => JSON.parse(line) as { readonly peer: string; readonly rule: string })
    .filter(({ rule }) => rule !== "*");
  assert.ok(named.length > 100);
  const unknown = named.filter(({ peer, rule }) => !aliases.has(`${peer}:${rule}`) && !isExplained(rule));
  assert.deepEqual([...new Set(unknown.map(({ peer, rule }) => `${peer}:${rule}`))], []);
});

test("each concept of the catalogue is a rule, or not built for a reason", (t) => {
  const catalogue = join(root, "../shared/reference/rules.tsv");
  if (!existsSync(catalogue)) return t.skip(`${catalogue} is missing`);
  const ids = new Set(rules.map(({ id }) => id));
  const concepts = readFileSync(catalogue, "utf8").split("\n").slice(1).filter(Boolean);
  const missing = concepts
    .map((row) => row.split("\t")[0] ?? "")
    .filter((id) => !ids.has(id) && !isExplained(id));
  assert.deepEqual(missing, []);
});

/** Whether the page of rules that are not built names an id of a peer or of the catalogue. */
function isExplained(id: string): boolean {
  return new RegExp(`(?<![\\w.])${id.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\w-])`).test(notBuilt);
}
