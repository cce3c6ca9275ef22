import type { DockerfileDocument } from "../documents/dockerfile/model";
import type { Kept } from "../documents/dockerfile/parser";
import type { Finding } from "./finding";
import type { EffectiveRule } from "./levels";
import { movedFinding, sideOf } from "./movedFinding";
import { type Selection, selectionOf } from "./needs";
import { PartOfDockerfile } from "./partOfDockerfile";
import { type RuleResult, runWhole, type Surroundings } from "./run";

/** What the rules said of a Dockerfile, and which of them were asked. */
export interface Judged extends RuleResult {
  /** By the rule's index in the list, 1 where it had something to look at. */
  readonly asked: Uint8Array;
}

/** Asks the rules that can have something to say of a Dockerfile. */
export function judgeDockerfile(
  rules: readonly EffectiveRule[],
  document: DockerfileDocument,
  surroundings: Surroundings,
): Judged {
  const plan = planOf(rules);
  const chosen = plan.selection.choose(document.instructions, document.text);
  const asked = askedIn(plan, chosen);
  const wanted = placesOf(asked);
  const documentOf = documentsBy(plan, chosen, document);
  const result = runWhole(
    wanted.map((at) => rules[at]!),
    (index) => documentOf(rules[wanted[index]!]!, wanted[index]!),
    surroundings,
  );
  return { ...result, asked };
}

/** By the rule's index, 1 where it needs nothing or one of the chosen instructions meets its needs. */
function askedIn({ selection: { groupOf } }: Plan, chosen: Chosen): Uint8Array {
  const asked = new Uint8Array(groupOf.length);
  for (let at = 0; at < groupOf.length; at++) {
    const group = groupOf[at];
    if (group === undefined || chosen[group] !== undefined) asked[at] = 1;
  }
  return asked;
}

/** The indices that are marked. */
function placesOf(marks: Uint8Array): readonly number[] {
  const places: number[] = [];
  for (let at = 0; at < marks.length; at++) if (marks[at] === 1) places.push(at);
  return places;
}

/**
 * Gives each rule its document. A local rule sees as its instructions only those that meet its needs, as it does after
 * an edit, so that it does not look in vain at the others.
 */
function documentsBy(
  { selection: { groupOf } }: Plan,
  chosen: Chosen,
  document: DockerfileDocument,
): (effective: EffectiveRule, at: number) => DockerfileDocument {
  const all = document.instructions.length;
  const parts = new Map<number, DockerfileDocument>();
  return ({ rule }, at) => {
    const group = groupOf[at];
    const instructions = group === undefined ? undefined : chosen[group];
    if (rule.local !== true || group === undefined || instructions === undefined) return document;
    if (instructions.length === all) return document;
    let part = parts.get(group);
    if (part === undefined) {
      part = new PartOfDockerfile(document, instructions);
      parts.set(group, part);
    }
    return part;
  };
}

/**
 * What the rules say of a Dockerfile after an edit, given what they said before. Only those that the changed
 * instructions meet the needs of are asked again, and on the changed instructions alone, or not at all, as far as they
 * tell what they read (`local`, `reads`); what they said of the rest is moved.
 *
 * @param before of the same rules, under the same surroundings
 */
export function judgeAgain(
  rules: readonly EffectiveRule[],
  document: DockerfileDocument,
  kept: Kept,
  before: Judged,
  surroundings: Surroundings,
): Judged {
  const plan = planOf(rules);
  const { selection, placeOf, others } = plan;
  const chosen = askedIn(plan, selection.choose(kept.changed, document.text));
  // What was once asked stays so: that is seldom more than what would be found by looking at the whole document again.
  const asked = before.asked.map((was, at) => was | chosen[at]!);
  /** By the rule's index, 1 where it is asked about the whole document. */
  const whole = new Uint8Array(rules.length);
  for (const at of others)
    if (asked[at] === 1 && mayJudgeOtherwise(rules[at]!, document.text, kept)) whole[at] = 1;
  for (const { rule } of before.failures) whole[placeOf.get(rule)!] = 1;
  for (const { rule } of before.notChecked) if (rule !== undefined) whole[placeOf.get(rule)!] = 1;

  const moved: Finding[] = [];
  for (const finding of before.findings) {
    const at = placeOf.get(finding.rule)!;
    if (whole[at] === 1) continue;
    if (sideOf(finding.span, kept.region) === "within") {
      if (rules[at]!.rule.local !== true) whole[at] = 1;
      continue;
    }
    const one = movedFinding(finding, kept.region, kept.by);
    if (one === undefined) whole[at] = 1;
    else moved.push(one);
  }

  const found = judgeChange(rules, chosen, whole, document, kept, surroundings);
  const wholly = runWhole(
    rules.filter((_, at) => whole[at] === 1),
    document,
    surroundings,
  );
  const isOfRest = ({ rule }: Finding): boolean => whole[placeOf.get(rule)!] === 0;
  const { failures, notChecked } = wholly;
  return {
    findings: [...moved.filter(isOfRest), ...found.filter(isOfRest), ...wholly.findings],
    failures,
    notChecked,
    asked,
  };
}

/**
 * What local rules say of the changed instructions.
 * @param whole gets a mark for each rule that has to see the whole document instead
 */
function judgeChange(
  rules: readonly EffectiveRule[],
  chosen: Uint8Array,
  whole: Uint8Array,
  document: DockerfileDocument,
  kept: Kept,
  surroundings: Surroundings,
): readonly Finding[] {
  if (kept.changed.length === 0) return [];
  const changed = new PartOfDockerfile(document, kept.changed);
  const { placeOf } = planOf(rules);
  const { findings, failures, notChecked } = runWhole(
    rules.filter(({ rule }, at) => rule.local === true && chosen[at] === 1 && whole[at] === 0),
    changed,
    surroundings,
  );
  for (const { rule } of [...failures, ...notChecked]) if (rule !== undefined) whole[placeOf.get(rule)!] = 1;
  const { start, end } = kept.region;
  // A rule may look at the whole stage: what it finds at an instruction that has not changed is there already.
  return findings.filter(({ span }) => start <= span.start && span.start < end + kept.by);
}

/** Whether what a rule that is not local says of the instructions that have not changed may be something else now. */
function mayJudgeOtherwise({ rule: { reads } }: EffectiveRule, text: string, kept: Kept): boolean {
  return (
    reads === undefined ||
    kept.replaced.some((instruction) => reads(instruction, kept.text)) ||
    kept.changed.some((instruction) => reads(instruction, text))
  );
}

/** What there is to know of a list of rules. */
interface Plan {
  readonly selection: Selection;
  /** The index of each rule in the list, by its id. */
  readonly placeOf: ReadonlyMap<string, number>;
  /** The indices of those that are not local. */
  readonly others: readonly number[];
}

type Chosen = ReturnType<Selection["choose"]>;

const plans = new WeakMap<readonly EffectiveRule[], Plan>();

function planOf(rules: readonly EffectiveRule[]): Plan {
  let plan = plans.get(rules);
  if (plan === undefined) {
    plan = {
      selection: selectionOf(rules.map(({ rule }) => rule)),
      placeOf: new Map(rules.map(({ rule }, at) => [rule.id, at])),
      others: rules.flatMap(({ rule }, at) => (rule.local === true ? [] : [at])),
    };
    plans.set(rules, plan);
  }
  return plan;
}
