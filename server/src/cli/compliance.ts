import { auditFolders } from "../audit/audit";
import type { Config } from "../engine/config";
import type { Rule } from "../engine/rule";
import { type Compliance, evaluate } from "../report/compliance/evaluate";
import { type Framework, rulesOf } from "../report/compliance/framework";
import { frameworks } from "../report/compliance/frameworks";
import { renderComplianceHtml } from "../report/compliance/html";
import { renderComplianceJson } from "../report/compliance/json";
import { renderComplianceMarkdown } from "../report/compliance/markdown";
import type { ComplianceArgs } from "./args";
import { resolveSearch } from "./search";
import { type ExitCode, exitCodes, type Terminal } from "./terminal";

/** `plimsoll compliance`: ends with 1 where an item fails, and with 2 where something went wrong on the way. */
export async function compliance(
  args: ComplianceArgs,
  rules: readonly Rule[],
  terminal: Terminal,
): Promise<ExitCode> {
  const framework = frameworks.find(({ id }) => id === args.framework)!;
  const { scope, adjust } = await resolveSearch(args, rules, terminal);
  const result = await auditFolders({
    ...scope,
    base: terminal.cwd,
    rules,
    version: terminal.version,
    clock: terminal.clock,
    withPosture: true,
    adjust: (config) => withRulesOf(framework, rules, adjust(config)),
  });
  const evaluated = evaluate(framework, result, rules);
  const report = render(evaluated, args.format, new Date(terminal.clock.now()).toISOString().slice(0, 10));
  if (args.output === undefined) terminal.out(report);
  else await terminal.files.write(terminal.absolute(args.output), report);
  for (const failure of result.failures) terminal.err(`plimsoll: ${failure.path}: ${failure.error}\n`);
  if (result.failures.length > 0 || !result.complete) return exitCodes.fault;
  return evaluated.items.some(({ state }) => state === "fail") ? exitCodes.findings : exitCodes.clean;
}

/** All rules of a framework are on, whatever the profile, but for those that the repository has switched off. */
function withRulesOf(framework: Framework, rules: readonly Rule[], config: Config): Config {
  const ids = new Set(framework.items.flatMap((item) => rulesOf(item, rules).map(({ id }) => id)));
  const none = { pattern: "*", level: "off", options: {} } as const;
  const wanted = [...ids].map((pattern) => ({ pattern, level: "on", options: {} }) as const);
  return { ...config, profile: "all", rules: [none, ...wanted, ...config.rules] };
}

function render(evaluated: Compliance, format: ComplianceArgs["format"], date: string): string {
  if (format === "json") return renderComplianceJson(evaluated);
  return format === "html" ? renderComplianceHtml(evaluated, date) : renderComplianceMarkdown(evaluated);
}
