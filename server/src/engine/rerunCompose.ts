import type { ComposeDocument } from "../documents/compose/model";
import type { Kept, ParsedCompose } from "../documents/compose/parser";
import { joinProject } from "../documents/project/join";
import type { ProjectDocument } from "../documents/project/model";
import { containsSpan, movedSpan, type Span } from "../text/span";
import { type Facts, haveSameParts } from "./facts";
import type { Finding, NotChecked, RuleFailure } from "./finding";
import { type EffectiveRule, ofLanguage } from "./levels";
import { movedFinding, sideOf } from "./movedFinding";
import { type RuleResult, runWhole, type Surroundings } from "./run";

/** What the rules said of a Compose file, and what that was under. */
export interface JudgedCompose {
  readonly document: ComposeDocument;
  readonly active: readonly EffectiveRule[];
  readonly facts: Facts;
  /** Of the rules about Compose files, then of those about projects, in their order. */
  readonly results: readonly RuleResult[];
}

/**
 * What all rules say of a Compose file, given what they said before. After an edit within one service, a rule is run
 * again on that one alone, or not at all, as far as it tells what it reads (`local`, `keys`); what it said of the rest
 * is moved.
 */
export function judgeCompose(
  { document, kept }: ParsedCompose,
  active: readonly EffectiveRule[],
  surroundings: Surroundings,
  last?: JudgedCompose,
): JudgedCompose {
  const { facts } = surroundings;
  const compose = ofLanguage(active, "compose");
  const project = document.form === "not-compose" ? [] : ofLanguage(active, "project");
  const isKept =
    last !== undefined &&
    kept?.before === last.document &&
    last.active === active &&
    haveSameParts(last.facts, facts);
  const edit = isKept ? kept : undefined;
  const part = edit?.part;
  const whole = joinedOnce(document, facts);
  const projectPart = part && joinedOnce(part, facts);
  const knowsFiles =
    last?.facts.git === facts.git && last.facts.committedTexts === facts.committedTexts ? edit : undefined;
  const before = last?.results ?? [];
  const ofCompose = { rules: compose, before: before.slice(0, compose.length), kept: edit };
  const ofProject = { rules: project, before: before.slice(compose.length), kept: knowsFiles };
  const results = [
    ...judgeRules(
      ofCompose,
      () => document,
      () => part ?? document,
      surroundings,
    ),
    ...judgeRules(ofProject, whole, () => projectPart?.() ?? whole(), surroundings),
  ];
  return { document, active, facts, results };
}

/** Some rules, what they said before, and what an edit has left of that. */
interface Again {
  readonly rules: readonly EffectiveRule[];
  readonly before: readonly RuleResult[];
  readonly kept: Kept | undefined;
}

type Judgeable = ComposeDocument | ProjectDocument;

/** Runs rules together, as far as they need to be run: what that takes for itself is then taken once. */
function judgeRules(
  { rules, before, kept }: Again,
  whole: () => Judgeable,
  part: () => Judgeable,
  surroundings: Surroundings,
): readonly RuleResult[] {
  const results: RuleResult[] = [];
  const wholly: number[] = [];
  const locally: number[] = [];
  for (let at = 0; at < rules.length; at++) {
    const moved = kept && movedBefore(rules[at]!, before[at], kept);
    if (moved === undefined || kept === undefined) wholly.push(at);
    else if (rules[at]!.rule.local === true) locally.push(at);
    results.push(moved ?? nothing);
  }
  if (kept !== undefined) {
    const again = resultsOf(rules, locally, part, surroundings);
    for (const at of locally) {
      const { rule } = rules[at]!;
      const result = judgedLocally(results[at]!, again.get(rule.id) ?? nothing, kept);
      const isTooLong = (result?.findings.length ?? 0) >= (rule.listsAtMost ?? Number.POSITIVE_INFINITY);
      if (result === undefined || isTooLong) wholly.push(at);
      else results[at] = result;
    }
  }
  const anew = resultsOf(rules, wholly, whole, surroundings);
  for (const at of wholly) results[at] = anew.get(rules[at]!.rule.id) ?? nothing;
  return results;
}

