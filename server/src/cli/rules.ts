import { hasSafeFix } from "../docs/exampleFixes";
import { fixability, rulePage } from "../docs/rulePage";
import { ruleUrl } from "../docs/ruleUrl";
import { profiles } from "../engine/config";
import { isInProfile } from "../engine/levels";
import type { Rule } from "../engine/rule";
import { severities } from "../engine/severity";
import { ruleIds } from "./search";
import { type ExitCode, exitCodes, type Terminal } from "./terminal";

/** `plimsoll rules`: every rule, as a table or as the array that the command line promises. */
export function listRules(format: "text" | "json", rules: readonly Rule[], terminal: Terminal): ExitCode {
  terminal.out(
    format === "json"
      ? `${JSON.stringify(
          rules.map((rule) => entry(rule, rules)),
          undefined,
          2,
        )}\n`
      : table(rules),
  );
  return exitCodes.clean;
}

/** `plimsoll explain`: the page of a rule, or the pages of all that another tool's id stands for. */
export function explain(name: string, rules: readonly Rule[], terminal: Terminal): ExitCode {
  const ids = ruleIds([name], rules);
  terminal.out(
    rules
      .filter((rule) => ids.includes(rule.id))
      .map(rulePage)
      .join("\n"),
  );
  return exitCodes.clean;
}

function entry(rule: Rule, rules: readonly Rule[]): Readonly<Record<string, unknown>> {
  return {
    id: rule.id,
    title: rule.title,
    language: rule.language,
    category: rule.category,
    severity: rule.severity,
    profiles: profiles.filter((profile) => isInProfile(rule, profile)),
    aliases: rule.aliases,
    fixable: fixability(rule) === "fix",
    safeFix: hasSafeFix(rule, rules),
    url: ruleUrl(rule.id),
  };
}

function table(rules: readonly Rule[]): string {
  const idWidth = Math.max(0, ...rules.map((rule) => rule.id.length));
  const severityWidth = Math.max(...severities.map((severity) => severity.length));
  const languageWidth = Math.max(0, ...rules.map((rule) => rule.language.length));
  const line = (rule: Rule): string =>
    [
      rule.id.padEnd(idWidth),
      rule.severity.padEnd(severityWidth),
      rule.language.padEnd(languageWidth),
      rule.title,
    ].join("  ");
  return `${[...rules]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(line)
    .join("\n")}\n`;
}
