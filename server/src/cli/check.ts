import { type AuditInput, auditFolders, type JudgedFile } from "../audit/audit";
import { type BaselineChoice, createBaselines } from "../audit/baselines";
import { createConfigFiles } from "../audit/configFiles";
import { listedOnce } from "../audit/listedOnce";
import { joinPath } from "../audit/paths";
import type { AuditResult } from "../audit/result";
import type { Rule } from "../engine/rule";
import { createImageTable } from "../inventory/imageTable";
import { maxFileBytes } from "../limits";
import { withText } from "../platform/withText";
import { counted } from "../report/summary";
import type { CheckArgs } from "./args";
import { cacheFor } from "./cache";
import { exitCodeOf, failOnOf, outcomeOf } from "./exitCode";
import { askingOf } from "./online";
import { deliver, render } from "./render";
import { scanFor } from "./scan";
import { readScanResults } from "./scanResults";
import { resolveSearch } from "./search";
import { onlyNew } from "./since";
import { type ExitCode, type Terminal, UsageError } from "./terminal";
import { fixedEntries, updateBaselines } from "./updateBaseline";

/** `plimsoll check`. */
export async function check(args: CheckArgs, rules: readonly Rule[], terminal: Terminal): Promise<ExitCode> {
  const search = await resolveSearch(args.stdin ? { ...args, paths: [] } : args, rules, terminal);
  const { scope, adjust } = search;
  const cache = args.stdin ? undefined : await cacheFor(args, search, terminal);
  const configs = createConfigFiles(terminal.files, rules, scope.configuration, adjust);
  const asking = await askingOf(args, terminal);
  const images = asking && createImageTable(asking);
  const given = await readScanResults(args.scanResults, terminal);
  const input: AuditInput = {
    ...scope,
    ...(args.stdin ? await standardInput(args, terminal) : {}),
    base: terminal.cwd,
    rules,
    version: terminal.version,
    clock: terminal.clock,
    adjust,
    minSeverity: args.minSeverity,
    cache,
    ...(args.shard && { shard: { ...args.shard, settings: settingsOf(args) } }),
    withPosture: args.format === "html" || args.format === "json",
    vulnerabilities: given,
    scan: await scanFor(args, given, asking?.client, terminal),
    ...(images !== undefined && { askRegistries: (file) => images.ask(file) }),
  };
  const auditWithBaseline = args.updateBaseline ? auditAndUpdate : auditAndCompare;
  const audited = await auditWithBaseline(input, args, terminal).finally(() => cache?.close());
  const compared =
    args.since === undefined ? audited : await onlyNew(audited, args.since, args.remember, terminal);
  // All that a report shows is in the JSON, too.
  const isTold = args.format === "html" || args.format === "json";
  const result =
    images !== undefined && isTold
      ? { ...compared, images: await images.told(terminal.clock.now()) }
      : compared;
  await deliver(render(result, args, rules, terminal), args.output, terminal);
  // A program reads the report, and whoever started it reads this.
  if (args.format !== "text" || args.output !== undefined) {
    for (const failure of result.failures) terminal.err(`plimsoll: ${failure.path}: ${failure.error}\n`);
  }
  const failOn = args.failOn ?? (await failOnOf(configs, terminal));
  return exitCodeOf(outcomeOf(result), { failOn, strict: args.strict });
}

/** Checks, and says how many accepted findings are fixed: a check itself never writes to the repository. */
async function auditAndCompare(input: AuditInput, args: CheckArgs, terminal: Terminal): Promise<AuditResult> {
  let fixed = 0;
  await mustExist(args.baseline, terminal);
  const files = listedOnce(input.files);
  const baselines = createBaselines(files, choiceOf(args, terminal));
  const onJudged = (file: JudgedFile): void => {
    fixed += fixedEntries(file, input.rules);
  };
  const result = await auditFolders({ ...input, files, baselines, onJudged });
  if (fixed > 0) {
    terminal.err(
      `${counted(fixed, "accepted finding")} fixed: plimsoll check --update-baseline --shrink-only takes out what is done.\n`,
    );
  }
  return result;
}

/** Checks, brings the baseline up to date unless something went wrong, and checks under the new one. */
async function auditAndUpdate(input: AuditInput, args: CheckArgs, terminal: Terminal): Promise<AuditResult> {
  const { shrinkOnly, reason, minSeverity } = args;
  const named = args.baseline === undefined ? undefined : terminal.absolute(args.baseline);
  const judged: JudgedFile[] = [];
  const baselines = createBaselines(terminal.files, choiceOf(args, terminal));
  const first = await auditFolders({ ...input, baselines, onJudged: (file) => judged.push(file) });
  if (first.failures.length > 0 || !first.complete) {
    terminal.err("plimsoll: the baseline was left alone, since not everything could be judged\n");
    return first;
  }
  const { rules } = input;
  await updateBaselines({ judged, baselines, named, rules, shrinkOnly, reason, minSeverity }, terminal);
  return auditFolders({ ...input, baselines: createBaselines(terminal.files, choiceOf(args, terminal)) });
}

/** A baseline that was named and is not there is a slip of the pen, not an empty one. */
async function mustExist(baseline: string | undefined, { files, absolute }: Terminal): Promise<void> {
  if (baseline !== undefined && (await files.realPath(absolute(baseline))) === undefined)
    throw new UsageError(`there is no baseline ${baseline}: --update-baseline writes one`);
}

function choiceOf({ baseline, noBaseline }: CheckArgs, terminal: Terminal): BaselineChoice {
  if (noBaseline) return "none";
  return baseline === undefined ? "nearest" : { file: terminal.absolute(baseline) };
}

/** The arguments that must be equal in all shards of a run, beside those that the result shows. */
function settingsOf(args: CheckArgs): string {
  const { config, noConfig, profile, rules, noIgnore, baseline, noBaseline } = args;
  return JSON.stringify([
    ...[config ?? null, noConfig, profile ?? null, rules, noIgnore],
    ...[baseline ?? null, noBaseline],
  ]);
}

/** Standard input, as a file of the working directory with the name that the user gave it. */
async function standardInput(
  args: CheckArgs,
  terminal: Terminal,
): Promise<Pick<AuditInput, "named" | "files" | "boundaryOf">> {
  const text = await terminal.readInput(maxFileBytes);
  const path =
    args.stdinFilename === undefined
      ? joinPath(terminal.cwd, "stdin")
      : terminal.absolute(args.stdinFilename);
  return { named: [path], files: withText(terminal.files, path, text), boundaryOf: () => terminal.cwd };
}
