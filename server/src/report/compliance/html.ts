import { mostEvidence } from "../../shown";
import { escapeHtml } from "../html/escape";
import { htmlPage, pageFooter, pageHeader } from "../html/page";
import { gapBoxes } from "../html/verdict";
import { counted } from "../summary";
import type { PlacedFinding } from "../worstFirst";
import type { Compliance, ItemResult } from "./evaluate";
import { complianceSentence, stateWords } from "./render";

/**
 * A compliance report as one page without a script.
 * @param date shown at the top, where it is given
 */
export function renderComplianceHtml(compliance: Compliance, date?: string): string {
  const { framework, result, items } = compliance;
  const rows = items.map(row).join("\n");
  const evidence = items.map(itemEvidence).filter((text) => text !== "");
  return htmlPage({
    title: `${framework.title}: compliance`,
    body: `<div class="page">
${pageHeader(framework.title, date === undefined ? [] : [escapeHtml(date)])}
<main>
<p class="verdict">${escapeHtml(complianceSentence(compliance))}</p>
<p class="note">${escapeHtml(framework.note)} <a href="${escapeHtml(framework.url)}" rel="noreferrer">The framework</a></p>
${gapBoxes(result)}
<h2>Item by item</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Items"><table>
<thead><tr><th scope="col">Item</th><th scope="col">What it asks for</th><th scope="col">State</th><th scope="col">Why</th></tr></thead>
<tbody>
${rows}
</tbody></table></div>
${evidence.length === 0 ? "" : `<h2>Evidence</h2>\n${evidence.join("\n")}`}
</main>
${pageFooter(result.tool.version)}
</div>`,
  });
}

/** The id of the element with the evidence of an item. */
function anchorOf({ item }: ItemResult): string {
  return `item-${item.id.replace(/[^A-Za-z0-9.]/g, "-")}`;
}

function hasEvidence({ findings, accepted, notes }: ItemResult): boolean {
  return findings.length + accepted.length + notes.length > 0;
}

function row(result: ItemResult): string {
  const { item, state, reason } = result;
  const [sign, words] = stateWords[state];
  const id = escapeHtml(item.id);
  const name = hasEvidence(result) ? `<a href="#${anchorOf(result)}">${id}</a>` : id;
  return `<tr><th scope="row">${name}</th><td>${escapeHtml(item.title)}</td><td class="state ${state}"><span aria-hidden="true">${sign}</span> ${words}</td><td>${escapeHtml(reason)}</td></tr>`;
}

function itemEvidence(result: ItemResult): string {
  if (!hasEvidence(result)) return "";
  const { item, state, findings, accepted, notes } = result;
  const lists = [
    list("Found", findings),
    list("Accepted", accepted),
    list("Beyond what the item asks for", notes),
  ].join("");
  return `<details class="plain" id="${anchorOf(result)}"${state === "fail" ? " open" : ""}><summary>${escapeHtml(`${item.id} ${item.title}`)}</summary>${lists}</details>`;
}

function list(title: string, findings: readonly PlacedFinding[]): string {
  if (findings.length === 0) return "";
  const items = findings.slice(0, mostEvidence).map(({ file, finding }) => {
    const place = `${file.path}:${finding.range.start.line}`;
    return `<li><code>${escapeHtml(place)}</code> ${escapeHtml(finding.message)} <code>${escapeHtml(finding.rule)}</code></li>`;
  });
  if (findings.length > mostEvidence)
    items.push(`<li>… and ${counted(findings.length - mostEvidence, "more", "more")}</li>`);
  return `<p class="note">${title}</p><ul>${items.join("")}</ul>`;
}
