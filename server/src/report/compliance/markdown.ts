import { mostEvidence } from "../../shown";
import { markdownCode, markdownText } from "../markdownText";
import { counted } from "../summary";
import type { PlacedFinding } from "../worstFirst";
import type { Compliance, ItemResult } from "./evaluate";
import { complianceSentence, stateWords } from "./render";

/** A compliance report as Markdown: a table of all items, and below it the evidence of those that fail or are accepted. */
export function renderComplianceMarkdown(compliance: Compliance): string {
  const { framework, items } = compliance;
  const head = `# ${framework.title}\n\n${complianceSentence(compliance)}\n\n${framework.note} [The framework](${framework.url})\n`;
  const table = `\n| Item | What it asks for | State | Why |\n| --- | --- | --- | --- |\n${items.map(row).join("")}`;
  return head + table + items.map(evidence).join("");
}

function row({ item, state, reason }: ItemResult): string {
  const [sign, words] = stateWords[state];
  const shown = state === "fail" ? `**${sign} ${words}**` : `${sign} ${words}`;
  return `| ${markdownText(item.id)} | ${markdownText(item.title)} | ${shown} | ${markdownText(reason)} |\n`;
}

function evidence(result: ItemResult): string {
  const lists = [
    list("Found", result.findings),
    list("Accepted", result.accepted),
    list("Beyond what the item asks for", result.notes),
  ].filter((text) => text !== "");
  if (lists.length === 0) return "";
  return `\n## ${markdownText(result.item.id)} ${markdownText(result.item.title)}\n${lists.join("")}`;
}

function list(title: string, findings: readonly PlacedFinding[]): string {
  if (findings.length === 0) return "";
  const lines = findings
    .slice(0, mostEvidence)
    .map(
      ({ file, finding }) =>
        `- ${markdownCode(file.path)}:${finding.range.start.line} ${markdownText(finding.message)} (${markdownText(finding.rule)})\n`,
    );
  if (findings.length > mostEvidence)
    lines.push(`- … and ${counted(findings.length - mostEvidence, "more", "more")}\n`);
  return `\n${title}:\n\n${lines.join("")}`;
}
