import type { DockerfileDocument } from "../../server/src/documents/dockerfile/model";
import { parseDockerfile } from "../../server/src/documents/dockerfile/parse";
import { analyse } from "../../server/src/engine/analyse";
import { type Config, defaultConfig } from "../../server/src/engine/config";
import { unknownFacts } from "../../server/src/engine/facts";
import { judgeDockerfile } from "../../server/src/engine/judgeDockerfile";
import { type EffectiveRule, effectiveRules, ofLanguage } from "../../server/src/engine/levels";
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
  const all = dockerfileRules({ ...defaultConfig, profile: "all" });
  const recommended = dockerfileRules(defaultConfig);
  // What runs for the first time is compiled while it runs.
  for (const { text } of files.slice(0, 300))
    for (const rules of [all, recommended]) judge(rules, readAll(text));
  const times = { parse: 0, recommended: 0, all: 0 };
  const pairs: { readonly effective: EffectiveRule; readonly text: string; readonly time: number }[] = [];
  for (const { text } of files) {
    let document = parseDockerfile("");
    times.parse += timed(() => {
      document = readAll(text);
    });
    times.all += timed(() => judge(all, document));
    // Another document, so that what rules share is worked out for each.
    const again = readAll(text);
    times.recommended += timed(() => judge(recommended, again));
    for (const effective of all) {
      const time = timed(() => runWhole([effective], document, surroundings));
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
  return { ...times, slowest };
}

function dockerfileRules(config: Config): readonly EffectiveRule[] {
  return ofLanguage(effectiveRules(rules, config), "dockerfile");
}

function judge(some: readonly EffectiveRule[], document: DockerfileDocument): void {
  judgeDockerfile(some, document, surroundings);
}

/** Reads a text, scripts included. */
function readAll(text: string): DockerfileDocument {
  const document = parseDockerfile(text);
  for (const instruction of document.instructions) if ("script" in instruction) void instruction.script;
  return document;
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

/** On a document of its own: what rules share is then worked out for this one. */
function timeOfRule(effective: EffectiveRule, text: string): number {
  const document = readAll(text);
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
