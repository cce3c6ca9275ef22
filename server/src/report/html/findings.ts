import type { AuditedFile, AuditFinding, AuditFix, Excerpt, ExcerptLine } from "../../audit/result";
import type { Rule } from "../../engine/rule";
import { escapeHtml } from "./escape";

/** The findings of one file. */
export function fileSection(file: AuditedFile, id: string, rules: ReadonlyMap<string, Rule>): string {
  const findings = file.findings.map((finding) => article(file, finding, rules.get(finding.rule)));
  return `<section class="file" id="${id}" aria-label="${escapeHtml(file.path)}">
<h3>${escapeHtml(file.path)}</h3>
${findings.join("\n")}
</section>`;
}

/** The id of the element that explains a rule. */
export function rulePanelId(rule: string): string {
  return `rule-${escapeHtml(rule)}`;
}

function article(file: AuditedFile, finding: AuditFinding, rule: Rule | undefined): string {
  const { severity, range } = finding;
  const id = escapeHtml(finding.rule);
  const explain =
    rule === undefined
      ? `<code>${id}</code>`
      : `<button type="button" class="why" popovertarget="${rulePanelId(rule.id)}" title="Why, and how to fix it">${id}</button>`;
  const parts = [
    `<p class="message"><span class="badge">${severity}</span>${escapeHtml(finding.message)}</p>`,
    `<p class="place"><span>line ${range.start.line}, column ${range.start.column}</span>${explain}</p>`,
    code(finding.excerpt),
    rule === undefined ? "" : `<p class="good">As it should be: ${escapeHtml(rule.title)}.</p>`,
    ...finding.fixes.map(fixDetails),
  ];
  return `<article class="${severity}" data-severity="${severity}" data-rule="${id}" data-path="${escapeHtml(file.path)}">
${parts.filter((part) => part !== "").join("\n")}
</article>`;
}

function code(excerpt: Excerpt): string {
  if (excerpt.lines.length === 0) return "";
  const numbers = excerpt.lines.map((_, index) => excerpt.firstLine + index);
  // Two columns rather than a number in each line: a large report has a third of the elements.
  return `<pre tabindex="0" aria-label="The code"><span class="numbers" aria-hidden="true">${numbers.join("\n")}</span><code>${excerpt.lines.map(codeLine).join("\n")}</code></pre>`;
}

function codeLine({ text, mark }: ExcerptLine): string {
  if (mark === undefined) return escapeHtml(text);
  const marked = text.slice(mark.from, mark.to);
  return `${escapeHtml(text.slice(0, mark.from))}<mark>${escapeHtml(marked)}</mark>${escapeHtml(text.slice(mark.to))}`;
}

function fixDetails(fix: AuditFix): string {
  const note = fix.safety === "safe" ? "safe fix" : "may change behaviour";
  const lines = fix.preview.map(({ change, text }) => {
    const tag = change === "added" ? "ins" : "del";
    return `<${tag}>${change === "added" ? "+" : "−"} ${escapeHtml(text)}</${tag}>`;
  });
  const created =
    fix.creates === undefined ? "" : `<p class="note">Makes the file ${escapeHtml(fix.creates.path)}.</p>`;
  const diff =
    lines.length === 0
      ? ""
      : `<pre class="diff" tabindex="0" aria-label="The change">${lines.join("")}</pre>`;
  return `<details class="fix"><summary>${escapeHtml(fix.title)} <span class="note">(${note})</span></summary>${diff}${created}</details>`;
}
