import type { RuleLevel } from "../../engine/config";
import type { RuleIndex } from "../../engine/ruleIndex";
import type { Severity } from "../../engine/severity";
import { reasonsIn } from "./reasons";

/** What the configuration of another tool says, in our words. */
export interface Imported {
  /** The file's name. */
  readonly source: string;
  readonly rules: readonly ImportedRule[];
  readonly overrides: readonly {
    readonly files: readonly string[];
    readonly rules: readonly ImportedRule[];
  }[];
  readonly ignore: readonly ImportedIgnore[];
  readonly exclude: readonly string[];
  readonly registries: readonly string[];
  readonly approved: readonly string[];
  readonly requireReason: boolean;
  readonly failOn: Severity | "never" | undefined;
  /** What nothing here stands for, each in a few words. */
  readonly unmapped: readonly string[];
}

export interface ImportedRule {
  readonly rule: string;
  readonly level: RuleLevel;
  /** The other tool's id. */
  readonly from: string;
  readonly reason?: string;
}

export interface ImportedIgnore {
  readonly rule: string;
  readonly from: string;
  readonly path?: string;
  readonly reason?: string;
  /** `YYYY-MM-DD`. */
  readonly until?: string;
}

/** Reads one file of another tool. */
export type Importer = (text: string, index: RuleIndex) => Omit<Imported, "source">;

export const nothingImported: Omit<Imported, "source"> = {
  rules: [],
  overrides: [],
  ignore: [],
  exclude: [],
  registries: [],
  approved: [],
  requireReason: false,
  failOn: undefined,
  unmapped: [],
};

/** The severities of hadolint, droast and ShellCheck. */
export const lintSeverities: ReadonlyMap<string, Severity> = new Map([
  ["error", "high"],
  ["warning", "medium"],
  ["info", "low"],
  ["style", "info"],
]);

/**
 * Collects what ids of another tool stand for.
 * @param text of the configuration, whose comments say why
 */
export function mapper(tool: string, index: RuleIndex, text: string) {
  const unmapped: string[] = [];
  const reasons = reasonsIn(text);
  const why = (id: string): { readonly reason?: string } => {
    const reason = reasons.get(id);
    return reason === undefined ? {} : { reason };
  };
  const resolve = (id: string): readonly string[] => {
    const rules = index.resolve(`${tool}:${id}`);
    if (rules.length === 0) unmapped.push(`${id}: no rule here stands for it`);
    return rules;
  };
  return {
    unmapped,
    rules: (ids: readonly string[], level: RuleLevel): readonly ImportedRule[] =>
      ids.flatMap((from) => resolve(from).map((rule) => ({ rule, level, from, ...why(from) }))),
    /** @param written the id as the configuration spells it */
    ignore: (
      from: string,
      entry: Omit<ImportedIgnore, "rule" | "from"> = {},
      written = from,
    ): readonly ImportedIgnore[] => resolve(from).map((rule) => ({ rule, from, ...why(written), ...entry })),
    /** Takes note of keys that say something which has no place here. */
    rest: (values: Readonly<Record<string, unknown>>, known: readonly string[]): void => {
      for (const key of Object.keys(values))
        if (!known.includes(key)) unmapped.push(`${key}: it has no place here`);
    },
  };
}
