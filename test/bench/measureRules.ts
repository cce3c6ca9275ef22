import { parseDockerfile } from "../../server/src/documents/dockerfile/parse";
import { analyse } from "../../server/src/engine/analyse";
import { defaultConfig } from "../../server/src/engine/config";
import { unknownFacts } from "../../server/src/engine/facts";
import { type EffectiveRule, effectiveRules } from "../../server/src/engine/levels";
import { runWhole } from "../../server/src/engine/run";
import { rules } from "../../server/src/rules/index";
import { dockerfileOf } from "./documents";
import type { OpenedText } from "./measureServers";

/** What reading real files takes, and what the rules take on top of it. Milliseconds. */
export interface RuleCosts {
  /** All files together: reading, scripts included, and each profile's rules. */
  readonly parse: number;
  readonly recommended: number;
  readonly all: number;
  /** The rule that takes longest on one file, with its lines; the best of several runs. */
  readonly slowest: { readonly rule: string; readonly lines: number; readonly time: number };
}

const today = "2026-11-21";
const surroundings = { facts: unknownFacts(today), policy: defaultConfig.policy };
const runs = 5;
/** Pairs of rule and file that are measured again, since a single measurement holds what else the machine did. */
const suspects = 40;

export function measureRules(files: readonly OpenedText[]): RuleCosts {
  const dockerfileRules = effectiveRules(rules, { ...defaultConfig, profile: "all" }).filter(
    ({ rule }) => rule.language === "dockerfile",
  );
  const recommended = new Set(effectiveRules(rules, defaultConfig).map(({ rule }) => rule));
  // What runs for the first time is compiled while it runs.
  for (const { text } of files.slice(0, 300)) measureFile(text, dockerfileRules);
  let parse = 0;
  let inRecommended = 0;
  let all = 0;
  const pairs: { readonly effective: EffectiveRule; readonly text: string; readonly time: number }[] = [];
  for (const { text } of files) {
    const measured = measureFile(text, dockerfileRules);
    parse += measured.parse;
    for (const [effective, time] of measured.byRule) {
      all += time;
      if (recommended.has(effective.rule)) inRecommended += time;
      pairs.push({ effective, text, time });
    }
  }
  const slowest = pairs
    .sort((a, b) => b.time - a.time)
    .slice(0, suspects)
    .map(({ effective, text }) => ({
      rule: effective.rule.id,
      lines: text.split("\n").length,
      time: bestOf(() => timeOfRule(effective, text)),
    }))
    .sort((a, b) => b.time - a.time)[0]!;
  return { parse, recommended: inRecommended, all, slowest };
}

/** Milliseconds for reading and judging generated files, by their number of lines. */
export function measureGrowth(sizes: readonly number[]): ReadonlyMap<number, number> {
  const config = { ...defaultConfig, profile: "all" as const };
  const time = (text: string): number =>
    timed(() => analyse({ kind: "dockerfile", text, rules, facts: surroundings.facts, config }));
  for (let run = 0; run < runs; run++) time(dockerfileOf(100).text);
  return new Map(
    sizes.map((lines) => {
      const { text } = dockerfileOf(lines);
      return [lines, lines > 10_000 ? time(text) : bestOf(() => time(text))] as const;
    }),
  );
}

function measureFile(
  text: string,
  all: readonly EffectiveRule[],
): { readonly parse: number; readonly byRule: readonly (readonly [EffectiveRule, number])[] } {
  let document = parseDockerfile("");
  const parse = timed(() => {
    document = parseDockerfile(text);
    for (const instruction of document.instructions) if ("script" in instruction) void instruction.script;
  });
  const byRule = all.map(
    (effective) => [effective, timed(() => runWhole([effective], document, surroundings))] as const,
  );
  return { parse, byRule };
}

/** On a document of its own: what rules share is then worked out for this one. */
function timeOfRule(effective: EffectiveRule, text: string): number {
  const document = parseDockerfile(text);
  for (const instruction of document.instructions) if ("script" in instruction) void instruction.script;
  return timed(() => runWhole([effective], document, surroundings));
}

function bestOf(measure: () => number): number {
  return Math.min(...Array.from({ length: runs }, measure));
}

function timed(work: () => unknown): number {
  const before = performance.now();
  work();
  return performance.now() - before;
}
