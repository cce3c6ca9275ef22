import type { ComposeDocument } from "../documents/compose/model";
import type { DockerfileDocument } from "../documents/dockerfile/model";
import { maxPostures } from "../limits";
import type { Span } from "../text/span";
import type { Analysis, SuppressedFinding } from "./analyse";
import type { Finding, NotChecked } from "./finding";
import { type Control, type Judgement, serviceControls, stageControls } from "./postureControls";
import { createMarks, type Marks, rangesOfService, rangesOfStage } from "./posturePlaces";
import type { Rule } from "./rule";

/** How one stage or one service stands to each control. */
export interface Posture {
  readonly kind: "stage" | "service";
  /** As written; an unnamed stage is called by its number, from 1. */
  readonly name: string;
  /** The FROM instruction, or the service's name. */
  readonly span: Span;
  /** In the order of the table of controls. */
  readonly controls: readonly ControlResult[];
}

/**
 * `pass`: every rule that the control needs has run here and found nothing. `fail`: one found something. `accepted`: all
 * that was found is silenced. `notApplicable`: there is nothing to control. `notChecked`: it is not known.
 */
export type ControlState = "pass" | "fail" | "accepted" | "notApplicable" | "notChecked";

export interface ControlResult {
  readonly id: string;
  /** The good state, in a few words. */
  readonly title: string;
  readonly state: ControlState;
  /** Why, where the findings do not say it: one clause without a full stop. */
  readonly reason?: string;
  /** Whether it is not checked for the one reason that rules are off. */
  readonly off?: true;
  /** What fails it, or was accepted. */
  readonly findings: readonly Finding[];
}

/**
 * The posture of each stage of a Dockerfile, or each service of a Compose file, in their order; nothing for other
 * documents. Beyond `maxPostures` the rest is left out.
 *
 * What a stage inherits (`FROM stage`) and a service takes from elsewhere in the file (anchors, `extends`) counts as its
 * own. Pure, and no part of what happens at a keystroke: call it when somebody looks.
 */
export function postureOf(analysis: Analysis): readonly Posture[] {
  const { document } = analysis;
  if (document.language === "dockerfile") return stagePostures(analysis, document);
  return document.language === "compose" ? servicePostures(analysis, document) : [];
}

/** Why {@link postureOf} does not tell of every stage or service; `undefined` where it does. */
export function untoldPostures({ document }: Analysis): string | undefined {
  const count =
    document.language === "dockerfile"
      ? document.stages.length
      : document.language === "compose"
        ? document.services.length
        : 0;
  return count > maxPostures
    ? `how ${count - maxPostures} of its ${count} stages or services stand is not told`
    : undefined;
}

function stagePostures(analysis: Analysis, document: DockerfileDocument): readonly Posture[] {
  const said = sayingsOf(analysis);
  const controls = stageControls.map((control) => withRules(control, analysis, "dockerfile"));
  return document.stages.slice(0, maxPostures).map((stage): Posture => {
    const ranges = rangesOfStage(document, stage);
    return {
      kind: "stage",
      name: stage.name ?? `stage ${stage.index + 1}`,
      span: stage.from.span,
      controls: controls.map((one) =>
        resultOf(one, said, one.control.inherited ? ranges : ranges.slice(0, 1), {
          stage,
          isFinal: stage === document.finalStage,
        }),
      ),
    };
  });
}

function servicePostures(analysis: Analysis, document: ComposeDocument): readonly Posture[] {
  const said = sayingsOf(analysis);
  const controls = serviceControls.map((control) => withRules(control, analysis, "compose"));
  return document.services.slice(0, maxPostures).map((service): Posture => {
    const ranges = rangesOfService(service);
    return {
      kind: "service",
      name: service.name,
      span: service.nameSpan,
      controls: controls.map((one) => resultOf(one, said, ranges, service)),
    };
  });
}

