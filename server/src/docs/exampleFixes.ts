import { analyse } from "../engine/analyse";
import { defaultConfig } from "../engine/config";
import { type Facts, unknownFacts } from "../engine/facts";
import { noPolicy } from "../engine/policy";
import type { BadExample, Rule } from "../engine/rule";
import { parseMarks } from "../text/marks";

/**
 * Whether a rule offers a safe fix in one of its examples: derived by running them, never declared.
 * @param rules all of them, for examples that need others to run too
 */
export function hasSafeFix(rule: Rule, rules: readonly Rule[]): boolean {
  return rule.bad.some((example) => example.fixed !== undefined && offersSafeFix(rule, example, rules));
}

function offersSafeFix(rule: Rule, { source, context = {} }: BadExample, rules: readonly Rule[]): boolean {
  const { findings } = analyse({
    kind: rule.language === "comments" ? (context.language ?? "dockerfile") : rule.language,
    text: parseMarks(source).text,
    rules: rules.filter((other) => other === rule || context.with?.includes(other.id)),
    facts: factsFor(context.today ?? "2026-01-01", context.dockerignore),
    config: {
      ...defaultConfig,
      profile: "all",
      rules: [{ pattern: rule.id, level: "on", options: context.options ?? {} }],
      policy: { ...noPolicy, ...context.policy },
    },
  });
  return findings.some(
    (finding) => finding.rule === rule.id && finding.fixes.some((fix) => fix.safety === "safe"),
  );
}

function factsFor(today: string, dockerignore: string | null | undefined): Facts {
  const facts = unknownFacts(today);
  if (dockerignore === undefined) return facts;
  if (dockerignore === null) return { ...facts, dockerignore: { state: "absent" } };
  return { ...facts, dockerignore: { state: "known", value: { path: ".dockerignore", text: dockerignore } } };
}
