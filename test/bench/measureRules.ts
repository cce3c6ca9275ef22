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
  /** The rules that take longest on one file, the slowest first. */
  readonly slowest: readonly SlowRule[];
}

/** The most that a rule takes on any file, with that file's lines: the best of several runs on a document of its own. */
export interface SlowRule {
  readonly rule: string;
  readonly lines: number;
  readonly time: number;
}

const today = "2026-11-21";
const surroundings = { facts: unknownFacts(today), policy: defaultConfig.policy };
const runs = 5;
/** Pairs of rule and file that are measured again: on a document that other rules have not looked at before. */
const suspects = 60;
/** On the longest files every rule is measured so. */
const longest = 3;
const listed = 10;

export function measureRules(files: readonly OpenedText[]): RuleCosts {
  const all = dockerfileRules({ ...defaultConfig, profile: "all" });
  const recommended = dockerfileRules(defaultConfig);
  // What runs for the first time is compiled while it runs.
  for (const { text } of files.slice(0, 300))
    for (const rules of [all, recommended]) judge(rules, readAll(text));
  const times = { parse: 0, recommended: 0, all: 0 };
  for (const { text } of files) {
    let document = parseDockerfile("");
    times.parse += timed(() => {
      document = readAll(text);
    });
    times.all += timed(() => judge(all, document));
    // Another document, so that what rules share is worked out for each.
    const again = readAll(text);
    times.recommended += timed(() => judge(recommended, again));
  }
  return { ...times, slowest: slowestOf(all, files) };
}

function slowestOf(all: readonly EffectiveRule[], files: readonly OpenedText[]): readonly SlowRule[] {
  // The best of several runs, since a single one holds what else the machine did.
  const best = new Float64Array(all.length * files.length).fill(Number.POSITIVE_INFINITY);
  for (let run = 0; run < runs; run++) {
    for (const [index, { text }] of files.entries()) {
      const document = readAll(text);
      for (const [at, effective] of all.entries()) {
        const place = index * all.length + at;
        const time = timed(() => runWhole([effective], document, surroundings));
        best[place] = Math.min(best[place]!, time);
      }
    }
  }
  const byLength = [...files].sort((a, b) => b.text.length - a.text.length);
  const pairs = [
    ...[...best.keys()]
      .sort((a, b) => best[b]! - best[a]!)
      .slice(0, suspects)
      .map((place) => ({
        effective: all[place % all.length]!,
        text: files[Math.floor(place / all.length)]!.text,
      })),
    ...byLength.slice(0, longest).flatMap(({ text }) => all.map((effective) => ({ effective, text }))),
  ];
  const most = new Map<string, SlowRule>();
  for (const { effective, text } of pairs) {
    const time = bestOf(() => timeOfRule(effective, text));
    const known = most.get(effective.id);
    if (known === undefined || known.time < time)
      most.set(effective.id, { rule: effective.id, lines: text.split("\n").length, time });
  }
  return [...most.values()].sort((a, b) => b.time - a.time).slice(0, listed);
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
