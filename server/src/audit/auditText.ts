import { type Analysis, type AnalysisInput, analyse } from "../engine/analyse";
import { defaultConfig } from "../engine/config";
import { type EffectiveRule, effectiveRules } from "../engine/levels";
import { runWhole } from "../engine/rerun";
import type { Span } from "../text/span";
import { createPlacer, placeFindings } from "./place";
import type { AuditFailure, AuditFinding, AuditNotChecked, AuditSuppressed } from "./result";

export interface AuditedText {
  readonly findings: readonly AuditFinding[];
  readonly suppressed: readonly AuditSuppressed[];
  readonly failures: readonly AuditFailure[];
  readonly notChecked: readonly AuditNotChecked[];
}

/**
 * Checks one text and places what is found, secrets masked.
 * @param input its `name` is the file's path as the result names it
 */
export function auditText(input: AnalysisInput & { readonly name: string }): AuditedText {
  const analysis = analyse(input);
  const { text, lines } = analysis.document;
  const said = analysis.findings.length + analysis.suppressed.length;
  const placer = createPlacer(text, lines, input.name, said === 0 ? [] : secretsIn(input, analysis));
  return {
    ...placeFindings(analysis, placer),
    failures: analysis.failures.map(({ rule, error }) => ({ rule, path: input.name, error })),
    notChecked: analysis.notChecked.map(({ rule, reason, span }) => ({
      ...(rule !== undefined && { rule }),
      path: input.name,
      reason,
      ...(span && { range: placer.range(span) }),
    })),
  };
}

const everyRule = { ...defaultConfig, profile: "all" } as const;

interface SecretRules {
  readonly ids: ReadonlySet<string>;
  /** Those that do not run under the configuration. */
  readonly missing: readonly EffectiveRule[];
}

/** By the rules that are on, of which there is one list for each configuration. */
const secretRules = new WeakMap<readonly EffectiveRule[], SecretRules>();

function secretRulesOf({ rules, config }: AnalysisInput): SecretRules {
  const active = effectiveRules(rules, config);
  let known = secretRules.get(active);
  if (known === undefined) {
    const marking = rules.filter((rule) => rule.category === "secrets" && rule.marksNoSecret !== true);
    const on = new Set(active.map(({ rule }) => rule.id));
    const off = marking.filter((rule) => !on.has(rule.id));
    known = { ids: new Set(marking.map((rule) => rule.id)), missing: effectiveRules(off, everyRule) };
    secretRules.set(active, known);
  }
  return known;
}

/**
 * The places of all secrets in a text. A rule about secrets may be off, or not asked for, and yet what it would find
 * stands in the lines that are shown around other findings: so those that did not run are run here.
 */
function secretsIn(input: AnalysisInput, analysis: Analysis): readonly Span[] {
  const { ids, missing } = secretRulesOf(input);
  const { document, findings, suppressed } = analysis;
  const surroundings = { facts: input.facts, policy: everyRule.policy };
  const others = missing
    .filter(({ rule }) => rule.language === document.language)
    .flatMap((effective) => runWhole(effective, document, surroundings).findings);
  return [...findings, ...suppressed.map((entry) => entry.finding), ...others]
    .filter((finding) => ids.has(finding.rule))
    .map((finding) => finding.span);
}
