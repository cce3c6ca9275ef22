import { matchesGlob } from "../text/glob";
import type { Config, Profile, RuleSetting } from "./config";
import type { OptionSpec, Rule } from "./rule";
import { milderBy, type Severity } from "./severity";

/** What a configuration makes of one rule. */
export interface EffectiveRule {
  readonly rule: Rule;
  /**
   * These three stand in the rule as well. There each rule has a form of its own, so that looking them up takes longer than
   * many rules do: what is done for each rule and file takes them from here.
   */
  readonly id: string;
  readonly isLocal: boolean;
  readonly check: Rule["check"];
  /** The severity of a finding, given the one that the rule reports. */
  severityOf(reported: Severity): Severity;
  readonly options: Readonly<Record<string, unknown>>;
}

const cache = new WeakMap<readonly Rule[], WeakMap<Config, readonly EffectiveRule[]>>();

/** The rules that are on under a configuration, with their severities and options. Computed once for each pair. */
export function effectiveRules(rules: readonly Rule[], config: Config): readonly EffectiveRule[] {
  let byConfig = cache.get(rules);
  if (byConfig === undefined) {
    byConfig = new WeakMap();
    cache.set(rules, byConfig);
  }
  let effective = byConfig.get(config);
  if (effective === undefined) {
    effective = rules.flatMap((rule) => effectiveRule(rule, config) ?? []);
    byConfig.set(config, effective);
  }
  return effective;
}

const byLanguage = new WeakMap<readonly EffectiveRule[], Map<Rule["language"], readonly EffectiveRule[]>>();

/** Those of a list that read documents of one language. There is one list for each configuration, and many documents under each. */
export function ofLanguage(
  active: readonly EffectiveRule[],
  language: Rule["language"],
): readonly EffectiveRule[] {
  const lists = byLanguage.get(active) ?? new Map<Rule["language"], readonly EffectiveRule[]>();
  byLanguage.set(active, lists);
  const list = lists.get(language) ?? active.filter((effective) => effective.rule.language === language);
  lists.set(language, list);
  return list;
}

const idsOfActive = new WeakMap<readonly EffectiveRule[], ReadonlySet<string>>();

/** The ids of a list of rules: one set for all files of one configuration. */
export function idsOf(active: readonly EffectiveRule[]): ReadonlySet<string> {
  let ids = idsOfActive.get(active);
  if (ids === undefined) {
    ids = new Set(active.map(({ rule }) => rule.id));
    idsOfActive.set(active, ids);
  }
  return ids;
}

/**
 * Whether a profile holds a rule: `strict` also holds what `recommended` does, `hadolint` every rule that stands for one
 * which hadolint has on, `all` every rule.
 */
export function isInProfile(rule: Rule, profile: Profile): boolean {
  if (profile === "all") return true;
  if (profile === "hadolint")
    return rule.aliases.some((alias) => /^hadolint:DL/.test(alias) && !offInHadolint.has(alias));
  if (rule.profiles.includes(profile)) return true;
  return profile === "strict" && rule.profiles.includes("recommended");
}

/** Off unless asked for, or withdrawn (https://github.com/hadolint/hadolint#rules). */
const offInHadolint: ReadonlySet<string> = new Set(
  ["DL1001", "DL3005", "DL3017", "DL3031", "DL3039", "DL3057"].map((id) => `hadolint:${id}`),
);

function effectiveRule(rule: Rule, config: Config): EffectiveRule | undefined {
  let on = isInProfile(rule, config.profile ?? "recommended");
  let severityOf = (reported: Severity): Severity => reported;
  const options: Record<string, unknown> = Object.create(null);
  for (const [name, spec] of Object.entries(rule.options)) options[name] = spec.default;
  for (const setting of config.rules) {
    if (!concerns(setting, rule)) continue;
    for (const [name, value] of Object.entries(setting.options)) {
      const spec = rule.options[name];
      if (spec !== undefined && isOptionValue(spec, value)) options[name] = value;
    }
    const level = setting.level;
    if (level === undefined) continue;
    on = level === "off" ? false : level === "upgrade" || level === "downgrade" ? on : true;
    if (level === "on") severityOf = (reported) => reported;
    else if (level === "upgrade") severityOf = (reported) => milderBy(reported, -1);
    else if (level === "downgrade") severityOf = (reported) => milderBy(reported, 1);
    else if (level !== "off") severityOf = () => level;
  }
  const { id, local, check } = rule;
  return on ? { rule, id, isLocal: local === true, check, severityOf, options } : undefined;
}

/** Whether a value is what an option of a rule may be. */
export function isOptionValue(spec: OptionSpec, value: unknown): boolean {
  if (spec.type === "strings") return Array.isArray(value) && value.every((item) => typeof item === "string");
  if (spec.type === "number")
    return typeof value === "number" && value >= (spec.minimum ?? Number.NEGATIVE_INFINITY);
  return typeof value === "boolean";
}

function concerns(setting: RuleSetting, rule: Rule): boolean {
  return (
    setting.pattern === rule.id || (setting.pattern.includes("*") && matchesGlob(setting.pattern, rule.id))
  );
}
