import type { AuditResult } from "../../audit/result";
import { mostSilenced } from "../../shown";
import { acceptanceText } from "../acceptance";
import { counted } from "../summary";
import { escapeHtml } from "./escape";

const wordsFor = { comment: "a comment", repository: "the repository", baseline: "the baseline" } as const;

/** Findings that somebody has accepted, each with the reason that was given. */
export function silencedSection(result: AuditResult): string {
  const all = result.files.flatMap((file) => file.suppressed.map((entry) => ({ file, ...entry })));
  if (all.length === 0) return "";
  const rows = all.slice(0, mostSilenced).map(({ file, ...entry }) => {
    const { finding, by } = entry;
    const place = `${file.path}:${finding.range.start.line}`;
    return `<tr><td>${finding.severity}</td><td><code>${escapeHtml(place)}</code></td><td>${escapeHtml(finding.message)} <code>${escapeHtml(finding.rule)}</code></td><td>${wordsFor[by]}</td><td>${escapeHtml(acceptanceText(entry, "none given"))}</td></tr>`;
  });
  const left = all.length - rows.length;
  const more = left > 0 ? `<p class="note">… and ${left} more.</p>` : "";
  return `<h2>Accepted</h2>
<details class="plain"${all.length <= 10 ? " open" : ""}><summary>${counted(all.length, "finding")} silenced on purpose</summary>
<div class="scroll" tabindex="0" role="region" aria-label="Accepted findings"><table>
<thead><tr><th scope="col">Severity</th><th scope="col">Place</th><th scope="col">Finding</th><th scope="col">By</th><th scope="col">Reason</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody></table></div>${more}</details>`;
}