/** What each of some rules says of a document, by its id; nothing of those that say nothing. */
function resultsOf(
  rules: readonly EffectiveRule[],
  places: readonly number[],
  document: () => Judgeable,
  surroundings: Surroundings,
): ReadonlyMap<string, RuleResult> {
  const results = new Map<string, Gathered>();
  if (places.length === 0) return results;
  const wanted = places.map((at) => rules[at]!);
  const { findings, failures, notChecked } = runWhole(wanted, document(), surroundings);
  const of = (rule: string): Gathered => {
    let result = results.get(rule);
    if (result === undefined) {
      result = { findings: [], failures: [], notChecked: [] };
      results.set(rule, result);
    }
    return result;
  };
  for (const finding of findings) of(finding.rule).findings.push(finding);
  for (const failure of failures) of(failure.rule).failures.push(failure);
  for (const gap of notChecked) if (gap.rule !== undefined) of(gap.rule).notChecked.push(gap);
  return results;
}

interface Gathered extends RuleResult {
  readonly findings: Finding[];
  readonly failures: RuleFailure[];
  readonly notChecked: NotChecked[];
}

/** Joins a document to what it builds when that is first asked for. */
function joinedOnce(document: ComposeDocument, facts: Facts): () => ProjectDocument {
  let joined: ProjectDocument | undefined;
  return () => {
    joined ??= joinProject(document, facts.neighbours);
    return joined;
  };
}

/**
 * What a rule said of all that has not changed; `undefined` where it must look at the whole document.
 * @param before what it said, `undefined` where it was not asked
 */
function movedBefore(
  { rule: { local, keys } }: EffectiveRule,
  before: RuleResult | undefined,
  kept: Kept,
): MovedResult | undefined {
  if (before === undefined || before.failures.length > 0) return undefined;
  if (local === true) {
    const isElsewhere = before.findings.every(({ span }) => !isShared(span, kept));
    return isElsewhere ? movedResult(before, kept.region, kept.by) : undefined;
  }
  if (keys === undefined || kept.keys === undefined || keys.some((key) => kept.keys?.has(key) === true))
    return undefined;
  const moved = movedResult(before, kept.edited, kept.by);
  return moved?.atChange === false ? moved : undefined;
}

function isShared(span: Span, { shared }: Kept): boolean {
  return shared.some((place) => containsSpan(place, span));
}

/**
 * What a rule says that looks at each service by itself; `undefined` where it must look at all of them.
 * @param moved what it said of the services that have not changed
 * @param again what it says of the one that has
 */
function judgedLocally(moved: RuleResult, again: RuleResult, kept: Kept): RuleResult | undefined {
  if (again === nothing) return moved;
  const { region, by } = kept;
  if (again.failures.length > 0 || again.findings.some(({ span }) => isShared(span, kept))) return undefined;
  if (again.notChecked.some(({ span }) => span === undefined)) return undefined;
  const isOwn = ({ span }: { readonly span?: Span | undefined }): boolean =>
    span !== undefined && region.start <= span.start && span.start < region.end + by;
  const findings = again.findings.filter(isOwn);
  const notChecked = again.notChecked.filter(isOwn);
  return {
    failures: [],
    findings: findings.length === 0 ? moved.findings : [...moved.findings, ...findings],
    notChecked: notChecked.length === 0 ? moved.notChecked : inOrder([...moved.notChecked, ...notChecked]),
  };
}

/** Rules go through a document from its beginning to its end. */
function inOrder(notChecked: readonly NotChecked[]): readonly NotChecked[] {
  return notChecked.toSorted((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
}

interface MovedResult extends RuleResult {
  /** Whether something was said of what has changed: it is left out here. */
  readonly atChange: boolean;
}

const nothing: MovedResult = { findings: [], failures: [], notChecked: [], atChange: false };

/** What was said of the rest; `undefined` where it cannot be moved, since it reaches into the change. */
function movedResult(before: RuleResult, region: Span, by: number): MovedResult | undefined {
  if (before.findings.length === 0 && before.notChecked.length === 0) return nothing;
  const findings: Finding[] = [];
  const notChecked: NotChecked[] = [];
  let atChange = false;
  for (const finding of before.findings) {
    if (sideOf(finding.span, region) === "within") {
      atChange = true;
      continue;
    }
    const moved = movedFinding(finding, region, by);
    if (moved === undefined) return undefined;
    findings.push(moved);
  }
  for (const gap of before.notChecked) {
    if (gap.span === undefined) return undefined;
    const side = sideOf(gap.span, region);
    if (side === "within") atChange = true;
    else notChecked.push(side === "before" ? gap : { ...gap, span: movedSpan(gap.span, by) });
  }
  return { findings, failures: [], notChecked, atChange };
}
