import type { Rule } from "../../engine/rule";
import { severities } from "../../engine/severity";
import type { FolderGroup } from "../folders";
import { counted } from "../summary";
import type { PlacedFinding } from "../worstFirst";
import { escapeHtml } from "./escape";
import { findingArticle } from "./findings";

/**
 * How many findings are elements from the start. A browser takes seconds to lay out ten thousand of them, so the others
 * are data, of which the script makes elements when they are asked for.
 */
export const firstShown = 100;

/**
 * The list of findings with its filters, and all of them as data for the script.
 * @param findings the worst first
 */
export function findingList(
  findings: readonly PlacedFinding[],
  folders: readonly FolderGroup[],
  rules: ReadonlyMap<string, Rule>,
): string {
  if (findings.length === 0) return "";
  const articles = findings.map((entry) => findingArticle(entry, rules.get(entry.finding.rule)));
  const left = findings.length - firstShown;
  const rest =
    left > 0
      ? `<p class="note" id="static-rest">The ${firstShown} worst are listed. ${counted(left, "more finding")} can be shown where this page may run its script: open it in a browser.</p>`
      : "";
  return `<h2 id="findings">Findings</h2>
${filters(findings, folders)}
<div id="list">
${articles.slice(0, firstShown).join("\n")}
</div>
${rest}
<p class="more" id="more" hidden><button type="button" id="more-button"></button></p>
<script type="application/json" id="data">${dataOf(findings, folders, articles)}</script>`;
}

/** Data for the script, in which nothing can end the element that holds it. */
function dataOf(
  findings: readonly PlacedFinding[],
  folders: readonly FolderGroup[],
  articles: readonly string[],
): string {
  const folderOf = new Map(
    folders.flatMap(({ files }, index) => files.map((file) => [file, index] as const)),
  );
  const rows = findings.map(({ file, finding }, index) => [
    articles[index]!,
    finding.severity,
    finding.rule,
    finding.category,
    folderOf.get(file) ?? -1,
  ]);
  return JSON.stringify(rows).replace(/</g, "\\u003c");
}

/** Hidden until the script, without which they do nothing, shows them. */
function filters(findings: readonly PlacedFinding[], folders: readonly FolderGroup[]): string {
  const present = new Set(findings.map(({ finding }) => finding.severity));
  const buttons = severities
    .filter((severity) => present.has(severity))
    .map(
      (severity) =>
        `<button type="button" class="${severity}" data-severity="${severity}" aria-pressed="true">${severity}</button>`,
    );
  const rules = [...new Set(findings.map(({ finding }) => finding.rule))].sort();
  const categories = [...new Set(findings.map(({ finding }) => finding.category))].sort();
  const options = (names: readonly string[]): string =>
    names.map((name) => `<option>${escapeHtml(name)}</option>`).join("");
  const numbered = folders
    .map(({ name }, index) => `<option value="${index}">${escapeHtml(name)}</option>`)
    .join("");
  return `<form class="filters" id="filters" role="search" aria-label="Filter the findings" hidden>
<span class="chips" role="group" aria-label="Severities">${buttons.join("\n")}</span>
<label>Rule <select id="filter-rule"><option value="">all</option>${options(rules)}</select></label>
<label>Category <select id="filter-category"><option value="">all</option>${options(categories)}</select></label>
<label>Folder <select id="filter-folder"><option value="">all</option>${numbered}</select></label>
<label>Text <input id="filter-text" type="search" autocomplete="off"></label>
<button type="reset">Reset</button>
<button type="button" id="filter-only" hidden></button>
<span id="shown" role="status" aria-live="polite"></span>
</form>`;
}
