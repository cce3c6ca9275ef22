import type { Connection } from "vscode-languageserver";
import { auditText } from "../audit/auditText";
import type { AuditFinding } from "../audit/result";
import { languagesOfFormats } from "../docs/rulePage";
import { projectUrl } from "../docs/ruleUrl";
import type { AnalysisInput } from "../engine/analyse";
import { longestUrl } from "../shown";
import { guardFindings } from "./guard";
import { type FalsePositiveParams, type FalsePositiveReport, methods } from "./protocol";
import type { Session } from "./session";

/**
 * Prepares the issue in which a user says that a finding is wrong. Nothing is sent: the client shows it and opens the
 * address where the user wants that. Secrets are masked as in reports, and of the file only its kind is told.
 */
export function registerFalsePositive(connection: Connection, session: Session, version: string): void {
  const handler = async (params: FalsePositiveParams): Promise<FalsePositiveReport | null> => {
    const checked = await session.checked(params.uri);
    if (checked === undefined) return null;
    const at = checked.analysis.document.lines.at(checked.positions.offset(params.start));
    const { findings } = auditText({ ...checked.input, name: "file" });
    const finding = findings.find(
      ({ rule, range: { start } }) =>
        rule === params.rule && start.line === at.line + 1 && start.column === at.column + 1,
    );
    if (finding === undefined) return null;
    const title = `False positive: ${finding.rule}`;
    const body = bodyOf(finding, checked.input, version);
    const url = (text: string): string =>
      `${projectUrl}/issues/new?title=${encodeURIComponent(title)}&body=${encodeURIComponent(text)}`;
    const whole = url(body);
    return {
      body,
      url: whole.length <= longestUrl ? whole : url("The report is in the clipboard: paste it here."),
    };
  };
  connection.onRequest(methods.falsePositive, guardFindings(methods.falsePositive, session.log, handler));
}

function bodyOf(finding: AuditFinding, input: AnalysisInput, version: string): string {
  const code = finding.excerpt.lines.map(({ text }) => text).join("\n");
  // A fence longer than any in the text holds it, whatever it is.
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return [
    `Rule: ${finding.rule} (${finding.severity})`,
    `Message: ${finding.message}`,
    `Plimsoll ${version}, ${input.kind}`,
    `Line ${finding.range.start.line - finding.excerpt.firstLine + 1} of:`,
    `${fence}${codeLanguage(input)}\n${code}\n${fence}`,
    "Why this is not a problem:",
    "",
  ].join("\n\n");
}

function codeLanguage({ kind, format }: AnalysisInput): string {
  if (kind === "daemon") return "json";
  if (kind === "commands") return languagesOfFormats[format ?? "shell"];
  return kind === "dockerfile" ? "dockerfile" : "yaml";
}
