import type { AuditedFile, AuditFinding, AuditResult, Excerpt } from "../audit/result";
import type { Severity } from "../engine/severity";
import { mostListedInText } from "../shown";
import { plainText } from "./plain";
import { summarySentence } from "./summary";

export interface TextOptions {
  readonly colours: boolean;
}

/** An audit for people who read a terminal: by file, one line for a finding, the code, a summary at the end. */
export function renderText(result: AuditResult, options: TextOptions): string {
  const paint = options.colours ? colour : plain;
  const blocks = result.files
    .filter((file) => file.findings.length > 0)
    .map((file) => fileBlock(file, paint));
  return [...blocks, failureBlock(result, paint), notCheckedBlock(result, paint), summaryLine(result, paint)]
    .filter((block) => block !== "")
    .join("\n\n")
    .concat("\n");
}

type Style = "strong" | "faint" | "fault" | Severity;
type Paint = (style: Style, text: string) => string;

const codes: Readonly<Record<Style, string>> = {
  strong: "1",
  faint: "2",
  fault: "1;31",
  critical: "1;31",
  high: "31",
  medium: "33",
  low: "36",
  info: "34",
};

const colour: Paint = (style, text) => `\u001b[${codes[style]}m${text}\u001b[0m`;
const plain: Paint = (_style, text) => text;

function fileBlock(file: AuditedFile, paint: Paint): string {
  return [
    paint("strong", plainText(file.path)),
    ...file.findings.map((finding) => findingBlock(finding, paint)),
  ].join("\n");
}

function findingBlock(finding: AuditFinding, paint: Paint): string {
  const { line, column } = finding.range.start;
  const place = `${line}:${column}`.padEnd(7);
  const severity = paint(finding.severity, finding.severity.padEnd(8));
  const head = `  ${place} ${severity} ${plainText(finding.message)}  ${paint("faint", finding.rule)}`;
  return [head, ...frame(finding.excerpt, finding.severity, paint)].join("\n");
}

/** The finding's own lines, at most three, each with what is meant underlined. */
function frame(excerpt: Excerpt, severity: Severity, paint: Paint): string[] {
  const shown: string[] = [];
  for (const [index, { text, mark }] of excerpt.lines.entries()) {
    if (mark === undefined || shown.length >= 6) continue;
    const number = String(excerpt.firstLine + index).padStart(8);
    const underline = " ".repeat(mark.from) + "^".repeat(Math.max(1, mark.to - mark.from));
    shown.push(`${paint("faint", `${number} |`)} ${plainText(text)}`);
    shown.push(`${paint("faint", `${" ".repeat(8)} |`)} ${paint(severity, underline)}`);
  }
  return shown;
}

function failureBlock(result: AuditResult, paint: Paint): string {
  if (result.failures.length === 0) return "";
  const lines = result.failures.map(({ path, rule, error }) => {
    const what = rule === undefined ? error : `the rule ${rule} failed, its findings are missing: ${error}`;
    return `  ${plainText(path)}: ${plainText(what)}`;
  });
  return [paint("fault", "Failures"), ...lines].join("\n");
}

/** Reasons that many files share are counted, so that the list stays one that is read. */
function notCheckedBlock(result: AuditResult, paint: Paint): string {
  const files = result.files
    .filter((file) => file.status !== "checked")
    .map((file) => `  ${plainText(file.path)}: ${plainText(file.reason ?? file.status)}`);
  const parts = result.notChecked.map(({ path, rule, reason, range }) => {
    const place = range === undefined ? path : `${path}:${range.start.line}`;
    return `  ${plainText(place)}: ${plainText(reason)}${rule === undefined ? "" : `  ${paint("faint", rule)}`}`;
  });
  const all = [...files, ...parts];
  if (all.length === 0) return "";
  const more =
    all.length > mostListedInText
      ? [`  … and ${all.length - mostListedInText} more (all of them: --format json)`]
      : [];
  return [paint("strong", "Not checked"), ...all.slice(0, mostListedInText), ...more].join("\n");
}

function summaryLine(result: AuditResult, paint: Paint): string {
  const unfinished = result.complete
    ? ""
    : `\n${paint("fault", "Stopped early: not everything was looked at.")}`;
  return `${summarySentence(result, paint)}${unfinished}`;
}
