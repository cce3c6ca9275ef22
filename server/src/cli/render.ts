import type { AuditResult } from "../audit/result";
import type { Rule } from "../engine/rule";
import { renderCompact } from "../report/compact";
import { renderCsv } from "../report/csv";
import { renderGithub } from "../report/github";
import { renderGitlab } from "../report/gitlab";
import { renderHtml } from "../report/html";
import { jsonReportChunks } from "../report/json";
import { renderJunit } from "../report/junit";
import { renderMarkdown } from "../report/markdown";
import { sarifChunks } from "../report/sarif";
import { renderText } from "../report/text";
import type { ReportFormat } from "./options";
import type { Terminal } from "./terminal";

/** Which report is wanted, and where. */
export interface Wanted {
  readonly format: ReportFormat;
  /** A file, or `undefined` for standard output. */
  readonly output: string | undefined;
}

/** A report, in pieces. */
export function render(
  result: AuditResult,
  { format, output }: Wanted,
  rules: readonly Rule[],
  terminal: Terminal,
): Iterable<string> {
  switch (format) {
    case "text":
      return [renderText(result, { colours: terminal.colours && output === undefined })];
    case "json":
      return jsonReportChunks(result);
    case "sarif":
      return sarifChunks(result, rules);
    case "html":
      return [renderHtml(result, rules, new Date(terminal.clock.now()).toISOString().slice(0, 10))];
    case "markdown":
      return [renderMarkdown(result)];
    case "csv":
      return [renderCsv(result)];
    case "junit":
      return [renderJunit(result)];
    case "github":
      return [renderGithub(result)];
    case "compact":
      return [renderCompact(result)];
    case "gitlab":
      return [renderGitlab(result)];
  }
}

/** Writes a report where it is wanted; to a file all at once, so that nobody reads half of it. */
export async function deliver(
  chunks: Iterable<string>,
  output: string | undefined,
  terminal: Terminal,
): Promise<void> {
  if (output === undefined) await terminal.outAll(chunks);
  else await terminal.files.writeAll(terminal.absolute(output), chunks);
}
