import type { AuditedFile, AuditResult } from "../audit/result";
import type { Rule } from "../engine/rule";
import { type Severity, severities } from "../engine/severity";
import { escapeHtml } from "./html/escape";
import { fileSection } from "./html/findings";
import { rulePanels } from "./html/rulePanels";
import { script } from "./html/script";
import { sha256Base64 } from "./html/sha256";
import { style } from "./html/style";

/**
 * An audit as one page that needs nothing else: no network, and no script but for its filters. Everything that comes
 * from files is escaped, and the page's own policy lets nothing run but that script.
 * @param rules those that ran: the page explains the ones that found something
 * @param date shown at the top, where it is given
 */
export function renderHtml(result: AuditResult, rules: readonly Rule[], date?: string): string {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const withFindings = result.files.filter((file) => file.findings.length > 0);
  const firing = new Set(withFindings.flatMap((file) => file.findings.map((finding) => finding.rule)));
  const sections = withFindings.map((file, index) => fileSection(file, sectionId(index), byId));
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Plimsoll report</title>
<style>${style}</style>
</head>
<body>
<div class="page">
<a class="skip" href="#findings">Skip to the findings</a>
${header(result, date)}
${counts(result)}
${failureBox(result)}
${notCheckedBox(result)}
<main>
${fileTable(result, withFindings)}
${sections.length === 0 ? nothing(result) : `<h2 id="findings">Findings</h2>\n${filters()}`}
${sections.join("\n")}
</main>
<footer>Made by Plimsoll ${escapeHtml(result.tool.version)}. Secrets are shown as •••. Nothing in this page is sent anywhere.</footer>
</div>
${rulePanels(rules.filter((rule) => firing.has(rule.id)))}
<script>${script}</script>
</body>
</html>
`;
}

const policy = [
  "default-src 'none'",
  `style-src 'sha256-${sha256Base64(style)}'`,
  `script-src 'sha256-${sha256Base64(script)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

function sectionId(index: number): string {
  return `file-${index + 1}`;
}

function header(result: AuditResult, date: string | undefined): string {
  const { checked } = result.summary;
  const facts = [
    `${checked} ${checked === 1 ? "file" : "files"} checked`,
    `${result.summary.suppressed} suppressed`,
  ];
  if (date !== undefined) facts.push(escapeHtml(date));
  return `<header>
<svg viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width="2.5" aria-hidden="true"><circle cx="16" cy="16" r="9"/><path d="M2 16h28"/></svg>
<div><h1>Plimsoll report</h1><p>${facts.join(" · ")}</p></div>
</header>`;
}

function counts(result: AuditResult): string {
  const items = severities.map(
    (severity) =>
      `<li class="${severity}"><strong>${result.summary.findings[severity]}</strong><span>${severity}</span></li>`,
  );
  return `<ul class="counts" aria-label="Findings by severity">${items.join("")}</ul>`;
}

function failureBox(result: AuditResult): string {
  const items = result.failures.map(({ path, rule, error }) => {
    const what = rule === undefined ? error : `the rule ${rule} failed: ${error}`;
    return `<li><code>${escapeHtml(path)}</code>: ${escapeHtml(what)}</li>`;
  });
  if (!result.complete) items.push("<li>The audit was stopped before it had seen everything.</li>");
  if (items.length === 0) return "";
  return `<div class="box fault" role="alert"><strong>This report is not complete</strong><ul>${items.join("")}</ul></div>`;
}

function notCheckedBox(result: AuditResult): string {
  const files = result.files.filter((file) => file.status !== "checked");
  const items = [
    ...files.map((file) => notCheckedItem(file.path, file.reason ?? file.status)),
    ...result.notChecked.map(({ path, rule, reason, range }) =>
      notCheckedItem(
        range === undefined ? path : `${path}:${range.start.line}`,
        rule === undefined ? reason : `${reason} (${rule})`,
      ),
    ),
  ];
  if (items.length === 0) return "";
  return `<details class="box"${items.length <= 5 ? " open" : ""}><summary>Not checked: ${items.length}</summary><ul>${items.join("")}</ul></details>`;
}

function notCheckedItem(place: string, reason: string): string {
  return `<li><code>${escapeHtml(place)}</code>: ${escapeHtml(reason)}</li>`;
}

/** Files with findings first, each with a link to them; then those without. */
function fileTable(result: AuditResult, withFindings: readonly AuditedFile[]): string {
  if (result.files.length === 0) return "";
  const head = severities.map((severity) => `<th scope="col" class="number">${severity}</th>`).join("");
  const rows = [
    ...withFindings.map(
      (file, index) => () => fileRow(file, `<a href="#${sectionId(index)}">${escapeHtml(file.path)}</a>`),
    ),
    ...result.files
      .filter((file) => file.findings.length === 0)
      .map((file) => () => fileRow(file, escapeHtml(file.path))),
  ];
  const listed = rows.slice(0, maxRows).map((row) => row());
  const more = rows.length - listed.length;
  if (more > 0) listed.push(`<tr><td colspan="${severities.length + 2}">… and ${more} more files</td></tr>`);
  return `<h2>Files</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Files"><table>
<thead><tr><th scope="col">File</th><th scope="col">Status</th>${head}</tr></thead>
<tbody>
${listed.join("\n")}
</tbody></table></div>`;
}

/** Laying out a table takes longer than the findings themselves. */
const maxRows = 1_000;

function fileRow(file: AuditedFile, name: string): string {
  const cells = severities.map((severity) => countCell(file, severity)).join("");
  return `<tr><th scope="row">${name}</th><td>${file.status}</td>${cells}</tr>`;
}

function countCell(file: AuditedFile, severity: Severity): string {
  const count = file.findings.filter((finding) => finding.severity === severity).length;
  return count === 0 ? '<td class="number">·</td>' : `<td class="number some ${severity}">${count}</td>`;
}

/** Hidden until the script shows them, which also adds the rules to choose from. */
function filters(): string {
  const buttons = severities.map(
    (severity) =>
      `<button type="button" class="${severity}" data-severity="${severity}" aria-pressed="true">${severity}</button>`,
  );
  return `<div class="filters" id="filters" role="search" aria-label="Filter the findings" hidden>
${buttons.join("\n")}
<label>Rule <select id="filter-rule"><option value="">all</option></select></label>
<label>Text <input id="filter-text" type="search" autocomplete="off"></label>
<button type="button" id="filter-reset">Reset</button>
<span id="shown" role="status" aria-live="polite"></span>
</div>`;
}

function nothing(result: AuditResult): string {
  const sure = result.complete && result.failures.length === 0;
  const text = sure ? "Nothing found." : "Nothing found, but not everything could be judged: see above.";
  return `<div class="nothing" id="findings"><strong>${text}</strong></div>`;
}
