import type { CommandFormat } from "../documents/commands/model";
import { type CheckedKind, isCheckedKind, kindOfPath } from "../documents/kind";
import type { AcceptedFinding } from "../engine/baseline";
import type { Config } from "../engine/config";
import type { Facts } from "../engine/facts";
import type { ImagePolicy } from "../engine/policy";
import type { Rule } from "../engine/rule";
import { isAtLeast, type Severity } from "../engine/severity";
import { maxFileBytes } from "../limits";
import type { Clock, Files, ResultCache } from "../platform/ports";
import { type Baselines, createBaselines } from "./baselines";
import { auditTextCached, type PackedText } from "./cached";
import { type ConfigFiles, createConfigFiles } from "./configFiles";
import { type Contexts, createContexts, noContexts } from "./contextNames";
import type { Unseen } from "./discover";
import { collectFacts } from "./facts";
import { listedOnce } from "./listedOnce";
import { createOwners, type Owners } from "./owners";
import { addTally, emptyTally, pack, type Said, type Tally, tallyOf, unpack, withPacked } from "./packed";
import { comparePaths, parentOf, relativePath } from "./paths";
import { createProjects, type Projects, projectFacts } from "./projects";
import type {
  AuditedFile,
  AuditFailure,
  AuditFinding,
  AuditNotChecked,
  AuditResult,
  AuditSummary,
} from "./result";
import { createSharding, type Shard, type Sharding } from "./shard";
import {
  findTargets,
  formatOfTarget,
  kindOfTarget,
  notOurs,
  type Scope,
  standingOf,
  type Target,
} from "./targets";

export interface AuditInput extends Scope {
  /** The folder that the result's paths are relative to, absolute. */
  readonly base: string;
  readonly rules: readonly Rule[];
  readonly version: string;
  readonly clock: Clock;
  /** What the command line or an editor's settings make of each configuration. */
  adjust?(config: Config): Config;
  /** By default the nearest one of each file. */
  readonly baselines?: Baselines;
  /** Called with every file that was checked, before anything is left out of it. */
  onJudged?(file: JudgedFile): void;
  /** Looks only at the files of one shard; `settings` tells runs with other arguments apart. */
  readonly shard?: Shard & { readonly settings: string };
  /** What earlier runs of the same program with the same rules have said. */
  readonly cache?: ResultCache | undefined;
  /** Findings below it are left out. */
  readonly minSeverity?: Severity | undefined;
  /** Whether to tell how stages and services stand. */
  readonly withPosture?: boolean | undefined;
  /** Asks registries about the images that a text names, where the user allows it. */
  askRegistries?(file: FileToAsk): Promise<Pick<Facts, "tagDigests" | "asked">>;
  /** What scanners have found, for `Facts.vulnerabilities`. */
  readonly vulnerabilities?: Facts["vulnerabilities"] | undefined;
  /** Has a scanner look at the images that a text names, where the user wants it; in place of `vulnerabilities`. */
  readonly scan?:
    | ((kind: CheckedKind, text: string) => Promise<NonNullable<Facts["vulnerabilities"]>>)
    | undefined;
  /** Called a few dozen times a second at most. */
  onProgress?(progress: AuditProgress): void;
  /** Called with each file that was checked, as soon as that is done. */
  onFile?(file: AuditedFile): void;
}

/** A file about whose images registries are asked. */
export interface FileToAsk {
  /** As the result names it. */
  readonly path: string;
  readonly kind: CheckedKind;
  readonly format: CommandFormat | undefined;
  readonly text: string;
  readonly policy: ImagePolicy;
}

/** What a check of one file says about its entries in a baseline. */
export interface JudgedFile {
  /** Absolute. */
  readonly path: string;
  readonly boundary: string;
  /** The ids of the rules that have judged the whole file. */
  readonly rules: ReadonlySet<string>;
  /** What the baseline has of it. */
  readonly entries: readonly AcceptedFinding[];
  /** Neither silenced nor accepted. */
  readonly findings: readonly AuditFinding[];
  readonly accepted: readonly AuditFinding[];
}

export interface AuditProgress {
  readonly done: number;
  readonly total: number;
}

/** How long files are checked before others get a turn, in milliseconds. */
const slice = 12;

/**
 * Checks every file of some folders. Works in slices, so that whoever shares the thread stays responsive; when
 * `signal` is raised it returns what it has, marked as not complete.
 */
