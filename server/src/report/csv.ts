import type { AuditedFile, AuditFinding, AuditResult, AuditSuppressed, Range } from "../audit/result";
import { ruleUrl } from "../docs/ruleUrl";
import { type Gap, gapsOf } from "./gaps";
import { plainText } from "./plain";

/**
 * An audit as a table for spreadsheets and databases (RFC 4180: commas, CRLF, a header). One row for each finding,
 * each silenced one and each thing that was not checked, told apart by the first column.
 */
export function renderCsv(result: AuditResult): string {
  const rows = [
    columns.join(","),
    ...result.files.flatMap((file) => file.findings.map((finding) => findingRow("finding", file, finding))),
    ...result.files.flatMap((file) =>
      file.suppressed.map((entry) => findingRow("suppressed", file, entry.finding, entry)),
    ),
    ...gapsOf(result).map(gapRow),
  ];
  return `${rows.join("\r\n")}\r\n`;
}

const columns = [
  ...["status", "severity", "rule", "category", "path", "line", "column", "endLine", "endColumn"],
  ...["message", "fix", "reason", "fingerprint", "url", "acceptedBy", "owner", "ticket", "until"],
] as const;

type Row = Readonly<Partial<Record<(typeof columns)[number], string>>>;

function findingRow(
  status: string,
  file: AuditedFile,
  finding: AuditFinding,
  accepted?: AuditSuppressed,
): string {
  return rowText({
    status,
    severity: finding.severity,
    rule: finding.rule,
    category: finding.category,
    path: file.path,
    ...placeCells(finding.range),
    message: finding.message,
    fix: finding.fixes[0]?.title ?? "",
    reason: accepted?.reason ?? "",
    fingerprint: finding.fingerprint,
    url: ruleUrl(finding.rule),
    acceptedBy: accepted?.by ?? "",
    owner: accepted?.owner ?? "",
    ticket: accepted?.ticket ?? "",
    until: accepted?.until ?? "",
  });
}

const statuses: Readonly<Record<Gap["kind"], string>> = {
  stopped: "failure",
  failure: "failure",
  unread: "not checked",
  unjudged: "not checked",
};

function gapRow({ kind, path, rule, range, text }: Gap): string {
  return rowText({
    status: statuses[kind],
    rule: rule ?? "",
    path: path ?? "",
    ...(range && placeCells(range)),
    reason: text,
  });
}

function placeCells({ start, end }: Range): Row {
  return {
    line: String(start.line),
    column: String(start.column),
    endLine: String(end.line),
    endColumn: String(end.column),
  };
}

function rowText(row: Row): string {
  return csvLine(columns.map((column) => row[column] ?? ""));
}

/** Cells as one line, without its end. */
export function csvLine(cells: readonly string[]): string {
  return cells.map(cell).join(",");
}

/**
 * A spreadsheet runs a cell that begins like a formula, and where its list separator is a semicolon also what follows
 * one: an apostrophe in front makes it text (OWASP, CSV Injection).
 */
function cell(text: string): string {
  const plain = plainText(text);
  const first = formula.test(plain) ? `'${plain}` : plain;
  const harmless = first.includes(";") ? first.replace(laterFormula, ";'") : first;
  return /[",;\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const formula = /^\s*[=+\-@\uff0b\uff0d\uff1d\uff20]/;
const laterFormula = /;(?=\s*[=+\-@\uff0b\uff0d\uff1d\uff20])/g;
