import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { rules } from "../../server/src/rules/index";

const root = join(__dirname, "../..");
const scorer = join(root, "../shared/conformance/score.mjs");
const cli = join(root, "server/out/cli.js");

interface Miss {
  readonly peer: string;
  readonly rule: string;
  readonly case: string;
  readonly why: string;
}

test("every case of other tools' rules that a rule here stands for is caught or quiet, or an accepted difference", (t) => {
  if (!existsSync(scorer)) return t.skip(`no cases to test on: ${scorer} is missing`);
  assert.ok(existsSync(cli), "the command line is built: npm run build");
  const result = spawnSync(process.execPath, [scorer, "--cli", cli, "--json"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  assert.equal(result.status, 0, result.stderr);
  const { misses } = JSON.parse(result.stdout) as { misses: readonly Miss[] };
  const aliases = new Set(rules.flatMap((rule) => rule.aliases));
  const ours = misses.filter((miss) => aliases.has(`${miss.peer}:${miss.rule}`));
  assert.deepEqual(
    ours.map((miss) => `${miss.peer}:${miss.rule} ${miss.case}: ${miss.why}`),
    [],
  );
});