export async function auditFolders(input: AuditInput): Promise<AuditResult> {
  const run = createRun(input);
  const { owns } = run;
  const scope = { ...input, files: run.io, ...(run.sharding && { owns }) };
  const { targets: found, others, skipped, notChecked, complete } = await findTargets(scope, run.configs);
  // Whoever tells of a wrong baseline may have none of its files.
  for (const other of others) await acceptedIn(run, other);
  for (const unseen of skipped) skip(run, unseen, languageOf(unseen.path));
  for (const { path, reason } of notChecked) run.notChecked.push({ path: run.name(path), reason });
  run.complete = complete;
  let sliceStart = input.clock.now();
  let done = 0;
  for (const file of found) {
    if (input.signal?.aborted === true) break;
    if (input.clock.now() - sliceStart >= slice) {
      input.onProgress?.({ done, total: found.length });
      await new Promise((resolve) => setTimeout(resolve, 0));
      sliceStart = input.clock.now();
    }
    await check(run, file);
    done++;
  }
  const seen = new Set(run.files.map((file) => file.location));
  for (const path of run.configs.used) {
    if (owns(path) && !seen.has(path)) await checkConfiguration(run, path);
  }
  for (const [path, error] of [...run.configs.failures, ...run.baselines.failures]) {
    if (owns(path)) run.failures.push({ path: run.name(path), error });
  }
  if (done < found.length) run.complete = false;
  input.onProgress?.({ done, total: found.length });
  return resultOf(run);
}

interface Run {
  readonly input: AuditInput;
  readonly io: Files;
  readonly configs: ConfigFiles;
  readonly baselines: Baselines;
  readonly contexts: Contexts;
  readonly owners: Owners;
  readonly projects: Projects;
  readonly files: AuditedFile[];
  readonly failures: AuditFailure[];
  readonly notChecked: AuditNotChecked[];
  complete: boolean;
  /** Of `files`, so that they need not be read for it. */
  readonly tally: Tally;
  readonly sharding: Sharding | undefined;
  /** A path as the result names it. */
  name(path: string): string;
  /** Whether what is said of a path is said here. */
  owns(path: string): boolean;
}

function createRun(input: AuditInput): Run {
  const sharding = input.shard && createSharding(input.shard, settingsOf(input));
  const io = listedOnce(input.files);
  const name = (path: string): string => relativePath(input.base, path);
  return {
    input,
    io,
    configs: createConfigFiles(io, input.rules, input.configuration ?? "nearest", input.adjust),
    baselines: input.baselines ?? createBaselines(io, "nearest"),
    contexts: createContexts(io),
    owners: createOwners(io),
    projects: createProjects(io, input.cache),
    files: [],
    failures: [],
    notChecked: [],
    complete: true,
    tally: emptyTally(),
    sharding,
    name,
    owns: (path) => sharding?.owns(name(path)) ?? true,
  };
}

/** What must be equal in all parts of a run, beside the paths. */
function settingsOf({ version, rules, minSeverity, shard }: AuditInput): string {
  return JSON.stringify([version, rules.map((rule) => rule.id), minSeverity ?? null, shard?.settings]);
}

