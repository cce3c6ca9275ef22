import type { AuditResult } from "../audit/result";
import type { Rule } from "../engine/rule";
import { mostNamedInPage } from "../shown";
import { foldersOf } from "./folders";
import { escapeHtml } from "./html/escape";
import { findingList } from "./html/findingList";
import { imagesSection } from "./html/images";
import { matrixSection } from "./html/matrix";
import { htmlPage, pageFooter, pageHeader } from "./html/page";
import { rulePanels } from "./html/rulePanels";
import { script } from "./html/script";
import { silencedSection } from "./html/silenced";
import { topRules } from "./html/topRules";
import { folderSection } from "./html/treemap";
import { gapBoxes, severityCounts, verdictSentence } from "./html/verdict";
import { counted } from "./summary";
import { worstFirst } from "./worstFirst";

/**
 * An audit as one page that needs nothing else: no network, and no script but for its filters. Everything that comes
 * from files is escaped, and the page's own policy lets nothing run but that script.
 * @param rules those that ran: the page explains the ones that found something
 * @param date shown at the top, where it is given
 */
export function renderHtml(result: AuditResult, rules: readonly Rule[], date?: string): string {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const findings = worstFirst(result);
  const firing = new Set(findings.map(({ finding }) => finding.rule));
  const folders = foldersOf(result.files.filter((file) => file.findings.length > 0));
  const sections = [
    topRules(result, byId),
    matrixSection(result, findings),
    folderSection(folders),
    findingList(findings, folders, byId),
    imagesSection(result),
    silencedSection(result),
    checkedFiles(result),
  ].filter((section) => section !== "");
  const skip = findings.length === 0 ? "" : '<a class="skip" href="#findings">Skip to the findings</a>\n';
  return htmlPage({
    title: "Plimsoll report",
    script,
    body: `<div class="page">
${skip}${header(result, date)}
<main>
<p class="verdict">${escapeHtml(verdictSentence(result))}</p>
${severityCounts(result)}
${gapBoxes(result)}
${sections.join("\n")}
</main>
${pageFooter(result.tool.version)}
</div>
${rulePanels(rules.filter((rule) => firing.has(rule.id)))}`,
  });
}

function header(result: AuditResult, date: string | undefined): string {
  const { checked, skipped, failed, suppressed } = result.summary;
  const facts = [`${counted(checked, "file")} checked`];
  if (skipped + failed > 0) facts.push(`${skipped + failed} not`);
  facts.push(`${suppressed} accepted`);
  if (date !== undefined) facts.push(escapeHtml(date));
  return pageHeader("Plimsoll report", [facts.join(" · ")]);
}

function checkedFiles({ files }: AuditResult): string {
  const checked = files.filter(({ status }) => status === "checked");
  if (checked.length === 0) return "";
  const items = checked.slice(0, mostNamedInPage).map(({ path, findings }) => {
    const what = findings.length === 0 ? "nothing found" : counted(findings.length, "finding");
    return `<li><code>${escapeHtml(path)}</code>: ${what}</li>`;
  });
  if (checked.length > mostNamedInPage) items.push(`<li>… and ${checked.length - mostNamedInPage} more</li>`);
  return `<h2>Checked</h2>
<details class="plain"><summary>${counted(checked.length, "file")}</summary><ul>${items.join("")}</ul></details>`;
}
