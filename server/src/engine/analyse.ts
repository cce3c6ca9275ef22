import type { CommandFormat, CommandsDocument } from "../documents/commands/model";
import { parseCommands } from "../documents/commands/parse";
import type { ComposeDocument } from "../documents/compose/model";
import { parseComposeAgain } from "../documents/compose/parse";
import type { DaemonDocument } from "../documents/daemon/model";
import { parseDaemon } from "../documents/daemon/parse";
import type { DockerfileDocument } from "../documents/dockerfile/model";
import { createDockerfileParser, type Kept } from "../documents/dockerfile/parser";
import { maxFindingsPerFile, maxTextLength } from "../limits";
import type { Config } from "./config";
import { type ConfigurationDocument, parseConfiguration } from "./configuration";
import { type Facts, haveSameParts } from "./facts";
import { compareFindings, type Finding, type NotChecked, type RuleFailure } from "./finding";
import { type Judged, judgeAgain, judgeDockerfile } from "./judgeDockerfile";
import { type EffectiveRule, effectiveRules, ofLanguage } from "./levels";
import { type JudgedCompose, judgeCompose } from "./rerunCompose";
import type { Rule } from "./rule";
import { ruleIndexOf } from "./ruleIndex";
import { type Collected, type RuleResult, runRules, runWhole, type Surroundings } from "./run";
import { type IgnoreComment, silence } from "./suppress";
import { beginBudget, type Stopwatch } from "./timeBudget";
import { unfollowedStages } from "./unfollowed";
import { type UnreadScript, unreadAgain, unreadGaps, unreadScripts } from "./unreadScripts";

/** A finding that a comment, `plimsoll.yaml` or the baseline silenced. */
export interface SuppressedFinding {
  readonly finding: Finding;
  readonly by:
    | { readonly kind: "comment"; readonly comment: IgnoreComment }
    | ({ readonly kind: "repository" | "baseline" } & Acceptance);
}

/** What a team said when it accepted a finding. */
export interface Acceptance {
  readonly reason: string | undefined;
  /** Who answers for it. */
  readonly owner?: string | undefined;
  /** Where it was agreed upon. */
  readonly ticket?: string | undefined;
  /** `YYYY-MM-DD`: the last day on which it counts. */
  readonly until?: string | undefined;
}

/** All that can be said of one text. */
export interface Analysis {
  readonly document:
    | DockerfileDocument
    | ComposeDocument
    | DaemonDocument
    | CommandsDocument
    | ConfigurationDocument;
  /** In order of place, then of rule id. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly failures: readonly RuleFailure[];
  readonly notChecked: readonly NotChecked[];
  /** All rules that there are, and those of them that were on. */
  readonly rules: readonly Rule[];
  readonly active: readonly EffectiveRule[];
}

export interface AnalysisInput {
  readonly kind: "dockerfile" | "compose" | "daemon" | "commands" | "configuration";
  /** For `commands`: what the text is. A shell script where it is missing. */
  readonly format?: CommandFormat;
  readonly text: string;
  readonly rules: readonly Rule[];
  readonly facts: Facts;
  readonly config: Config;
  /** Without it rules take what time they need. */
  readonly spent?: Stopwatch | undefined;
  /** Of an open document: the ids of rules that have taken too long on an earlier text of it, to which others are added. */
  readonly slow?: Set<string>;
  /** Relative to the folder of `plimsoll.yaml`, with `/`: what `ignore:` globs are matched against. */
  readonly path?: string;
}

/** Parses a text and runs every rule that is on. Never throws: what goes wrong is in the result. */
export function analyse(input: AnalysisInput): Analysis {
  const text = checkedText(input);
  const active = effectiveRules(input.rules, input.config);
  const surroundings = surroundingsOf(input);
  if (input.kind !== "dockerfile") return analyseOther(input, input.kind, text, active, surroundings);
  const { document } = createDockerfileParser().parse(text);
  const result = judgeDockerfile(ofLanguage(active, "dockerfile"), document, surroundings);
  return conclude(
    input,
    document,
    active,
    [result],
    [...unreadGaps(unreadScripts(document.instructions, document.text)), ...unfollowedStages(document)],
  );
}

/**
 * An {@link analyse} that remembers its last Dockerfile and Compose file, so that after an edit only what may have changed
 * is read and judged again. What it answers depends on the input alone.
 */
export function createAnalyser(): (input: AnalysisInput) => Analysis {
  const parser = createDockerfileParser();
  let last: JudgedDockerfile | undefined;
  let lastCompose: JudgedCompose | undefined;
  return (input) => {
    const text = checkedText(input);
    const active = effectiveRules(input.rules, input.config);
    const surroundings = surroundingsOf(input);
    if (input.kind === "compose") {
      lastCompose = judgeComposeText(text, active, surroundings, lastCompose);
      return conclude(input, lastCompose.document, active, lastCompose.results);
    }
    if (input.kind !== "dockerfile") return analyseOther(input, input.kind, text, active, surroundings);
    const { document, kept } = parser.parse(text);
    last = judge(document, kept, active, surroundings, last);
    return conclude(
      input,
      document,
      active,
      [last.judged],
      [...unreadGaps(last.unread), ...unfollowedStages(document)],
    );
  };
}

