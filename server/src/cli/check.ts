import { type AuditInput, auditFolders, type JudgedFile } from "../audit/audit";
import { type BaselineChoice, createBaselines } from "../audit/baselines";
import { createConfigFiles } from "../audit/configFiles";
import { joinPath } from "../audit/paths";
import type { AuditResult } from "../audit/result";
import type { Rule } from "../engine/rule";
import { isAtLeast, type Severity, severities } from "../engine/severity";
import { maxFileBytes } from "../limits";
import type { Files, ReadResult } from "../platform/ports";
import { renderCsv } from "../report/csv";
import { renderGithub } from "../report/github";
import { renderGitlab } from "../report/gitlab";
import { renderHtml } from "../report/html";
import { renderJson } from "../report/json";
import { renderJunit } from "../report/junit";
import { renderMarkdown } from "../report/markdown";
import { renderSarif } from "../report/sarif";
import { counted } from "../report/summary";
import { renderText } from "../report/text";
import type { CheckArgs } from "./args";
import { boundaryOf, resolveSearch } from "./search";
import { type ExitCode, exitCodes, type Terminal } from "./terminal";
import { fixedEntries, updateBaselines } from "./updateBaseline";

/** `plimsoll check`. */
export async function check(args: CheckArgs, rules: readonly Rule[], terminal: Terminal): Promise<ExitCode> {
  const { scope, adjust } = await resolveSearch(args.stdin ? { ...args, paths: [] } : args, rules, terminal);
  const configs = createConfigFiles(terminal.files, rules, scope.configuration, adjust);
  const input: AuditInput = {
    ...scope,
    ...(args.stdin ? await standardInput(args, terminal) : {}),
    base: terminal.cwd,
    rules,
    version: terminal.version,
    clock: terminal.clock,
    adjust,
    minSeverity: args.minSeverity,
    withPosture: args.format === "html" || args.format === "json",
  };
  const result = args.updateBaseline
    ? await auditAndUpdate(input, args, terminal)
    : await auditAndCompare(input, args, terminal);
  const report = render(result, args, rules, terminal);
  if (args.output === undefined) terminal.out(report);
  else await terminal.files.write(terminal.absolute(args.output), report);
  // A program reads the report, and whoever started it reads this.
  if (args.format !== "text" || args.output !== undefined) {
    for (const failure of result.failures) terminal.err(`plimsoll: ${failure.path}: ${failure.error}\n`);
  }
  const configured = await configs.of(terminal.cwd, await boundaryOf(terminal.cwd, terminal));
  const failOn = args.failOn ?? configured.configFor(undefined).failOn ?? "high";
  return exitCodeOf(result, { failOn, strict: args.strict });
}

/** Checks, and says how many accepted findings are fixed: a check itself never writes to the repository. */
async function auditAndCompare(input: AuditInput, args: CheckArgs, terminal: Terminal): Promise<AuditResult> {
  const judged: JudgedFile[] = [];
  const baselines = createBaselines(terminal.files, choiceOf(args, terminal));
  const result = await auditFolders({ ...input, baselines, onJudged: (file) => judged.push(file) });
  const fixed = await fixedEntries({ judged, baselines, rules: input.rules });
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

function choiceOf({ baseline, noBaseline }: CheckArgs, terminal: Terminal): BaselineChoice {
  if (noBaseline) return "none";
  return baseline === undefined ? "nearest" : { file: terminal.absolute(baseline) };
}

/** What a result means for a pipeline. */
export function exitCodeOf(
  result: AuditResult,
  { failOn, strict }: { readonly failOn: Severity | "never"; readonly strict: boolean },
): ExitCode {
  if (result.failures.length > 0 || !result.complete) return exitCodes.fault;
  // What a single rule could not judge, such as the default user of a private image, is no unread file.
  const unread = result.notChecked.filter((entry) => entry.rule === undefined).length;
  const unseen = unread + result.summary.failed + result.summary.skipped;
  if (strict && unseen > 0) return exitCodes.fault;
  if (failOn === "never") return exitCodes.clean;
  const count = severities
    .filter((severity) => isAtLeast(severity, failOn))
    .reduce((sum, severity) => sum + result.summary.findings[severity], 0);
  return count > 0 ? exitCodes.findings : exitCodes.clean;
}

function render(result: AuditResult, args: CheckArgs, rules: readonly Rule[], terminal: Terminal): string {
  switch (args.format) {
    case "text":
      return renderText(result, { colours: terminal.colours && args.output === undefined });
    case "json":
      return renderJson(result);
    case "sarif":
      return renderSarif(result, rules);
    case "html":
      return renderHtml(result, rules, new Date(terminal.clock.now()).toISOString().slice(0, 10));
    case "markdown":
      return renderMarkdown(result);
    case "csv":
      return renderCsv(result);
    case "junit":
      return renderJunit(result);
    case "github":
      return renderGithub(result);
    case "gitlab":
      return renderGitlab(result);
  }
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

function withText(files: Files, path: string, text: ReadResult): Files {
  return {
    ...files,
    // Its own path, whether or not a file of that name exists: what was read is not what the disk has.
    realPath: (other) => (other === path ? Promise.resolve(path) : files.realPath(other)),
    read: (other, maxBytes) => (other === path ? Promise.resolve(text) : files.read(other, maxBytes)),
  };
}
