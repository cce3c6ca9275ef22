import type { DockerfileDocument } from "../documents/dockerfile/model";
import type { Kept } from "../documents/dockerfile/parser";
import type { Facts } from "./facts";
import type { Finding, NotChecked, RuleFailure } from "./finding";
import type { EffectiveRule } from "./levels";
import { movedFinding, sideOf } from "./movedFinding";
import type { ImagePolicy } from "./policy";
import { runRules } from "./run";

/** What one rule said of a document. */
export interface RuleResult {
  readonly findings: readonly Finding[];
  readonly failures: readonly RuleFailure[];
  readonly notChecked: readonly NotChecked[];
}

/** What is given to every rule beside the document. */
export interface Surroundings {
  readonly facts: Facts;
  readonly policy: ImagePolicy;
}

/** Runs rules on a whole document. */
export function runWhole(
  rules: readonly EffectiveRule[],
  document: Parameters<typeof runRules>[1],
  { facts, policy }: Surroundings,
): RuleResult {
  const run = { facts, policy, findings: [], failures: [], notChecked: [] };
  runRules(rules, document, run);
  return run;
}

/**
 * What a rule says of a Dockerfile after an edit, given what it said before. A rule is run again on what has changed
 * alone, or not at all, as far as it tells what it reads (`local`, `reads`); what it said of the rest is moved.
 *
 * @param changed the document with the instructions that are new as its only ones
 */
export function runAgain(
  effective: EffectiveRule,
  document: DockerfileDocument,
  changed: DockerfileDocument,
  kept: Kept,
  before: RuleResult,
  surroundings: Surroundings,
): RuleResult {
  const moved = judgedAlike(effective, changed, kept) ? movedResult(before, kept) : undefined;
  if (moved === undefined) return runWhole([effective], document, surroundings);
  if (effective.rule.local !== true)
    return moved.atChange ? runWhole([effective], document, surroundings) : moved;
  if (changed.instructions.length === 0) return moved;
  const again = runWhole([effective], changed, surroundings);
  if (again.failures.length > 0 || again.notChecked.length > 0)
    return runWhole([effective], document, surroundings);
  if (again.findings.length === 0) return moved;
  const { start, end } = kept.region;
  // A rule may look at the whole stage: what it finds at an instruction that has not changed is there already.
  const own = again.findings.filter(({ span }) => start <= span.start && span.start < end + kept.by);
  return { ...moved, findings: [...moved.findings, ...own] };
}

/** Whether what a rule says of the instructions that have not changed is what it said before. */
function judgedAlike(
  { rule }: EffectiveRule,
  { instructions, text }: DockerfileDocument,
  kept: Kept,
): boolean {
  if (rule.local === true) return true;
  const { reads } = rule;
  if (reads === undefined) return false;
  return (
    !kept.replaced.some((instruction) => reads(instruction, kept.text)) &&
    !instructions.some((instruction) => reads(instruction, text))
  );
}

interface MovedResult extends RuleResult {
  /** Whether something was found in the lines that changed: it is left out here. */
  readonly atChange: boolean;
}

/** What was said of the rest; `undefined` where it cannot be moved: something is open, or reaches into the change. */
function movedResult(before: RuleResult, kept: Kept): MovedResult | undefined {
  if (before.failures.length > 0 || before.notChecked.length > 0) return undefined;
  // Most rules find nothing, and what they said holds nothing to move.
  if (before.findings.length === 0) return nothing;
  const findings: Finding[] = [];
  let atChange = false;
  for (const finding of before.findings) {
    if (sideOf(finding.span, kept.region) === "within") {
      atChange = true;
      continue;
    }
    const moved = movedFinding(finding, kept.region, kept.by);
    if (moved === undefined) return undefined;
    findings.push(moved);
  }
  return { findings, failures: before.failures, notChecked: before.notChecked, atChange };
}

const nothing: MovedResult = { findings: [], failures: [], notChecked: [], atChange: false };