/** What is read of a text: nothing of one that is too long. */
function checkedText({ text }: AnalysisInput): string {
  return text.length > maxTextLength ? "" : text;
}

function analyseOther(
  input: AnalysisInput,
  kind: Exclude<AnalysisInput["kind"], "dockerfile">,
  text: string,
  active: readonly EffectiveRule[],
  surroundings: Surroundings,
): Analysis {
  if (kind === "compose") {
    const { document, results } = judgeComposeText(text, active, surroundings);
    return conclude(input, document, active, results);
  }
  const document = parsed(kind, text, input);
  const result = runWhole(ofLanguage(active, document.language), document, surroundings);
  return conclude(input, document, active, [result]);
}

function parsed(
  kind: Exclude<AnalysisInput["kind"], "dockerfile" | "compose">,
  text: string,
  { rules, format = "shell" }: AnalysisInput,
): Exclude<Analysis["document"], DockerfileDocument | ComposeDocument> {
  if (kind === "commands") return parseCommands(text, format);
  return kind === "daemon" ? parseDaemon(text) : parseConfiguration(text, rules);
}

function judgeComposeText(
  text: string,
  active: readonly EffectiveRule[],
  surroundings: Surroundings,
  last?: JudgedCompose,
): JudgedCompose {
  const parsed = parseComposeAgain(text, surroundings.facts.neighbours);
  return judgeCompose(parsed, active, surroundings, last);
}

function surroundingsOf({ facts, config, spent, slow = new Set() }: AnalysisInput): Surroundings {
  return { facts, policy: config.policy, budget: beginBudget(spent, slow) };
}

/** What the rules said of a Dockerfile, and what that was under. */
interface JudgedDockerfile {
  readonly active: readonly EffectiveRule[];
  readonly facts: Facts;
  readonly judged: Judged;
  readonly unread: readonly UnreadScript[];
}

function judge(
  document: DockerfileDocument,
  kept: Kept | undefined,
  active: readonly EffectiveRule[],
  surroundings: Surroundings,
  last: JudgedDockerfile | undefined,
): JudgedDockerfile {
  const { facts } = surroundings;
  const wanted = ofLanguage(active, "dockerfile");
  if (
    kept === undefined ||
    last === undefined ||
    last.active !== active ||
    !haveSameParts(last.facts, facts)
  ) {
    const judged = judgeDockerfile(wanted, document, surroundings);
    return { active, facts, judged, unread: unreadScripts(document.instructions, document.text) };
  }
  const judged = judgeAgain(wanted, document, kept, last.judged, surroundings);
  return { active, facts, judged, unread: unreadAgain(last.unread, kept.changed, kept, document.text) };
}

/** Puts together what the rules said, silences what is ignored, and runs the rules about ignore comments. */
function conclude(
  input: AnalysisInput,
  document: Analysis["document"],
  active: readonly EffectiveRule[],
  results: readonly RuleResult[],
  unread: readonly NotChecked[] = [],
): Analysis {
  const { facts, config } = input;
  const run: Collected = { facts, policy: config.policy, findings: [], failures: [], notChecked: [] };
  if (input.text.length > maxTextLength)
    run.notChecked.push(wholeFile(`the text is longer than ${maxTextLength} characters`));
  for (const problem of document.problems) {
    if (problem.effect === "unchecked")
      run.notChecked.push({ rule: undefined, reason: problem.message, span: problem.span });
  }
  run.notChecked.push(...unread);
  for (const { findings, failures, notChecked } of results) {
    addAll(run.findings, findings);
    addAll(run.failures, failures);
    addAll(run.notChecked, notChecked);
  }
  const { rules } = input;
  run.findings.sort(compareFindings);
  if (document.language === "configuration")
    return { document, ...bounded(run), suppressed: [], rules, active };

  // In order already, so that what is silenced comes in the same order, whatever was judged again.
  const silenced = silence(document, run.findings, active, ruleIndexOf(rules), input);
  run.findings = silenced.findings.slice();
  runRules(ofLanguage(active, "comments"), silenced.comments, run);
  if (run.findings.length > silenced.findings.length) run.findings.sort(compareFindings);
  return { document, ...bounded(run), suppressed: silenced.suppressed, rules, active };
}

function bounded(run: Collected): Pick<Analysis, "findings" | "failures" | "notChecked"> {
  const { findings, failures, notChecked } = run;
  if (findings.length <= maxFindingsPerFile) return { findings, failures, notChecked };
  notChecked.push(wholeFile(`more than ${maxFindingsPerFile} findings: the rest is not listed`));
  return { findings: findings.slice(0, maxFindingsPerFile), failures, notChecked };
}

function addAll<T>(all: T[], some: readonly T[]): void {
  for (let at = 0; at < some.length; at++) all.push(some[at]!);
}

function wholeFile(reason: string): NotChecked {
  return { rule: undefined, reason, span: undefined };
}
