import { exampleFacts } from "../../server/src/docs/exampleFixes";
import { kindOfExample } from "../../server/src/docs/exampleKind";
import type { Analysis, AnalysisInput } from "../../server/src/engine/analyse";
import { analyse } from "../../server/src/engine/analyse";
import type { Config } from "../../server/src/engine/config";
import { defaultConfig } from "../../server/src/engine/config";
import type { Finding } from "../../server/src/engine/finding";
import { noPolicy } from "../../server/src/engine/policy";
import type { ExampleContext, Rule } from "../../server/src/engine/rule";
import { rules as allRules } from "../../server/src/rules/index";

/** A fixed day, so that examples with dates read the same for ever. */
export const exampleDay = "2026-11-21";

/** What is needed to run one rule on one text as its examples do. */
export function inputFor(rule: Rule, text: string, context: ExampleContext = {}): AnalysisInput {
  const companions = allRules.filter((other) => context.with?.includes(other.id));
  return {
    kind: kindOfExample(rule, context),
    ...(context.format && { format: context.format }),
    text,
    rules: [rule, ...companions],
    facts: exampleFacts(context, exampleDay),
    config: configOf(rule, context),
  };
}

/** The findings of a rule in a text, those of its companions left out. */
export function findingsOf(rule: Rule, input: AnalysisInput): readonly Finding[] {
  return analyse(input).findings.filter((finding) => finding.rule === rule.id);
}

/** A rule whose check first freezes its model and facts, so that a mutation throws and shows as a failure. */
export function frozen(rule: Rule): Rule {
  return {
    ...rule,
    check(document, context) {
      deepFreeze(document);
      if ("instructions" in document) deepFreeze(document.instructions);
      deepFreeze(context.facts);
      rule.check(document, context);
    },
  };
}

/** What went wrong in a run, as text; empty where nothing did. */
export function failuresOf(analysis: Analysis): readonly string[] {
  return analysis.failures.map((failure) => `${failure.rule}: ${failure.error}`);
}

function configOf(rule: Rule, context: ExampleContext): Config {
  return {
    ...defaultConfig,
    profile: "all",
    rules: [{ pattern: rule.id, level: "on", options: context.options ?? {} }],
    policy: { ...noPolicy, ...context.policy },
    requireReason: rule.id === "ignore-comment-without-reason",
  };
}

function deepFreeze(value: unknown, seen = new Set<unknown>()): void {
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  Object.freeze(value);
  const parts = value instanceof Map ? [...value.keys(), ...value.values()] : Object.values(value);
  for (const part of parts) deepFreeze(part, seen);
}
