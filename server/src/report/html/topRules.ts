import type { AuditResult } from "../../audit/result";
import type { Rule } from "../../engine/rule";
import { type Severity, severities } from "../../engine/severity";
import { mostTopRules } from "../../shown";
import { counted } from "../summary";
import { worstFirst } from "../worstFirst";
import { escapeHtml } from "./escape";
import { rulePanelId } from "./findings";

interface RuleCount {
  readonly rule: string;
  readonly severity: Severity;
  /** What it says of the first of its worst findings. */
  readonly message: string;
  readonly findings: number;
  readonly files: ReadonlySet<string>;
}

/** The rules that found the gravest, each with what it says of one place. */
export function topRules(result: AuditResult, rules: ReadonlyMap<string, Rule>): string {
  const counts = countsOf(result);
  if (counts.length === 0) return "";
  const rows = counts.slice(0, mostTopRules).map((count) => row(count, rules.get(count.rule)));
  const more = counts.length - rows.length;
  return `<h2>The worst</h2>
<ol class="top">${rows.join("\n")}</ol>${more > 0 ? `<p class="note">… and ${counted(more, "more rule")} below.</p>` : ""}`;
}

function countsOf(result: AuditResult): readonly RuleCount[] {
  const counts = new Map<
    string,
    { severity: Severity; message: string; findings: number; files: Set<string> }
  >();
  // The worst come first, so that the first of a rule has its severity here.
  for (const { file, finding } of worstFirst(result)) {
    const { severity, message } = finding;
    const count = counts.get(finding.rule) ?? { severity, message, findings: 0, files: new Set() };
    count.findings++;
    count.files.add(file.path);
    counts.set(finding.rule, count);
  }
  return [...counts]
    .map(([rule, count]): RuleCount => ({ rule, ...count }))
    .sort(
      (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || b.findings - a.findings,
    );
}

function row({ rule, severity, message, findings, files }: RuleCount, known: Rule | undefined): string {
  const id = escapeHtml(rule);
  const why =
    known === undefined
      ? `<code>${id}</code>`
      : `<button type="button" class="why" popovertarget="${rulePanelId(rule)}">${id}</button>`;
  return `<li class="${severity}"><span class="badge">${severity}</span><span class="worst">${escapeHtml(message)}</span> ${why}
<button type="button" disabled data-rule="${id}">${counted(findings, "finding")} in ${counted(files.size, "file")}</button></li>`;
}
