import { type AuditInput, auditFolders } from "../audit/audit";
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
import { renderText } from "../report/text";
import type { CheckArgs } from "./args";
import { boundaryOf, resolveSearch } from "./search";
import { type ExitCode, exitCodes, type Terminal } from "./terminal";

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
  const result = await auditFolders(input);
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
