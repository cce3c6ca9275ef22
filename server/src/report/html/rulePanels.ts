import { ruleUrl } from "../../docs/ruleUrl";
import type { Rule } from "../../engine/rule";
import { escapeHtml } from "./escape";
import { rulePanelId } from "./findings";
import { markdownToHtml } from "./markdown";

/** One panel for each rule that found something: why it matters and how to fix it. Said once, opened from each finding. */
export function rulePanels(rules: readonly Rule[]): string {
  return rules.map(panel).join("\n");
}

function panel(rule: Rule): string {
  const id = rulePanelId(rule.id);
  const references = rule.references
    .filter(({ url }) => url.startsWith("https://"))
    .map(
      ({ title, url }) => `<li><a href="${escapeHtml(url)}" rel="noreferrer">${escapeHtml(title)}</a></li>`,
    );
  const page = `<li><a href="${escapeHtml(ruleUrl(rule.id))}" rel="noreferrer">The rule’s page, with examples</a></li>`;
  return `<div class="rule" id="${id}" popover aria-labelledby="${id}-title">
<button type="button" class="close" popovertarget="${id}" popovertargetaction="hide">Close</button>
<h2 id="${id}-title">${escapeHtml(rule.title)}</h2>
<p class="note"><code>${escapeHtml(rule.id)}</code> · ${rule.severity} · ${rule.category}</p>
${markdownToHtml(rule.why)}
<ul>${page}${references.join("")}</ul>
</div>`;
}
