import type { AuditFix, Excerpt, ExcerptLine } from "../../audit/result";
import type { Rule } from "../../engine/rule";
import type { PlacedFinding } from "../worstFirst";
import { escapeHtml } from "./escape";

/** The id of the element that explains a rule. */
export function rulePanelId(rule: string): string {
  return `rule-${escapeHtml(rule)}`;
}

/** One finding: where it is, what is wrong, its code, how it should be, its fixes. */
export function findingArticle({ file, finding }: PlacedFinding, rule: Rule | undefined): string {
  const { severity, range } = finding;
  const grave = severity === "critical" || severity === "high";
  const id = escapeHtml(finding.rule);
  const explain =
    rule === undefined
      ? `<code>${id}</code>`
      : `<button type="button" class="why" popovertarget="${rulePanelId(rule.id)}" title="Why, and how to fix it">${id}</button>`;
  const parts = [
    `<h3 class="message"><span class="badge">${severity}</span> ${escapeHtml(finding.message)}</h3>`,
    `<p class="place"><span><code>${escapeHtml(file.path)}</code> line ${range.start.line}, column ${range.start.column}</span>${explain}</p>`,
    code(finding.excerpt),
    rule === undefined ? "" : `<p class="good">As it should be: ${escapeHtml(rule.title)}.</p>`,
    ...finding.fixes.map((fix, index) => fixDetails(fix, grave && index === 0)),
  ];
  return `<article class="${severity}">
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

/** @param open whether the change is shown at once */
function fixDetails(fix: AuditFix, open: boolean): string {
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
  return `<details class="fix"${open ? " open" : ""}><summary>Fix: ${escapeHtml(fix.title)} <span class="note">(${note})</span></summary>${diff}${created}</details>`;
}
