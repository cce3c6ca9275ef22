import type { AuditResult } from "../audit/result";
import type { Severity } from "../engine/severity";
import { type Gap, gapsOf } from "./gaps";
import { plainText } from "./plain";

/**
 * An audit as one line for each finding, in the way of compilers: `path:line:column: error: message [rule]`. Editors,
 * problem matchers and review bots read it.
 */
export function renderCompact(result: AuditResult): string {
  const findings = result.files.flatMap(({ path, findings }) =>
    findings.map(({ range, severity, message, rule }) =>
      lineOf(path, range.start, levels[severity], message, rule),
    ),
  );
  const gaps = gapsOf(result).map(({ kind, path, range, text, rule }) =>
    lineOf(path ?? ".", range?.start ?? { line: 1, column: 1 }, gapLevels[kind], text, rule ?? kind),
  );
  return [...findings, ...gaps].map((line) => `${line}\n`).join("");
}

type Level = "error" | "warning" | "note";

const levels: Readonly<Record<Severity, Level>> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
  info: "note",
};

const gapLevels: Readonly<Record<Gap["kind"], Level>> = {
  stopped: "error",
  failure: "error",
  unread: "warning",
  unjudged: "note",
};

function lineOf(
  path: string,
  { line, column }: { readonly line: number; readonly column: number },
  level: Level,
  text: string,
  name: string,
): string {
  return plainText(`${path}:${line}:${column}: ${level}: ${text} [${name}]`);
}
