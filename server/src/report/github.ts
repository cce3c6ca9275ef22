import type { AuditResult, Range } from "../audit/result";
import { ruleUrl } from "../docs/ruleUrl";
import type { Severity } from "../engine/severity";
import { type Gap, gapsOf } from "./gaps";
import { plainText } from "./plain";
import { summarySentence } from "./summary";
import { ofSeverity, type PlacedFinding } from "./worstFirst";

/**
 * An audit as workflow commands of GitHub Actions, which show on the lines of a pull request. GitHub shows the first
 * ten of each level of a step, so the worst come first; the log has all, and ends with a summary.
 */
export function renderGithub(result: AuditResult): string {
  const gaps = gapsOf(result);
  const ofKind = (...kinds: readonly Gap["kind"][]): readonly string[] =>
    gaps.filter(({ kind }) => kinds.includes(kind)).map(gapCommand);
  const of = (severity: Severity): readonly string[] => ofSeverity(result, severity).map(findingCommand);
  const lines = [
    ...ofKind("stopped", "failure"),
    ...of("critical"),
    ...of("high"),
    ...ofKind("unread"),
    ...of("medium"),
    ...of("low"),
    ...of("info"),
    ...ofKind("unjudged"),
    `Plimsoll: ${summarySentence(result)}`,
  ];
  return `${lines.join("\n")}\n`;
}

type Command = "error" | "warning" | "notice";

const commands: Readonly<Record<Severity, Command>> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "notice",
  info: "notice",
};

const gapCommands: Readonly<Record<Gap["kind"], readonly [Command, string]>> = {
  stopped: ["error", "Stopped early"],
  failure: ["error", "Failure"],
  unread: ["warning", "Not checked"],
  unjudged: ["notice", "Not checked"],
};

function findingCommand({ file, finding }: PlacedFinding): string {
  const fix = finding.fixes[0];
  return commandLine(
    commands[finding.severity],
    { file: file.path, ...place(finding.range), title: `${finding.rule} (${finding.severity})` },
    [finding.message, ...(fix === undefined ? [] : [`Fix: ${fix.title}`]), ruleUrl(finding.rule)],
  );
}

function gapCommand({ kind, path, rule, range, text }: Gap): string {
  const [command, title] = gapCommands[kind];
  const parameters = { ...(path !== undefined && { file: path }), ...(range && place(range)), title };
  // A failure's text names its rule.
  const by = kind === "unjudged" && rule !== undefined ? ` (${rule})` : "";
  return commandLine(command, parameters, [text + by]);
}

/** Columns may be given only where the annotation is on one line. */
function place({ start, end }: Range): Readonly<Record<string, string>> {
  const lines = { line: String(start.line), endLine: String(end.line) };
  return start.line === end.line
    ? { ...lines, col: String(start.column), endColumn: String(end.column) }
    : lines;
}

function commandLine(
  command: Command,
  parameters: Readonly<Record<string, string>>,
  lines: readonly string[],
): string {
  const written = Object.entries(parameters).map(([name, value]) => `${name}=${escapeParameter(value)}`);
  return `::${command} ${written.join(",")}::${lines.map(escapeText).join("%0A")}`;
}

/** A message ends at a line break, and `%` begins an escape. */
function escapeText(text: string): string {
  return plainText(text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A"));
}

/** A parameter also ends at a comma or a colon. */
function escapeParameter(value: string): string {
  return escapeText(value).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
