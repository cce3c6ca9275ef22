import type { ComposeDocument } from "../documents/compose/model";
import { parseCompose } from "../documents/compose/parse";
import type { DockerfileDocument } from "../documents/dockerfile/model";
import { parseDockerfile } from "../documents/dockerfile/parse";
import { maxFindingsPerFile, maxTextLength } from "../limits";
import { compareSpans } from "../text/span";
import type { Config } from "./config";
import { type ConfigurationDocument, parseConfiguration } from "./configuration";
import type { Facts } from "./facts";
import type { Finding, NotChecked, RuleFailure } from "./finding";
import { type EffectiveRule, effectiveRules } from "./levels";
import { runLocalRules } from "./localRules";
import type { Rule } from "./rule";
import { ruleIndexOf } from "./ruleIndex";
import { type Collected, runRule } from "./run";
import { type IgnoreComment, silence } from "./suppress";
import { unreadScripts } from "./unreadScripts";

/** A finding that a comment or `plimsoll.yaml` silenced. */
export interface SuppressedFinding {
  readonly finding: Finding;
  readonly by:
    | { readonly kind: "comment"; readonly comment: IgnoreComment }
    | { readonly kind: "repository"; readonly reason: string | undefined };
}

/** All that can be said of one text. */
export interface Analysis {
  readonly document: DockerfileDocument | ComposeDocument | ConfigurationDocument;
  /** In order of place, then of rule id. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly failures: readonly RuleFailure[];
  readonly notChecked: readonly NotChecked[];
}

export interface AnalysisInput {
  readonly kind: "dockerfile" | "compose" | "configuration";
  readonly text: string;
  readonly rules: readonly Rule[];
  readonly facts: Facts;
  readonly config: Config;
  /** Relative to the folder of `plimsoll.yaml`, with `/`: what `ignore:` globs are matched against. */
  readonly path?: string;
}

/** Parses a text and runs every rule that is on. Never throws: what goes wrong is in the result. */
export function analyse(input: AnalysisInput): Analysis {
  const tooLong = input.text.length > maxTextLength;
  const document = parse(input.kind, tooLong ? "" : input.text, input.rules);
  const run: Collected = {
    facts: input.facts,
    policy: input.config.policy,
    findings: [],
    failures: [],
    notChecked: [],
  };
  if (tooLong) run.notChecked.push(wholeFile(`the text is longer than ${maxTextLength} characters`));
  for (const problem of document.problems) {
    if (problem.effect === "unchecked") {
      run.notChecked.push({ rule: undefined, reason: problem.message, span: problem.span });
    }
  }
  const active = effectiveRules(input.rules, input.config);
  const wanted = active.filter((effective) => effective.rule.language === document.language);
  if (document.language === "dockerfile") {
    const local = wanted.filter((effective) => effective.rule.local === true);
    runLocalRules(active, local, document, run);
    run.notChecked.push(...unreadScripts(document));
  }
  for (const effective of wanted) {
    if (document.language !== "dockerfile" || effective.rule.local !== true)
      runRule(effective, document, run);
  }
  if (document.language === "configuration") return { document, ...ordered(run), suppressed: [] };

  const silenced = silence(document, run.findings, active, ruleIndexOf(input.rules), input);
  run.findings = [...silenced.findings];
  for (const effective of commentRules(active)) runRule(effective, silenced.comments, run);
  return { document, ...ordered(run), suppressed: silenced.suppressed };
}

function parse(kind: AnalysisInput["kind"], text: string, rules: readonly Rule[]): Analysis["document"] {
  if (kind === "dockerfile") return parseDockerfile(text);
  return kind === "compose" ? parseCompose(text) : parseConfiguration(text, rules);
}

function commentRules(active: readonly EffectiveRule[]): readonly EffectiveRule[] {
  return active.filter((effective) => effective.rule.language === "comments");
}

function ordered(run: Collected): Pick<Analysis, "findings" | "failures" | "notChecked"> {
  const findings = run.findings.sort(
    (a, b) => compareSpans(a.span, b.span) || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
  );
  if (findings.length > maxFindingsPerFile) {
    run.notChecked.push(wholeFile(`more than ${maxFindingsPerFile} findings: the rest is not listed`));
  }
  return {
    findings: findings.slice(0, maxFindingsPerFile),
    failures: run.failures,
    notChecked: run.notChecked,
  };
}

function wholeFile(reason: string): NotChecked {
  return { rule: undefined, reason, span: undefined };
}
