import type { AuditResult } from "../audit/result";
import { ruleUrl } from "../docs/ruleUrl";
import { maxMarkdownLength, maxMarkdownListLength } from "../limits";
import { type Gap, gapsOf } from "./gaps";
import { markdownCode, markdownText } from "./markdownText";
import { counted, findingCount, summarySentence } from "./summary";
import { type PlacedFinding, worstFirst } from "./worstFirst";

/** Kept free for the lines that say how much was left out. */
const reserve = 500;

/**
 * An audit as Markdown for a comment on a pull request: a table of findings, the worst first. What does not fit is
 * counted. The first line is a comment by which a workflow finds what it wrote before.
 */
export function renderMarkdown(result: AuditResult): string {
  const gaps = gapsOf(result);
  const failures = gaps.filter(({ kind }) => kind === "stopped" || kind === "failure");
  const unchecked = gaps.filter(({ kind }) => kind === "unread" || kind === "unjudged");
  const head = `<!-- plimsoll -->\n## Plimsoll: ${title(result, gaps)}\n\n${summarySentence(result)}\n`;
  const tail = uncheckedBlock(unchecked);
  const start = head + failureBlock(failures);
  return (
    start + findingTable(worstFirst(result), maxMarkdownLength - reserve - start.length - tail.length) + tail
  );
}

function title(result: AuditResult, gaps: readonly Gap[]): string {
  const total = findingCount(result);
  if (total > 0) return counted(total, "finding");
  return gaps.length === 0 ? "nothing found" : "nothing found, but not everything could be judged";
}

function failureBlock(failures: readonly Gap[]): string {
  if (failures.length === 0) return "";
  return `\n> [!CAUTION]\n> **This report is not complete**\n>\n${list("> - ", failures)}`;
}

function uncheckedBlock(unchecked: readonly Gap[]): string {
  if (unchecked.length === 0) return "";
  return `\n<details>\n<summary>Not checked: ${unchecked.length}</summary>\n\n${list("- ", unchecked)}\n</details>\n`;
}

function list(bullet: string, gaps: readonly Gap[]): string {
  const lines: string[] = [];
  let length = 0;
  for (const gap of gaps) {
    const line = `${bullet}${gapLine(gap)}\n`;
    length += line.length;
    if (length > maxMarkdownListLength) break;
    lines.push(line);
  }
  const left = gaps.length - lines.length;
  return lines.join("") + (left === 0 ? "" : `${bullet}… and ${left} more\n`);
}

function gapLine({ kind, path, rule, range, text }: Gap): string {
  const place = path === undefined ? "" : `${placeOf(path, range?.start.line)}: `;
  // A failure's text names its rule.
  const by = kind === "unjudged" && rule !== undefined ? ` (${markdownText(rule)})` : "";
  return place + markdownText(text) + by;
}

/**
 * The links of the rules stand below the table, once each.
 * @param budget in UTF-16 code units
 */
function findingTable(findings: readonly PlacedFinding[], budget: number): string {
  if (findings.length === 0) return "";
  const rows: string[] = [];
  const links = new Map<string, string>();
  let length = tableHead.length;
  for (const entry of findings) {
    const { rule } = entry.finding;
    const row = findingRow(entry);
    const link = links.has(rule) ? "" : `[${rule}]: ${ruleUrl(rule)}\n`;
    length += row.length + link.length;
    if (length > budget) break;
    rows.push(row);
    if (link !== "") links.set(rule, link);
  }
  const left = findings.length - rows.length;
  const more =
    left === 0 ? "" : `\n… and ${counted(left, "more finding")}: they do not fit into a comment.\n`;
  return `${tableHead}${rows.join("")}${more}\n${[...links.values()].join("")}`;
}

const tableHead = "\n| Severity | Place | Finding | Rule |\n| --- | --- | --- | --- |\n";

function findingRow({ file, finding }: PlacedFinding): string {
  const { severity, rule, message, fixes, range } = finding;
  const grave = severity === "critical" || severity === "high";
  const fix = fixes[0] === undefined ? "" : `<br>Fix: ${markdownText(fixes[0].title)}`;
  const cells = [
    grave ? `**${severity}**` : severity,
    placeOf(file.path, range.start.line),
    markdownText(message) + fix,
    `[${rule}]`,
  ];
  return `| ${cells.join(" | ")} |\n`;
}

function placeOf(path: string, line: number | undefined): string {
  return `${markdownCode(path)}${line === undefined ? "" : `:${line}`}`;
}
