import type { Rule } from "../../engine/rule";

/**
 * How much of an item files can show. `file`: all of it, so that it can be passed. `partly`: a breach, but never that
 * there is none. `none`: nothing.
 */
export type Coverage = "file" | "partly" | "none";

export interface FrameworkItem {
  /** As the framework numbers it. */
  readonly id: string;
  /** What it asks for, in words of our own. */
  readonly title: string;
  readonly coverage: Coverage;
  /** Which rules speak of it: ids of rules, or aliases of theirs (`cis:4.1`, `cwe:295`). */
  readonly rules: readonly string[];
}

export interface Framework {
  readonly id: string;
  readonly title: string;
  /** Where it can be read. */
  readonly url: string;
  /** What a reader must know before relying on it: sentences. */
  readonly note: string;
  readonly items: readonly FrameworkItem[];
}

/** A line of a table: its number, its words, what files can show of it, and the rules. */
export type Row = readonly [id: string, title: string, coverage: Coverage, ...rules: readonly string[]];

export function itemsOf(rows: readonly Row[]): readonly FrameworkItem[] {
  return rows.map(([id, title, coverage, ...rules]) => ({ id, title, coverage, rules }));
}

/** The rules that speak of an item. */
export function rulesOf(item: FrameworkItem, rules: readonly Rule[]): readonly Rule[] {
  return rules.filter((rule) => item.rules.some((name) => rule.id === name || rule.aliases.includes(name)));
}

/**
 * Whether a finding of a rule is a breach of an item. A rule that no profile for everybody holds asks for more than the
 * frameworks do: what it finds is told as a note.
 */
export function decides(rule: Rule): boolean {
  return rule.profiles.includes("cis") || (rule.profiles.includes("recommended") && !isCisRule(rule));
}

/** A rule that stands for an item of the CIS benchmark but was left out of its profile says more than the item. */
function isCisRule({ aliases }: Rule): boolean {
  return aliases.some((alias) => alias.startsWith("cis:"));
}
