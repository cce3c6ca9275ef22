import { type Analysis, type AnalysisInput, analyse } from "../engine/analyse";
import { type AcceptedFinding, acceptFindings } from "../engine/baseline";
import { defaultConfig } from "../engine/config";
import type { Finding } from "../engine/finding";
import { fingerprintsOf } from "../engine/fingerprint";
import { type EffectiveRule, effectiveRules, idsOf, ofLanguage } from "../engine/levels";
import { postureOf, untoldPostures } from "../engine/posture";
import { runWhole } from "../engine/run";
import type { Span } from "../text/span";
import { createPlacer, placeFindings } from "./place";
import type { AuditFailure, AuditFinding, AuditNotChecked, AuditPosture, AuditSuppressed } from "./result";

export interface AuditedText {
  readonly findings: readonly AuditFinding[];
  readonly suppressed: readonly AuditSuppressed[];
  readonly failures: readonly AuditFailure[];
  readonly notChecked: readonly AuditNotChecked[];
  readonly posture?: readonly AuditPosture[];
  /** Whether another run of the same would say the same: not where time ran out, or a rule failed for want of memory. */
  readonly lasts: boolean;
  /** The ids of the rules that were on. */
  readonly ran: ReadonlySet<string>;
}

export interface AuditTextInput extends AnalysisInput {
  /** The file's path as the result names it. */
  readonly name: string;
  /** What a baseline has accepted of the file. */
  readonly accepted?: readonly AcceptedFinding[];
  /** Whether to tell how its stages and services stand. */
  readonly withPosture?: boolean | undefined;
}

/** Checks one text and places what is found, secrets masked. */
export function auditText(input: AuditTextInput): AuditedText {
  const analysis = analyse(input);
  const { text, lines } = analysis.document;
  const said = analysis.findings.length + analysis.suppressed.length;
  const secrets = said === 0 ? [] : secretsIn(input, analysis);
  const placer = createPlacer(text, lines, input.name, secrets);
  const fingerprints = fingerprintsIn(analysis, secrets);
  const untold = input.withPosture === true ? untoldPostures(analysis) : undefined;
  const left = accept(analysis, fingerprints, input.accepted ?? []);
  const { findings, suppressed } = placeFindings(left, fingerprints, placer);
  return {
    findings,
    suppressed,
    failures: analysis.failures.map(({ rule, error }) => ({ rule, path: input.name, error })),
    notChecked: [
      ...analysis.notChecked.map(({ rule, reason, span }) => ({
        ...(rule !== undefined && { rule }),
        path: input.name,
        reason,
        ...(span && { range: placer.range(span) }),
      })),
      ...(untold === undefined ? [] : [{ path: input.name, reason: untold }]),
    ],
    ...(input.withPosture === true && {
      posture: postureOf(left).map(
        ({ kind, name, span, controls }): AuditPosture => ({
          kind,
          name,
          range: placer.range(span),
          controls: controls.map((control) => ({
            ...control,
            findings: control.findings.map((finding) => fingerprints.get(finding) ?? ""),
          })),
        }),
      ),
    }),
    lasts: analysis.failures.length === 0 && !analysis.notChecked.some(({ passing }) => passing),
    ran: idsOf(analysis.active),
  };
}

/** The ids of the rules that are on for a text, which depends on its configuration alone. */
export function ranUnder({ rules, config }: AnalysisInput): ReadonlySet<string> {
  return idsOf(effectiveRules(rules, config));
}

/** The same of one analysis for an editor, which needs no places: what a baseline has accepted is silenced. */
export function withBaseline(
  input: AnalysisInput,
  analysis: Analysis,
  accepted: readonly AcceptedFinding[],
): Analysis {
  if (accepted.length === 0 || analysis.findings.length === 0) return analysis;
  return accept(analysis, fingerprintsIn(analysis, secretsIn(input, analysis)), accepted);
}

function fingerprintsIn(analysis: Analysis, secrets: readonly Span[]): ReadonlyMap<Finding, string> {
  const all = [...analysis.findings, ...analysis.suppressed.map((entry) => entry.finding)];
  const prints = fingerprintsOf(analysis.document, all, secrets);
  return new Map(all.map((finding, index) => [finding, prints[index] ?? ""]));
}

/** What is said of a configuration itself is corrected, not accepted. */
function accept(
  analysis: Analysis,
  fingerprints: ReadonlyMap<Finding, string>,
  accepted: readonly AcceptedFinding[],
): Analysis {
  if (accepted.length === 0 || analysis.document.language === "configuration") return analysis;
  const prints = analysis.findings.map((finding) => fingerprints.get(finding) ?? "");
  return acceptFindings(analysis, prints, accepted);
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
  const others = runWhole(ofLanguage(missing, document.language), document, surroundings).findings;
  return [...findings, ...suppressed.map((entry) => entry.finding), ...others]
    .filter((finding) => ids.has(finding.rule))
    .map((finding) => finding.span);
}
