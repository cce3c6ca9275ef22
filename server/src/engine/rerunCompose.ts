import type { ComposeDocument } from "../documents/compose/model";
import type { Kept, ParsedCompose } from "../documents/compose/parser";
import { joinProject } from "../documents/project/join";
import type { ProjectDocument } from "../documents/project/model";
import { containsSpan, movedSpan, type Span } from "../text/span";
import { type Facts, haveSameParts } from "./facts";
import type { Finding, NotChecked } from "./finding";
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
  const results = [
    ...compose.map((effective, at) => {
      const run = (only?: true): RuleResult =>
        runWhole([effective], (only && part) ?? document, surroundings);
      return edit === undefined ? run() : judgeAgain(effective, last!.results[at]!, edit, run);
    }),
    ...project.map((effective, at) => {
      const run = (only?: true): RuleResult =>
        runWhole([effective], (only && projectPart?.()) ?? whole(), surroundings);
      const before = last?.results[compose.length + at];
      return knowsFiles === undefined || before === undefined
        ? run()
        : judgeAgain(effective, before, knowsFiles, run);
    }),
  ];
  return { document, active, facts, results };
}

/** Joins a document to what it builds when that is first asked for. */
function joinedOnce(document: ComposeDocument, facts: Facts): () => ProjectDocument {
  let joined: ProjectDocument | undefined;
  return () => {
    joined ??= joinProject(document, facts.neighbours);
    return joined;
  };
}

function judgeAgain(
  { rule }: EffectiveRule,
  before: RuleResult,
  kept: Kept,
  run: (only?: true) => RuleResult,
): RuleResult {
  if (before.failures.length > 0) return run();
  if (rule.local === true) {
    const result = judgedLocally(before, kept, run);
    const isTooLong = (result?.findings.length ?? 0) >= (rule.listsAtMost ?? Number.POSITIVE_INFINITY);
    return result === undefined || isTooLong ? run() : result;
  }
  const { keys } = rule;
  if (keys === undefined || kept.keys === undefined || keys.some((key) => kept.keys?.has(key) === true))
    return run();
  const moved = movedResult(before, kept.edited, kept.by);
  return moved === undefined || moved.atChange ? run() : moved;
}

/** What a rule says that looks at each service by itself; `undefined` where it must look at all of them. */
function judgedLocally(
  before: RuleResult,
  kept: Kept,
  run: (only: true) => RuleResult,
): RuleResult | undefined {
  const { region, by, shared } = kept;
  const isShared = ({ span }: { readonly span: Span }): boolean =>
    shared.some((place) => containsSpan(place, span));
  const moved = movedResult(before, region, by);
  if (moved === undefined || before.findings.some(isShared)) return undefined;
  const again = run(true);
  if (again.failures.length > 0 || again.findings.some(isShared)) return undefined;
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
