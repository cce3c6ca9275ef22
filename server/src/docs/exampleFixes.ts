import { analyse } from "../engine/analyse";
import { defaultConfig } from "../engine/config";
import { type Facts, unknownFacts } from "../engine/facts";
import { noPolicy } from "../engine/policy";
import type { BadExample, ExampleContext, Rule } from "../engine/rule";
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
    facts: exampleFacts(context, "2026-01-01"),
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

/**
 * The facts of an example.
 * @param today `YYYY-MM-DD`, for an example that does not say it
 */
export function exampleFacts(context: ExampleContext, today: string): Facts {
  const facts = unknownFacts(context.today ?? today);
  const { dockerignore, extended, files } = context;
  return {
    ...facts,
    ...(dockerignore === null && { dockerignore: { state: "absent" } }),
    ...(typeof dockerignore === "string" && {
      dockerignore: { state: "known", value: { path: ".dockerignore", text: dockerignore } },
    }),
    ...(files !== undefined && { contextNames: { state: "known", value: { paths: files, complete: true } } }),
    ...(extended !== undefined && { extended }),
  };
}
