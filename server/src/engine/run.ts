import type { ComposeDocument } from "../documents/compose/model";
import type { Facts } from "./facts";
import type { Finding, NotChecked, RuleFailure } from "./finding";
import { atHome, isForeign } from "./foreign";
import type { EffectiveRule } from "./levels";
import type { ImagePolicy } from "./policy";
import type { Documents, Messages, OptionSpecs, RuleContext } from "./rule";

/** What one run has gathered so far. */
export interface Collected {
  readonly facts: Facts;
  readonly policy: ImagePolicy;
  findings: Finding[];
  readonly failures: RuleFailure[];
  readonly notChecked: NotChecked[];
}

/**
 * Runs one rule on one model and adds what it says to `run`.
 * A rule that throws becomes a failure; what it had reported until then stands.
 */
export function runRule(
  effective: EffectiveRule,
  document: Documents[keyof Documents],
  run: Collected,
): void {
  const { rule } = effective;
  const compose = composeIn(document);
  const context: RuleContext<Messages, OptionSpecs> = {
    facts: run.facts,
    policy: run.policy,
    options: effective.options as RuleContext<Messages, OptionSpecs>["options"],
    report(message, data, place) {
      const format = rule.messages[message] as ((...data: readonly unknown[]) => string) | undefined;
      if (format === undefined) throw new Error(`no message named ${message}`);
      const finding: Finding = {
        rule: rule.id,
        severity: effective.severityOf(place.severity ?? rule.severity),
        category: rule.category,
        message: format(...data),
        span: place.at,
        fixes: place.fixes ?? [],
        related: place.related ?? [],
        ...(place.tag === undefined ? {} : { tag: place.tag }),
      };
      const home = compose === undefined ? finding : atHome(compose, finding);
      if (home !== undefined) run.findings.push(home);
    },
    notChecked(reason, at) {
      if (compose !== undefined && at !== undefined && isForeign(compose, at)) return;
      run.notChecked.push({ rule: rule.id, reason, span: at });
    },
  };
  try {
    rule.check(document, context);
  } catch (error) {
    run.failures.push({
      rule: rule.id,
      error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    });
  }
}

/** The model whose spans may lie in other files. */
function composeIn(document: Documents[keyof Documents]): ComposeDocument | undefined {
  if (!("language" in document)) return undefined;
  if (document.language === "project") return document.compose;
  return document.language === "compose" ? document : undefined;
}