async function check(run: Run, target: Target): Promise<void> {
  const { input } = run;
  const accepted = await acceptedIn(run, target);
  const read = await input.files.read(target.realPath, maxFileBytes);
  const file = { path: run.name(target.path), location: target.path };
  if (read.state !== "read") {
    const language = target.byContent ? undefined : target.kind;
    const reason = read.state === "absent" ? "it does not exist any more" : read.reason;
    run.files.push({ ...file, language, status: "failed", reason, findings: [], suppressed: [] });
    return;
  }
  const kind = kindOfTarget(target, read.text);
  if (kind === undefined) {
    if (target.named) skip(run, { path: target.path, reason: notOurs }, undefined);
    return;
  }
  const contexts = kind === "dockerfile" ? run.contexts : noContexts;
  const around = { contexts, owners: run.owners };
  const own = await collectFacts(run.io, target.path, target.boundary, input.clock.now(), around);
  const facts = { ...own, ...(await projectFacts(run.projects, kind, read.text, standingOf(target))) };
  const scanned = isCheckedKind(kind) ? await input.scan?.(kind, read.text) : undefined;
  const vulnerabilities = scanned ?? input.vulnerabilities;
  const { configured } = target;
  const extended = kind === "configuration" ? run.configs.extended.get(target.path) : undefined;
  const path = configured.relative(target.path);
  const config = configured.configFor(target.path);
  const format = formatOfTarget(kind, target.path);
  const asked = isCheckedKind(kind)
    ? await input.askRegistries?.({
        ...{ path: file.path, kind, format: format.format, text: read.text },
        policy: config.policy,
      })
    : undefined;
  const text = auditTextCached(
    {
      kind,
      ...format,
      text: read.text,
      rules: input.rules,
      facts: {
        ...facts,
        ...(extended !== undefined && { extended }),
        ...asked,
        ...(vulnerabilities !== undefined && { vulnerabilities }),
      },
      config,
      spent: input.clock.spent,
      accepted,
      ...(path !== undefined && { path }),
      name: file.path,
      withPosture: input.withPosture,
    },
    input.cache,
  );
  const wanted = wantedOf(text, input.minSeverity);
  const told = ({ packed }: Pick<PackedText, "packed">): AuditedFile =>
    withPacked(
      { ...file, language: kind, status: "checked", ran: text.ran },
      packed,
      input.withPosture === true,
    );
  const checked = told(wanted);
  if (kind !== "configuration" && input.onJudged !== undefined) {
    const notRun = text.lasts ? [] : [...text.failures, ...text.notChecked];
    const failed = new Set(notRun.flatMap(({ rule }) => rule ?? []));
    const isWhole = !text.notChecked.some(({ rule }) => rule === undefined);
    const judged = isWhole ? text.ran : new Set<string>();
    const whole = wanted === text ? checked : told(text);
    input.onJudged({
      path: target.path,
      boundary: target.boundary,
      rules: failed.size === 0 ? judged : new Set([...judged].filter((id) => !failed.has(id))),
      entries: accepted,
      get findings() {
        return whole.findings;
      },
      get accepted() {
        return whole.suppressed.flatMap(({ by, finding }) => (by === "baseline" ? [finding] : []));
      },
    });
  }
  run.files.push(checked);
  addTally(run.tally, wanted.tally);
  input.onFile?.(checked);
  run.failures.push(...text.failures);
  run.notChecked.push(...text.notChecked);
}

function wantedOf(text: PackedText, minSeverity: Severity | undefined): Pick<PackedText, "packed" | "tally"> {
  if (minSeverity === undefined) return text;
  const said = unpack(text.packed);
  const wanted = ({ severity }: AuditFinding): boolean => isAtLeast(severity, minSeverity);
  const left: Said = {
    ...said,
    findings: said.findings.filter(wanted),
    suppressed: said.suppressed.filter(({ finding }) => wanted(finding)),
  };
  return { packed: pack(left), tally: tallyOf(left) };
}

/** What is said of a configuration is corrected, not accepted, so that no baseline is looked for beside one. */
async function acceptedIn(
  { baselines }: Run,
  { kind, path, boundary }: Pick<Target, "kind" | "path" | "boundary">,
): Promise<readonly AcceptedFinding[]> {
  return kind === "configuration" ? [] : baselines.acceptedIn(path, boundary);
}

/** A configuration that was used from beyond the folders: it is looked at like the ones within. */
async function checkConfiguration(run: Run, path: string): Promise<void> {
  const folder = parentOf(path) ?? path;
  const configured = await run.configs.of(folder, folder);
  await check(run, {
    path,
    realPath: path,
    kind: "configuration",
    configured,
    boundary: folder,
    byContent: false,
    named: false,
  });
}

function languageOf(path: string): AuditedFile["language"] {
  const kind = kindOfPath(path);
  return isCheckedKind(kind) || kind === "configuration" ? kind : undefined;
}

function skip(run: Run, { path, reason }: Unseen, language: AuditedFile["language"]): void {
  run.files.push({
    path: run.name(path),
    location: path,
    language,
    status: "skipped",
    reason,
    findings: [],
    suppressed: [],
  });
}

function resultOf(run: Run): AuditResult {
  const files = run.files.sort(comparePaths);
  return {
    version: 1,
    tool: { name: "plimsoll", version: run.input.version },
    files,
    failures: run.failures.sort(comparePaths),
    notChecked: run.notChecked.sort(comparePaths),
    complete: run.complete,
    summary: summaryWith(files, run.tally),
    ...(run.sharding && { shard: run.sharding.mark() }),
  };
}

/** Counts what a list of files holds. */
export function summaryOf(files: readonly AuditedFile[]): AuditSummary {
  const tally = emptyTally();
  for (const file of files) addTally(tally, tallyOf(file));
  return summaryWith(files, tally);
}

function summaryWith(files: readonly AuditedFile[], { findings, suppressed }: Tally): AuditSummary {
  const withStatus = (status: AuditedFile["status"]): number =>
    files.filter((file) => file.status === status).length;
  return {
    checked: withStatus("checked"),
    skipped: withStatus("skipped"),
    failed: withStatus("failed"),
    findings,
    suppressed,
  };
}
