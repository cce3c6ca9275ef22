import { createConfigFiles } from "../audit/configFiles";
import { type Contexts, createContexts, noContexts } from "../audit/contextNames";
import { collectFacts } from "../audit/facts";
import { createOwners, type Owners } from "../audit/owners";
import { isWithin, joinPath, parentOf, relativePath } from "../audit/paths";
import { createProjects, projectFacts } from "../audit/projects";
import {
  findTargets,
  formatOfTarget,
  kindOfTarget,
  notOurs,
  standingOf,
  type Target,
} from "../audit/targets";
import { isCheckedKind } from "../documents/kind";
import type { AnalysisInput } from "../engine/analyse";
import type { Finding, Fix } from "../engine/finding";
import { type FixedText, fixAll, safeFix } from "../engine/fix";
import type { Rule } from "../engine/rule";
import { maxFileBytes } from "../limits";
import { plainText } from "../report/plain";
import type { FixArgs } from "./args";
import { resolveSearch } from "./search";
import { type ExitCode, exitCodes, type Terminal } from "./terminal";
import { unifiedDiff } from "./unifiedDiff";

/** `plimsoll fix`: ends with 0 unless something kept it from doing its work. */
export async function fix(args: FixArgs, rules: readonly Rule[], terminal: Terminal): Promise<ExitCode> {
  const { scope, adjust } = await resolveSearch(args, rules, terminal);
  const configs = createConfigFiles(terminal.files, rules, scope.configuration, adjust);
  const found = await findTargets(scope, configs);
  const contexts = createContexts(terminal.files);
  const owners = createOwners(terminal.files);
  const run: Run = { args, rules, terminal, contexts, owners, changed: 0, applied: 0, faults: [] };
  for (const target of found.targets) {
    if (terminal.signal.aborted) break;
    await fixFile(run, target);
  }
  for (const { path, reason } of [...found.skipped, ...found.notChecked])
    fault(run, path, `not looked at: ${reason}`);
  for (const [path, error] of configs.failures) fault(run, path, error);
  for (const line of run.faults) terminal.err(`plimsoll: ${plainText(line)}\n`);
  const verb = args.dryRun ? "would be applied" : "applied";
  terminal.err(
    `${counted(run.applied, "fix", "fixes")} ${verb} in ${counted(run.changed, "file", "files")}.\n`,
  );
  const stopped = terminal.signal.aborted || !found.complete;
  return configs.failures.size > 0 || stopped || run.failed ? exitCodes.fault : exitCodes.clean;
}

interface Run {
  readonly args: FixArgs;
  readonly rules: readonly Rule[];
  readonly terminal: Terminal;
  readonly contexts: Contexts;
  readonly owners: Owners;
  changed: number;
  applied: number;
  readonly faults: string[];
  /** Whether something was to be written and was not. */
  failed?: boolean;
}

async function fixFile(run: Run, target: Target): Promise<void> {
  const { files } = run.terminal;
  const read = await files.read(target.realPath, maxFileBytes);
  if (read.state !== "read") {
    fault(
      run,
      target.path,
      `not looked at: ${read.state === "failed" ? read.reason : "it does not exist any more"}`,
    );
    return;
  }
  const kind = kindOfTarget(target, read.text);
  if (!isCheckedKind(kind)) {
    if (kind === undefined && target.named) fault(run, target.path, `not looked at: ${notOurs}`);
    return;
  }
  const path = target.configured.relative(target.path);
  const contexts = kind === "dockerfile" ? run.contexts : noContexts;
  const now = run.terminal.clock.now();
  const input: AnalysisInput = {
    kind,
    ...formatOfTarget(kind, target.path),
    text: read.text,
    rules: run.rules,
    // Read anew for each file, since those around it may have been fixed meanwhile.
    facts: {
      ...(await collectFacts(files, target.path, target.boundary, now, { contexts, owners: run.owners })),
      ...(await projectFacts(createProjects(files), kind, read.text, standingOf(target))),
    },
    config: target.configured.configFor(target.path),
    ...(path !== undefined && { path }),
  };
  const fixed = fixAll(input, run.args.unsafe ? safeOrFirstFix : safeFix);
  if (fixed.applied.length === 0) return;
  const done = run.args.dryRun
    ? print(run, target, read.text, fixed)
    : await write(run, target, read.text, fixed);
  if (!done) return;
  run.changed++;
  run.applied += fixed.applied.length;
  run.applied -= await create(run, target, fixed);
}

function safeOrFirstFix(finding: Finding): Fix | undefined {
  return safeFix(finding) ?? finding.fixes.find(({ asks }) => asks === undefined);
}

function print(run: Run, target: Target, before: string, { text }: FixedText): boolean {
  printDiff(run, target.path, before, text);
  return true;
}

/** A program gets the patch as it is; a terminal must not obey what a file says. */
function printDiff({ terminal }: Run, path: string, before: string | undefined, after: string): void {
  const diff = unifiedDiff(relativePath(terminal.cwd, path), before, after);
  terminal.out(terminal.isTerminal ? diff.split("\n").map(plainText).join("\n") : diff);
}

/** Writes the file unless somebody else has meanwhile: their change would be lost. */
async function write(run: Run, target: Target, before: string, { text }: FixedText): Promise<boolean> {
  const { files } = run.terminal;
  const now = await files.read(target.realPath, maxFileBytes);
  if (now.state !== "read" || now.text !== before)
    return failed(run, target.path, "changed meanwhile, left alone");
  try {
    if (text !== before) await files.write(target.realPath, text);
  } catch (error) {
    return failed(run, target.path, `could not be written: ${messageOf(error)}`);
  }
  run.terminal.out(`${plainText(displayed(run, target.path))}: fixed\n`);
  return true;
}

/** Makes the files that fixes come with. Returns how many could not be made. */
async function create(run: Run, target: Target, fixed: FixedText): Promise<number> {
  const { files } = run.terminal;
  const folder = parentOf(target.realPath) ?? target.boundary;
  let missing = 0;
  for (const { creates } of fixed.applied) {
    if (creates === undefined) continue;
    const path = joinPath(folder, creates.path);
    const outside = !isWithin(target.boundary, path) || creates.path.split("/").includes("..");
    if (outside || (await files.kindOf(path)) !== undefined) {
      missing += failed(run, path, outside ? "lies outside, not made" : "exists already, left alone") ? 0 : 1;
    } else if (run.args.dryRun) printDiff(run, path, undefined, creates.text);
    else {
      try {
        await files.write(path, creates.text);
        run.terminal.out(`${plainText(displayed(run, path))}: made\n`);
      } catch (error) {
        missing += failed(run, path, `could not be made: ${messageOf(error)}`) ? 0 : 1;
      }
    }
  }
  return missing;
}

function failed(run: Run, path: string, what: string): false {
  fault(run, path, what);
  run.failed = true;
  return false;
}

function fault(run: Run, path: string, what: string): void {
  run.faults.push(`${displayed(run, path)}: ${what}`);
}

function displayed(run: Run, path: string): string {
  return relativePath(run.terminal.cwd, path);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
