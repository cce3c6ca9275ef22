import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { collectFacts } from "../../server/src/audit/facts";
import { defaultConfig } from "../../server/src/engine/config";
import { parseConfiguration } from "../../server/src/engine/configuration";
import type { Finding, Fix } from "../../server/src/engine/finding";
import { type AppliedFix, fixAll, safeFix } from "../../server/src/engine/fix";
import { nodeFiles } from "../../server/src/platform/node";
import { rules } from "../../server/src/rules/index";

/**
 * Fixes the Dockerfile of a folder in place: all safe fixes of all rules, and then the first fix of some rules.
 *
 * @param unsafe the ids of these rules
 * @param fills what is written for the words that fixes leave to the user
 * @returns the fixes in the order in which they were applied
 */
export async function fixFolder(
  folder: string,
  unsafe: readonly string[],
  fills: Readonly<Record<string, string>>,
): Promise<readonly AppliedFix[]> {
  const unknown = unsafe.find((id) => !rules.some((rule) => rule.id === id));
  if (unknown !== undefined) throw new Error(`there is no rule ${unknown}`);
  const safe = await apply(folder, safeFix);
  const chosen = (finding: Finding): Fix | undefined =>
    safeFix(finding) ?? (unsafe.includes(finding.rule) ? filledIn(finding.fixes[0], fills) : undefined);
  return unsafe.length === 0 ? safe : [...safe, ...(await apply(folder, chosen))];
}

/** A fix as a user would leave it who has filled in its places. */
function filledIn(fix: Fix | undefined, fills: Readonly<Record<string, string>>): Fix | undefined {
  if (fix?.asks === undefined) return fix;
  const edits = fix.edits.map((edit) => ({
    ...edit,
    text: fix.asks!.reduce((text, ask) => text.replaceAll(ask, fills[ask] ?? ask), edit.text),
  }));
  return { ...fix, edits };
}

async function apply(
  folder: string,
  choose: (finding: Finding) => Fix | undefined,
): Promise<readonly AppliedFix[]> {
  const file = path.join(folder, "Dockerfile");
  const configuration = path.join(folder, "plimsoll.yaml");
  const { config } = existsSync(configuration)
    ? parseConfiguration(readFileSync(configuration, "utf8"), rules)
    : { config: defaultConfig };
  const fixed = fixAll(
    {
      kind: "dockerfile",
      text: readFileSync(file, "utf8"),
      rules,
      facts: await collectFacts(nodeFiles, file, folder, Date.now()),
      config: { ...config, profile: "all" },
      path: "Dockerfile",
    },
    choose,
  );
  if (!fixed.stable) throw new Error("the fixes never came to an end");
  writeFileSync(file, fixed.text);
  for (const { creates } of fixed.applied)
    if (creates !== undefined) writeFileSync(path.join(folder, creates.path), creates.text, { flag: "wx" });
  return fixed.applied;
}