/** A control with its rules, looked up once for all subjects. */
interface ControlWithRules<S> {
  readonly control: Control<S>;
  /** Ids of rules, a finding of which fails it. */
  readonly fails: ReadonlySet<string>;
  readonly on: ReadonlySet<string>;
  readonly failed: ReadonlySet<string>;
  readonly needed: readonly Rule[];
}

function withRules<S>(control: Control<S>, analysis: Analysis, language: string): ControlWithRules<S> {
  const rules = analysis.rules.filter((rule) => rule.language === language);
  const needed = rules.filter((rule) => control.needs(rule));
  return {
    control,
    needed,
    fails: new Set([...needed, ...rules.filter((rule) => control.also?.(rule) === true)].map(({ id }) => id)),
    on: new Set(analysis.active.map(({ rule }) => rule.id)),
    failed: new Set(analysis.failures.map(({ rule }) => rule)),
  };
}

/** All that was said of a document, by place. */
interface Sayings {
  readonly findings: Marks<Finding>;
  readonly suppressed: Marks<SuppressedFinding>;
  readonly notChecked: Marks<NotChecked & { readonly span: Span }>;
  /** What concerns the whole document. */
  readonly notCheckedAnywhere: readonly NotChecked[];
}

function sayingsOf({ document, findings, suppressed, notChecked }: Analysis): Sayings {
  // Unread commands are judged by the controls that look at commands.
  const commands = new Set(
    document.language === "dockerfile" ? document.instructions.map(({ keywordSpan }) => keywordSpan) : [],
  );
  return {
    findings: createMarks(findings, ({ span }) => span),
    suppressed: createMarks(suppressed, ({ finding }) => finding.span),
    notChecked: createMarks(
      notChecked.flatMap((entry) => {
        const { span, rule } = entry;
        if (span === undefined || (rule === undefined && commands.has(span))) return [];
        return [{ ...entry, span }];
      }),
      ({ span }) => span,
    ),
    notCheckedAnywhere: notChecked.filter(({ span }) => span === undefined),
  };
}

function resultOf<S>(
  one: ControlWithRules<S>,
  said: Sayings,
  ranges: readonly Span[],
  subject: S,
): ControlResult {
  const { control, fails } = one;
  const { id, title } = control;
  const isFor = ({ rule }: Finding): boolean =>
    fails.has(rule) && control.concerns?.(rule, subject) !== false;
  const findings = said.findings.within(ranges).filter(isFor);
  if (findings.length > 0) return { id, title, state: "fail", findings };
  const accepted = said.suppressed.within(ranges).filter(({ finding }) => isFor(finding));
  if (accepted.length > 0) {
    const reason = reasonOf(accepted);
    return {
      id,
      title,
      state: "accepted",
      ...(reason !== undefined && { reason }),
      findings: accepted.map(({ finding }) => finding),
    };
  }
  const judged = control.judge?.(subject) ?? unjudged(one, said, ranges, subject) ?? { state: "pass" };
  return { id, title, ...judged, findings: [] };
}

/** Why a control without findings must not be called passed. */
function unjudged<S>(
  { control, fails, on, failed, needed }: ControlWithRules<S>,
  said: Sayings,
  ranges: readonly Span[],
  subject: S,
): Judgement | undefined {
  const wanted = needed.filter(({ id }) => control.concerns?.(id, subject) !== false);
  const off = wanted.find((rule) => !on.has(rule.id));
  if (off !== undefined) return { state: "notChecked", reason: `the rule ${off.id} is off`, off: true };
  const broken = wanted.find((rule) => failed.has(rule.id));
  if (broken !== undefined) return { state: "notChecked", reason: `the rule ${broken.id} failed` };
  const open = [...said.notChecked.within(ranges), ...said.notCheckedAnywhere].find(
    ({ rule }) => rule === undefined || fails.has(rule),
  );
  return open === undefined ? undefined : { state: "notChecked", reason: open.reason };
}

function reasonOf(accepted: readonly SuppressedFinding[]): string | undefined {
  const by = accepted[0]?.by;
  return by?.kind === "comment" ? by.comment.reason : by?.reason;
}
