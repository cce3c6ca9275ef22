import { type AuditInput, auditFolders } from "../audit/audit";
import { joinPath } from "../audit/paths";
import type { AuditResult } from "../audit/result";
import type { Rule } from "../engine/rule";
import { isAtLeast, severities } from "../engine/severity";
import { maxFileBytes } from "../limits";
import { withText } from "../platform/withText";
import { imagesIn } from "../registry/imagesIn";
import { tagDigestsOf } from "../registry/tagDigests";
import { renderCsv } from "../report/csv";
import { renderGithub } from "../report/github";
import { renderGitlab } from "../report/gitlab";
import { renderHtml } from "../report/html";
import { renderJson } from "../report/json";
import { renderJunit } from "../report/junit";
import { renderMarkdown } from "../report/markdown";
import { renderSarif } from "../report/sarif";
import { renderText } from "../report/text";
import type { CheckArgs } from "./args";
import { clientOf } from "./online";
import { readScanResults } from "./scanResults";
import { resolveSearch } from "./search";
import { onlyNew } from "./since";
import { type ExitCode, exitCodes, type Terminal } from "./terminal";

/** `plimsoll check`. */
export async function check(args: CheckArgs, rules: readonly Rule[], terminal: Terminal): Promise<ExitCode> {
  const { scope, adjust } = await resolveSearch(args.stdin ? { ...args, paths: [] } : args, rules, terminal);
  const client = await clientOf(args, terminal);
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
    vulnerabilities: await readScanResults(args.scanResults, terminal),
    ...(client !== undefined && {
      tagDigests: (kind, text) => tagDigestsOf(imagesIn(kind, text), client, terminal.signal),
    }),
  };
  const audited = await auditFolders(input);
  const result =
    args.since === undefined ? audited : await onlyNew(audited, args.since, args.remember, terminal);
  const report = render(result, args, rules, terminal);
  if (args.output === undefined) terminal.out(report);
  else await terminal.files.write(terminal.absolute(args.output), report);
  // A program reads the report, and whoever started it reads this.
  if (args.format !== "text" || args.output !== undefined) {
    for (const failure of result.failures) terminal.err(`plimsoll: ${failure.path}: ${failure.error}\n`);
  }
  return exitCodeOf(result, args);
}

/** What a result means for a pipeline. */
export function exitCodeOf(
  result: AuditResult,
  { failOn, strict }: Pick<CheckArgs, "failOn" | "strict">,
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
