import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { analyse } from "../../server/src/engine/analyse";
import { defaultConfig } from "../../server/src/engine/config";
import { type Fact, type IgnoreFile, unknownFacts } from "../../server/src/engine/facts";
import { isAtLeast, type Severity } from "../../server/src/engine/severity";
import { rules } from "../../server/src/rules/index";
import { exampleDay } from "./check";
import { corpusFiles, corpusFolder, randomFrom, samplePaths } from "./corpus";

/** What precision is measured on: findings at high and above, and those at medium. */
export const precisionGroups = ["high", "medium"] as const;

export type PrecisionGroup = (typeof precisionGroups)[number];

/** How many findings of a group are judged. */
export const sampleSize = 100;

/** A finding that somebody has judged by reading the file it stands in. Holds no text of the file. */
export interface Judged {
  /** Relative to the corpus. */
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
  readonly rule: string;
  readonly severity: Severity;
  /**
   * `right`: who knows container security thanks for this finding, at this severity, in this file. `debatable` counts
   * as wrong. `null`: not judged yet.
   */
  readonly verdict: "right" | "wrong" | "debatable" | null;
  readonly note: string;
}

/** A finding as it is drawn, with what is needed to judge it. */
export interface Drawn extends Omit<Judged, "verdict" | "note"> {
  readonly message: string;
}

export function verdictsPath(group: PrecisionGroup): string {
  return join(__dirname, `../corpus/precision-${group}.json`);
}

export function readVerdicts(group: PrecisionGroup): readonly Judged[] {
  const path = verdictsPath(group);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as readonly Judged[]) : [];
}

/** One key for findings of one rule on one line: they are judged as one. */
export function keyOf({ path, line, rule }: Pick<Judged, "path" | "line" | "rule">): string {
  return `${path}:${line} ${rule}`;
}

/** Every finding of a group in the balanced sample, in the default profile. */
export function findingsOfSample(group: PrecisionGroup): readonly Drawn[] {
  const sample = samplePaths();
  const ignoreFiles = ignoreFilesOfCorpus();
  const found = new Map<string, Drawn>();
  for (const file of [...corpusFiles("dockerfile"), ...corpusFiles("compose")]) {
    if (!sample.has(file.path)) continue;
    const { findings, document } = analyse({
      kind: file.kind,
      text: file.text,
      rules,
      facts: { ...unknownFacts(exampleDay), dockerignore: ignoreFileFor(file.path, ignoreFiles) },
      config: defaultConfig,
    });
    for (const { rule, severity, message, span } of findings) {
      if (!belongsTo(group, severity)) continue;
      const line = document.lines.at(span.start).line + 1;
      const drawn: Drawn = { path: file.path, line, rule, severity, message };
      if (!found.has(keyOf(drawn))) found.set(keyOf(drawn), drawn);
    }
  }
  return [...found.values()];
}

/**
 * Draws at random, the same whenever the findings are the same. Each finding draws a number of its own and the lowest
 * win, so that a few findings more or fewer leave most of the draw, and its verdicts, as it was.
 */
export function draw(findings: readonly Drawn[], seed: number): readonly Drawn[] {
  return findings
    .map((finding) => ({ finding, number: randomFrom(seed ^ hashOf(keyOf(finding)))() }))
    .sort((a, b) => a.number - b.number)
    .slice(0, sampleSize)
    .map(({ finding }) => finding)
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function belongsTo(group: PrecisionGroup, severity: Severity): boolean {
  return group === "high" ? isAtLeast(severity, "high") : severity === group;
}

interface ManifestEntry {
  readonly kind: string;
  readonly repo: string;
  readonly path: string;
  readonly file: string;
}

interface CorpusOrigins {
  /** By path in the corpus. */
  readonly originOf: ReadonlyMap<string, ManifestEntry>;
  /** By repository and path in it. */
  readonly ignoreFileAt: ReadonlyMap<string, ManifestEntry>;
}

function ignoreFilesOfCorpus(): CorpusOrigins {
  const originOf = new Map<string, ManifestEntry>();
  const ignoreFileAt = new Map<string, ManifestEntry>();
  for (const line of readFileSync(join(corpusFolder, "manifest.jsonl"), "utf8").split("\n")) {
    if (line === "") continue;
    const entry = JSON.parse(line) as ManifestEntry;
    originOf.set(entry.file, entry);
    if (entry.kind === "dockerignore") ignoreFileAt.set(`${entry.repo}/${entry.path}`, entry);
  }
  return { originOf, ignoreFileAt };
}

/**
 * The ignore file of a Dockerfile, looked for as on a disk: under the Dockerfile's own name, then as `.dockerignore` in
 * its folder and those above, up to the repository's. The manifest names every ignore file of the repositories it
 * holds, so one that it does not name is taken as absent.
 */
function ignoreFileFor(path: string, { originOf, ignoreFileAt }: CorpusOrigins): Fact<IgnoreFile> {
  const origin = originOf.get(path);
  if (origin === undefined) return { state: "unknown", reason: "the manifest does not name the file" };
  const folders = origin.path.split("/").slice(0, -1);
  const candidates = [`${origin.path}.dockerignore`];
  for (let depth = folders.length; depth >= 0; depth--) {
    candidates.push([...folders.slice(0, depth), ".dockerignore"].join("/"));
  }
  for (const candidate of candidates) {
    const entry = ignoreFileAt.get(`${origin.repo}/${candidate}`);
    if (entry === undefined) continue;
    const text = readFileSync(join(corpusFolder, entry.file), "utf8");
    return { state: "known", value: { path: candidate, text } };
  }
  return { state: "absent" };
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}
