import type { ComposeDocument } from "../documents/compose/model";
import { maxRuleTime } from "../limits";
import type { Facts } from "./facts";
import type { Finding, NotChecked, RuleFailure } from "./finding";
import { atHome, isForeign } from "./foreign";
import type { EffectiveRule } from "./levels";
import type { ImagePolicy } from "./policy";
import type { Documents, Messages, OptionSpecs, RuleContext } from "./rule";
import { outOfTime, type TimeBudget } from "./timeBudget";

/** What one run has gathered so far. */
export interface Collected extends Surroundings {
  findings: Finding[];
  readonly failures: RuleFailure[];
  readonly notChecked: NotChecked[];
}

/** What rules said of a document. */
export interface RuleResult {
  readonly findings: readonly Finding[];
  readonly failures: readonly RuleFailure[];
  readonly notChecked: readonly NotChecked[];
}

/** What is given to every rule beside the document. */
export interface Surroundings {
  readonly facts: Facts;
  readonly policy: ImagePolicy;
  /** Rules run for as long as they take where it is missing. */
  readonly budget?: TimeBudget | undefined;
}

/** A document, or what gives each rule one of its own, by the rule's index in the list. */
export type DocumentFor = Documents[keyof Documents] | ((at: number) => Documents[keyof Documents]);

/** Runs rules on a whole document. */
export function runWhole(
  rules: readonly EffectiveRule[],
  document: DocumentFor,
  { facts, policy, budget }: Surroundings,
): RuleResult {
  const run = { facts, policy, budget, findings: [], failures: [], notChecked: [] };
  if (rules.length > 0) runRules(rules, document, run);
  return run;
}

/**
 * Runs rules on one model, one after the other, and adds what they say to `run`.
 * A rule that throws becomes a failure; what it had reported until then stands.
 */
export function runRules(rules: readonly EffectiveRule[], document: DocumentFor, run: Collected): void {
  const compose = typeof document === "function" ? undefined : composeIn(document);
  // Rules are synchronous, so that one context can speak for whichever runs: there are hundreds for each file.
  let running: EffectiveRule;
  const report: RuleContext<Messages, OptionSpecs>["report"] = (message, data, place) => {
    const { rule, severityOf } = running;
    const format = rule.messages[message] as ((...data: readonly unknown[]) => string) | undefined;
    if (format === undefined) throw new Error(`no message named ${message}`);
    const finding: Finding = {
      rule: rule.id,
      severity: severityOf(place.severity ?? rule.severity),
      category: rule.category,
      message: format(...data),
      span: place.at,
      fixes: place.fixes ?? [],
      related: place.related ?? [],
      ...(place.tag === undefined ? {} : { tag: place.tag }),
    };
    const home = compose === undefined ? finding : atHome(compose, finding);
    if (home !== undefined) run.findings.push(home);
  };
  const notChecked: RuleContext<Messages, OptionSpecs>["notChecked"] = (reason, at) => {
    if (compose !== undefined && at !== undefined && isForeign(compose, at)) return;
    run.notChecked.push({ rule: running.id, reason, span: at });
  };
  const { facts, policy, budget } = run;
  type Context = RuleContext<Messages, OptionSpecs>;
  const context: { -readonly [K in keyof Context]: Context[K] } = {
    facts,
    policy,
    options: {},
    report,
    notChecked,
  };
  let now = budget?.spent() ?? 0;
  for (let at = 0; at < rules.length; at++) {
    running = rules[at]!;
    const { id } = running;
    const late = budget && outOfTime(budget, id, now);
    if (late !== undefined) {
      run.notChecked.push({ rule: id, reason: late, span: undefined, passing: true });
      continue;
    }
    context.options = running.options as Context["options"];
    try {
      running.check(typeof document === "function" ? document(at) : document, context);
    } catch (error) {
      run.failures.push({
        rule: id,
        error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      });
    }
    if (budget === undefined) continue;
    const before = now;
    now = budget.spent();
    if (now - before > maxRuleTime) budget.slow.add(id);
  }
}

/** The model whose spans may lie in other files. */
function composeIn(document: Documents[keyof Documents]): ComposeDocument | undefined {
  if (!("language" in document)) return undefined;
  if (document.language === "project") return document.compose;
  return document.language === "compose" ? document : undefined;
}
