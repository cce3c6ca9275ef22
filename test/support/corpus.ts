import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { type Analysis, analyse } from "../../server/src/engine/analyse";
import { defaultConfig } from "../../server/src/engine/config";
import { unknownFacts } from "../../server/src/engine/facts";
import { rules } from "../../server/src/rules/index";
import { exampleDay } from "./check";

/** Real files under permissive licences, beside the project; not part of it. */
export const corpusFolder = join(__dirname, "../../../shared/corpus");

/** Why corpus tests cannot run here, or `undefined` where they can. */
export const corpusMissing = existsSync(corpusFolder)
  ? undefined
  : `no real files to test on: ${corpusFolder} is missing`;

export type CorpusKind = "dockerfile" | "compose" | "daemon";

/** A kind that needs the format said, too: files with commands. */
export type CorpusCommands = "script" | "workflow" | "devcontainer";

export interface CorpusFile<K extends CorpusKind | CorpusCommands = CorpusKind> {
  readonly kind: K;
  /** Relative to the corpus, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Every file of a kind in the corpus, in order of its path. */
export function corpusFiles<K extends CorpusKind | CorpusCommands>(kind: K): readonly CorpusFile<K>[] {
  if (corpusMissing !== undefined) return [];
  return readdirSync(join(corpusFolder, kind), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({
      kind,
      path: path
        .slice(corpusFolder.length + 1)
        .split(sep)
        .join("/"),
      text: readFileSync(path, "utf8"),
    }));
}

/** The paths of the balanced sample: what rates are counted on. */
export function samplePaths(): ReadonlySet<string> {
  if (corpusMissing !== undefined) return new Set();
  return new Set(readFileSync(join(corpusFolder, "sample.txt"), "utf8").split("\n").filter(Boolean));
}

/** Checks a text of the corpus with every rule; what a file's surroundings would say is unknown there. */
export function analyseCorpusText(
  kind: CorpusKind,
  text: string,
  profile: "recommended" | "all" = "all",
  analyser = analyse,
): Analysis {
  return analyser({
    kind,
    text,
    rules,
    facts: unknownFacts(exampleDay),
    config: { ...defaultConfig, profile },
  });
}

/** Findings of each rule over all files, with the number of files that have one. */
export interface RuleCount {
  readonly findings: number;
  readonly files: number;
}

/** Counts per rule over the whole corpus, by rule id. */
export function countFindings(files: readonly CorpusFile[]): ReadonlyMap<string, RuleCount> {
  const counts = new Map<string, { findings: number; files: number }>();
  for (const file of files) {
    const seen = new Set<string>();
    for (const finding of analyseCorpusText(file.kind, file.text).findings) {
      const count = counts.get(finding.rule) ?? { findings: 0, files: 0 };
      count.findings++;
      if (!seen.has(finding.rule)) count.files++;
      seen.add(finding.rule);
      counts.set(finding.rule, count);
    }
  }
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A small generator of repeatable numbers in `0..1` (mulberry32), so that a failure can be seen again. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
