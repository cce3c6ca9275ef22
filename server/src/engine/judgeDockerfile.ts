import { withInstructions } from "../documents/dockerfile/document";
import type { DockerfileDocument, Instruction } from "../documents/dockerfile/model";
import type { Kept } from "../documents/dockerfile/parser";
import { compareFindings, type Finding } from "./finding";
import type { EffectiveRule } from "./levels";
import { movedFinding, sideOf } from "./movedFinding";
import { type Selection, selectionOf } from "./needs";
import { type RuleResult, runWhole, type Surroundings } from "./run";

/** What the rules said of a Dockerfile, and which of them were asked. */
export interface Judged extends RuleResult {
  /** By the rule's index in the list, 1 where it had something to look at. */
  readonly asked: Uint8Array;
  readonly readers: Readers;
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
  return { ...result, asked, readers: new Map() };
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
  return ({ isLocal }, at) => {
    const group = groupOf[at];
    const instructions = group === undefined ? undefined : chosen[group];
    if (!isLocal || group === undefined || instructions === undefined) return document;
    if (instructions.length === all) return document;
    let part = parts.get(group);
    if (part === undefined) {
      part = withInstructions(document, instructions);
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
  const { selection, placeOf } = plan;
  const chosen = selection.choose(kept.changed, document.text);
  // What was once asked stays so: that is seldom more than what would be found by looking at the whole document again.
  const asked = before.asked.slice();
  for (let group = 0; group < chosen.length; group++)
    if (chosen[group] !== undefined) for (const at of plan.others.byGroup[group]!) asked[at] = 1;
  /** By the rule's index, 1 where it is asked about the whole document. */
  const whole = new Uint8Array(rules.length);
  const readers: Map<Instruction, Uint8Array> = new Map();
  for (const instruction of kept.changed) readers.set(instruction, new Uint8Array(rules.length));
  for (let index = 0; index < plan.others.all.length; index++) {
    const at = plan.others.all[index]!;
    if (asked[at] === 1 && mayJudgeOtherwise(rules[at]!, at, document.text, kept, before.readers, readers))
      whole[at] = 1;
  }
  for (const { rule } of before.failures) whole[placeOf.get(rule)!] = 1;
  for (const { rule } of before.notChecked) if (rule !== undefined) whole[placeOf.get(rule)!] = 1;

  const moved: Finding[] = [];
  for (let index = 0; index < before.findings.length; index++) {
    const finding = before.findings[index]!;
    const at = placeOf.get(finding.rule)!;
    if (whole[at] === 1) continue;
    if (sideOf(finding.span, kept.region) === "within") {
      if (!rules[at]!.isLocal) whole[at] = 1;
      continue;
    }
    const one = movedFinding(finding, kept.region, kept.by);
    if (one === undefined) whole[at] = 1;
    else moved.push(one);
  }

  const found = judgeChange(rules, plan, chosen, whole, document, kept, surroundings);
  const wholly = runWhole(
    placesOf(whole).map((at) => rules[at]!),
    document,
    surroundings,
  );
  const findings: Finding[] = [];
  for (const some of [moved, found])
    for (let at = 0; at < some.length; at++)
      if (whole[placeOf.get(some[at]!.rule)!] === 0) findings.push(some[at]!);
  for (const finding of wholly.findings) findings.push(finding);
  // In order now, so that it is next to no work to put them in order after the next edit.
  findings.sort(compareFindings);
  const { failures, notChecked } = wholly;
  return { findings, failures, notChecked, asked, readers };
}

/**
 * What local rules say of the changed instructions.
 * @param whole gets a mark for each rule that has to see the whole document instead
 */
function judgeChange(
  rules: readonly EffectiveRule[],
  { locals, placeOf }: Plan,
  chosen: Chosen,
  whole: Uint8Array,
  document: DockerfileDocument,
  kept: Kept,
  surroundings: Surroundings,
): readonly Finding[] {
  if (kept.changed.length === 0) return [];
  const wanted: EffectiveRule[] = [];
  const want = (some: readonly number[]): void => {
    for (const at of some) if (whole[at] === 0) wanted.push(rules[at]!);
  };
  want(locals.always);
  for (let group = 0; group < chosen.length; group++)
    if (chosen[group] !== undefined) want(locals.byGroup[group]!);
  const { findings, failures, notChecked } = runWhole(
    wanted,
    withInstructions(document, kept.changed),
    surroundings,
  );
  for (const { rule } of [...failures, ...notChecked]) if (rule !== undefined) whole[placeOf.get(rule)!] = 1;
  const { start, end } = kept.region;
  // A rule may look at the whole stage: what it finds at an instruction that has not changed is there already.
  return findings.filter(({ span }) => start <= span.start && span.start < end + kept.by);
}

/** Whether what a rule that is not local says of the instructions that have not changed may be something else now. */
function mayJudgeOtherwise(
  { rule: { reads } }: EffectiveRule,
  at: number,
  text: string,
  kept: Kept,
  before: Readers,
  now: Readers,
): boolean {
  if (reads === undefined) return true;
  for (const instruction of kept.replaced)
    if (isReader(reads, at, instruction, kept.text, before.get(instruction))) return true;
  for (const instruction of kept.changed)
    if (isReader(reads, at, instruction, text, now.get(instruction))) return true;
  return false;
}

/**
 * By an instruction that an edit has changed, what each rule has answered that was asked whether it reads it: the next
 * edit most often replaces this very instruction.
 */
type Readers = ReadonlyMap<Instruction, Uint8Array>;

const notAsked = 0;
const readsIt = 1;
const readsItNot = 2;

function isReader(
  reads: NonNullable<EffectiveRule["rule"]["reads"]>,
  at: number,
  instruction: Instruction,
  text: string,
  answers: Uint8Array | undefined,
): boolean {
  const known = answers?.[at] ?? notAsked;
  if (known !== notAsked) return known === readsIt;
  const answer = reads(instruction, text);
  if (answers !== undefined) answers[at] = answer ? readsIt : readsItNot;
  return answer;
}

/** What there is to know of a list of rules. */
interface Plan {
  readonly selection: Selection;
  /** The index of each rule in the list, by its id. */
  readonly placeOf: ReadonlyMap<string, number>;
  /** Those that are local, and the others. */
  readonly locals: Grouped;
  readonly others: Grouped;
}

/** Indices of rules. */
interface Grouped {
  readonly all: readonly number[];
  /** Those that need nothing, and the rest by the group of what they need. */
  readonly always: readonly number[];
  readonly byGroup: readonly (readonly number[])[];
}

type Chosen = ReturnType<Selection["choose"]>;

const plans = new WeakMap<readonly EffectiveRule[], Plan>();

function planOf(rules: readonly EffectiveRule[]): Plan {
  let plan = plans.get(rules);
  if (plan === undefined) {
    const selection = selectionOf(rules.map(({ rule }) => rule));
    plan = {
      selection,
      placeOf: new Map(rules.map(({ id }, at) => [id, at])),
      locals: groupedBy(selection, (at) => rules[at]!.isLocal),
      others: groupedBy(selection, (at) => !rules[at]!.isLocal),
    };
    plans.set(rules, plan);
  }
  return plan;
}

function groupedBy({ groupOf }: Selection, isOne: (at: number) => boolean): Grouped {
  const all = [...groupOf.keys()].filter(isOne);
  const count = groupOf.reduce<number>((most, group = -1) => Math.max(most, group + 1), 0);
  return {
    all,
    always: all.filter((at) => groupOf[at] === undefined),
    byGroup: Array.from({ length: count }, (_, group) => all.filter((at) => groupOf[at] === group)),
  };
}
