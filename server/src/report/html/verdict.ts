import type { AuditResult } from "../../audit/result";
import { severities } from "../../engine/severity";
import { mostGaps } from "../../shown";
import { type Gap, gapsOf } from "../gaps";
import { counted } from "../summary";
import { worstFirst } from "../worstFirst";
import { escapeHtml } from "./escape";

/** What the audit came to, in one sentence; never better than what was seen. */
export function verdictSentence(result: AuditResult): string {
  const worst = severities.find((severity) => result.summary.findings[severity] > 0);
  const gaps = gapsOf(result);
  const partial = gaps.some(({ kind }) => kind === "stopped" || kind === "failure");
  if (worst === undefined) {
    if (result.summary.checked === 0) return "No file was checked, so nothing can be said.";
    return gaps.length === 0
      ? "Nothing found."
      : "Nothing found, but not everything could be judged: see below.";
  }
  const count = result.summary.findings[worst];
  const files = new Set(
    worstFirst(result)
      .slice(0, count)
      .map(({ file }) => file.path),
  ).size;
  const where = `${counted(count, `${worst} finding`)} in ${counted(files, "file")}`;
  const sentence = `${where}: ${meanings[worst]}.`;
  return partial ? `${sentence} Not everything was looked at: see below.` : sentence;
}

const meanings = {
  critical: "a secret is out, or a container owns its host",
  high: "one step from disaster",
  medium: "nothing worse, but boundaries or the supply chain are weakened",
  low: "nothing worse, but hardening is missing",
  info: "nothing worse: advice only",
} as const;

/** The findings by severity, as numbers. */
export function severityCounts(result: AuditResult): string {
  const items = severities.map(
    (severity) =>
      `<li class="${severity}"><strong>${result.summary.findings[severity]}</strong><span>${severity}</span></li>`,
  );
  return `<ul class="counts" aria-label="Findings by severity">${items.join("")}</ul>`;
}

/** What keeps the report from being the whole truth. */
export function gapBoxes(result: AuditResult): string {
  const gaps = gapsOf(result);
  const faults = gaps.filter(({ kind }) => kind === "stopped" || kind === "failure");
  const rest = gaps.filter(({ kind }) => kind === "unread" || kind === "unjudged");
  const fault =
    faults.length === 0
      ? ""
      : `<section class="box fault" aria-label="Faults"><strong>This report is not complete</strong>${gapList(faults)}</section>`;
  const open = rest.length <= 5 ? " open" : "";
  const unread = rest.filter(({ kind }) => kind === "unread").length;
  const counts = [
    unread > 0 ? `${counted(unread, "file or part of one", "files or parts of them")} not read` : "",
    rest.length > unread
      ? `${counted(rest.length - unread, "question that no file answers", "questions that no file answers")}`
      : "",
  ].filter((part) => part !== "");
  const notChecked =
    rest.length === 0
      ? ""
      : `<details class="box"${open}><summary>Not checked: ${counts.join(", ")}</summary>${gapList(rest)}</details>`;
  return [fault, notChecked].filter((part) => part !== "").join("\n");
}

function gapList(gaps: readonly Gap[]): string {
  const items = gaps.slice(0, mostGaps).map(gapItem);
  if (gaps.length > mostGaps) items.push(`<li>… and ${gaps.length - mostGaps} more</li>`);
  return `<ul>${items.join("")}</ul>`;
}

function gapItem({ kind, path, rule, range, text }: Gap): string {
  const place = path === undefined ? "" : range === undefined ? path : `${path}:${range.start.line}`;
  const by = kind === "unjudged" && rule !== undefined ? ` (${rule})` : "";
  return `<li>${place === "" ? "" : `<code>${escapeHtml(place)}</code>: `}${escapeHtml(text + by)}</li>`;
}
