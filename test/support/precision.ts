import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { analyse } from "../../server/src/engine/analyse";
import { defaultConfig } from "../../server/src/engine/config";
import { type Fact, type IgnoreFile, unknownFacts } from "../../server/src/engine/facts";
import { isAtLeast, type Severity } from "../../server/src/engine/severity";
import { rules } from "../../server/src/rules/index";
import { exampleDay } from "./check";
import { corpusFiles, corpusFolder, randomFrom, samplePaths } from "./corpus";

/** Findings at high and above, and those at medium. */
export type PrecisionGroup = "high" | "medium";

/** What precision is counted on: findings of one group, in the files of one kind or in all, drawn by one seed. */
export interface PrecisionSample {
  readonly kinds: "all" | "dockerfile" | "compose";
  /** The balanced sample, or the files of the corpus that it leaves out: no repair was made by those. */
  readonly files?: "sample" | "rest";
  readonly group: PrecisionGroup;
  readonly seed: number;
  /** How many there are, where they are fewer than {@link sampleSize}: then all of them are judged. */
  readonly whole?: number;
}

export const precisionSamples: readonly PrecisionSample[] = [
  { kinds: "all", group: "high", seed: 20261121 },
  { kinds: "all", group: "medium", seed: 20261121 },
  { kinds: "dockerfile", group: "high", seed: 20261206 },
  { kinds: "dockerfile", group: "medium", seed: 20261206 },
  { kinds: "dockerfile", files: "rest", group: "high", seed: 20261206 },
  { kinds: "dockerfile", files: "rest", group: "medium", seed: 20261206 },
  { kinds: "compose", group: "high", seed: 20261122, whole: 39 },
  { kinds: "compose", group: "medium", seed: 20261201 },
  { kinds: "compose", group: "high", files: "rest", seed: 20261201, whole: 41 },
  { kinds: "compose", group: "medium", files: "rest", seed: 20261201 },
];

/** How many findings of a group are judged where there are as many. */
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

export function verdictsPath({ kinds, files, group }: PrecisionSample): string {
  const parts = [
    "precision",
    ...(kinds === "all" ? [] : [kinds]),
    ...(files === "rest" ? [files] : []),
    group,
  ];
  return join(__dirname, `../corpus/${parts.join("-")}.json`);
}

export function readVerdicts(sample: PrecisionSample): readonly Judged[] {
  const path = verdictsPath(sample);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as readonly Judged[]) : [];
}

/** One key for findings of one rule on one line: they are judged as one. */
export function keyOf({ path, line, rule }: Pick<Judged, "path" | "line" | "rule">): string {
  return `${path}:${line} ${rule}`;
}

/** Every finding of a sample's group in its files, in the default profile. */
export function findingsOfSample({ kinds, group, files = "sample" }: PrecisionSample): readonly Drawn[] {
  const sample = samplePaths();
  const found = new Map<string, Drawn>();
  for (const kind of ["dockerfile", "compose"] as const) {
    if (kinds !== "all" && kinds !== kind) continue;
    for (const drawn of corpusFindings(kind)) {
      if (sample.has(drawn.path) !== (files === "sample") || !belongsTo(group, drawn.severity)) continue;
      if (!found.has(keyOf(drawn))) found.set(keyOf(drawn), drawn);
    }
  }
  return [...found.values()];
}

/** Beginnings of the folders' names of projects that take care of their Dockerfiles. */
export const wellRunRepositories = [
  ...["docker-library__", "nodejs__", "GoogleContainerTools__distroless", "jupyter__", "moby__buildkit"],
];

/** The same of collections that care less. */
export const carelessRepositories = ["vulhub__", "laradock__", "TechEmpower__FrameworkBenchmarks"];

/**
 * How many findings at high or above a Dockerfile of some repositories has, without `missing-user-instruction`.
 *
 * @param repositories beginnings of their folders' names in the corpus: `docker-library__`
 */
export function highPerDockerfile(repositories: readonly string[]): {
  readonly files: number;
  readonly findings: number;
} {
  const belongs = (path: string) => repositories.some((name) => path.startsWith(`dockerfile/${name}`));
  const findings = corpusFindings("dockerfile").filter(
    ({ path, rule, severity }) =>
      belongs(path) && isAtLeast(severity, "high") && rule !== "missing-user-instruction",
  );
  return {
    files: corpusFiles("dockerfile").filter(({ path }) => belongs(path)).length,
    findings: findings.length,
  };
}

const findingsByKind = new Map<"dockerfile" | "compose", readonly Drawn[]>();

/** Every finding in the corpus, as a user of the default profile would see it; computed once. */
function corpusFindings(kind: "dockerfile" | "compose"): readonly Drawn[] {
  const before = findingsByKind.get(kind);
  if (before !== undefined) return before;
  const ignoreFiles = ignoreFilesOfCorpus();
  const all = corpusFiles(kind).flatMap(({ path, text }) => {
    const { findings, document } = analyse({
      kind,
      text,
      rules,
      facts: {
        ...unknownFacts(exampleDay),
        dockerignore: ignoreFileFor(path, ignoreFiles),
        owners: [ignoreFiles.originOf.get(path)?.repo.split("/")[0]?.toLowerCase() ?? ""],
      },
      config: defaultConfig,
    });
    return findings.map(({ rule, severity, message, span }): Drawn => {
      return { path, line: document.lines.at(span.start).line + 1, rule, severity, message };
    });
  });
  findingsByKind.set(kind, all);
  return all;
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
