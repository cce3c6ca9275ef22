import type { CommandFormat } from "../../server/src/documents/commands/model";
import { analyse } from "../../server/src/engine/analyse";
import { defaultConfig } from "../../server/src/engine/config";
import { unknownFacts } from "../../server/src/engine/facts";
import type { Rule } from "../../server/src/engine/rule";
import { rules as allRules } from "../../server/src/rules/index";
import { exampleDay } from "./check";

/** What a check says of a text, as far as bounds matter. */
export interface Told {
  /** The reasons why something was not checked. */
  readonly gaps: readonly string[];
  /** The ids of the rules that have found something, each once. */
  readonly found: ReadonlySet<string>;
  readonly findings: number;
}

export interface TellInput {
  readonly kind: "dockerfile" | "compose" | "daemon" | "commands" | "configuration";
  readonly format?: CommandFormat;
  readonly text: string;
  /** The rules that run: all where none are named. */
  readonly rules?: readonly string[];
}

/** Checks a text. What depends on its surroundings is left out of the gaps: those are unknown here. */
export function tell({ kind, format, text, rules: named }: TellInput): Told {
  const rules: readonly Rule[] =
    named === undefined ? allRules : allRules.filter(({ id }) => named.includes(id));
  const analysis = analyse({
    kind,
    ...(format !== undefined && { format }),
    text,
    rules,
    facts: unknownFacts(exampleDay),
    config: { ...defaultConfig, profile: "all" },
  });
  if (analysis.failures.length > 0) throw new Error(JSON.stringify(analysis.failures));
  return {
    gaps: analysis.notChecked.map(({ reason }) => reason),
    found: new Set(analysis.findings.map(({ rule }) => rule)),
    findings: analysis.findings.length,
  };
}

/** A text made of numbered parts. */
export function times(count: number, part: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => part(index)).join("");
}
