import type { CommandFormat } from "../documents/commands/model";
import { profiles } from "../engine/config";
import { isInProfile } from "../engine/levels";
import type { BadExample, GoodExample, OptionSpec, Rule } from "../engine/rule";
import { applyEdits, replaceSpan } from "../text/edit";
import { parseMarks } from "../text/marks";
import { kindOfExample } from "./exampleKind";

/** A rule's page as Markdown: the same text in the hover, on the command line, in SARIF and in `docs/rules/`. */
export function rulePage(rule: Rule): string {
  return [
    `# ${rule.title}`,
    facts(rule),
    rule.why.trim(),
    options(rule),
    rule.bad.length + rule.good.length > 0 ? "## Examples" : "",
    ...rule.bad.map((example) => bad(rule, example)),
    ...rule.good.map((example) => good(rule, example)),
    "## Silencing it",
    silencing(rule),
    references(rule),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

/** The page without examples: what fits in a hover. */
export function ruleSummary(rule: Rule): string {
  return [`**${rule.title}** — \`${rule.id}\`, ${rule.severity}`, rule.why.trim(), references(rule)]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** Whether some example shows a fix, and whether one of them is safe: derived, never declared. */
export function fixability(rule: Rule): "none" | "fix" {
  return rule.bad.some((example) => example.fixed !== undefined) ? "fix" : "none";
}

function facts(rule: Rule): string {
  const inProfiles = profiles.filter((profile) => isInProfile(rule, profile));
  const rows = [
    ["Rule", `\`${rule.id}\``],
    ["Severity", rule.severity],
    ["Category", rule.category],
    ["Profiles", inProfiles.join(", ")],
    ["Quick fix", fixability(rule) === "fix" ? "yes" : "no"],
    ["Since", rule.since],
    ["Elsewhere", rule.aliases.map((alias) => `\`${alias}\``).join(", ") || "no other tool has it"],
  ];
  return ["| | |", "| --- | --- |", ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join("\n");
}

function options(rule: Rule): string {
  const entries = Object.entries(rule.options);
  if (entries.length === 0) return "";
  const row = ([name, spec]: [string, OptionSpec]): string =>
    `| \`${name}\` | \`${JSON.stringify(spec.default)}\` | ${spec.description} |`;
  return [
    "## Options",
    "",
    "| option | default | meaning |",
    "| --- | --- | --- |",
    ...entries.map(row),
  ].join("\n");
}

function bad(rule: Rule, example: BadExample): string {
  const parts = [`Reported: ${example.title}`, code(rule, example, example.source), ...beside(example)];
  if (example.fixed !== undefined) parts.push("After the fix:", code(rule, example, example.fixed));
  return parts.join("\n\n");
}

function good(rule: Rule, example: GoodExample): string {
  return [`Not reported: ${example.title}`, code(rule, example, example.source), ...beside(example)].join(
    "\n\n",
  );
}

/** The files that an example names, but for those that may hold secrets. */
function beside({ context }: GoodExample): readonly string[] {
  return Object.entries(context?.neighbours ?? {}).flatMap(([path, text]) => {
    if (path.endsWith(".env")) return [];
    const language = /\.ya?ml$/.test(path) ? "yaml" : /ockerfile/.test(path) ? "dockerfile" : "";
    return [`With \`${path}\`:`, `\`\`\`${language}\n${text.replace(/\n?$/, "\n")}\`\`\``];
  });
}

/** What a rule about secrets marks is left out: a page that shows it would be found by every scanner, ours included. */
function code(rule: Rule, example: GoodExample, source: string): string {
  const marked = parseMarks(source);
  const isSecret = rule.category === "secrets" && rule.marksNoSecret !== true;
  const text = isSecret
    ? applyEdits(
        marked.text,
        marked.spans.map((span) => replaceSpan(span, "•••")),
      )
    : marked.text;
  let fence = "```";
  while (text.includes(fence)) fence += "`";
  return `${fence}${codeLanguage(rule, example)}\n${text.replace(/\n?$/, "\n")}${fence}`;
}

function codeLanguage(rule: Rule, example: GoodExample): string {
  const language = kindOfExample(rule, example.context ?? {});
  if (language === "daemon") return "json";
  if (language === "commands") return languagesOfFormats[example.context?.format ?? "shell"];
  return language === "dockerfile" ? "dockerfile" : "yaml";
}

/** The names of the formats behind a fence of Markdown. */
export const languagesOfFormats: Readonly<Record<CommandFormat, string>> = {
  shell: "sh",
  powershell: "powershell",
  makefile: "makefile",
  workflow: "yaml",
  gitlab: "yaml",
  devcontainer: "jsonc",
  markdown: "markdown",
};

function silencing(rule: Rule): string {
  if (rule.language === "configuration") return "Correct the configuration: there is nothing to silence.";
  const repository = `ignore:\n  - rule: ${rule.id}\n    path: docker/daemon.json\n    reason: why it is right here`;
  if (rule.language === "daemon") {
    return [
      "JSON has no comments, so `plimsoll.yaml` says it, for one file or (without `path`) for the repository:",
      `\`\`\`yaml\n${repository}\n\`\`\``,
    ].join("\n\n");
  }
  if (rule.language === "commands") {
    return [
      "On the line before the command, with the reason that a reader will want; in JSON and Markdown only `plimsoll.yaml` says it:",
      `\`\`\`sh\n# plimsoll-ignore ${rule.id}: why it is right here\n\`\`\``,
      "For a file, a folder or (without `path`) the repository, in `plimsoll.yaml`:",
      `\`\`\`yaml\n${repository.replace("docker/daemon.json", "scripts/**")}\n\`\`\``,
    ].join("\n\n");
  }
  return [
    "On the line before, with the reason that a reader will want:",
    `\`\`\`dockerfile\n# plimsoll-ignore ${rule.id}: why it is right here\n\`\`\``,
    "For a whole repository, in `plimsoll.yaml`:",
    `\`\`\`yaml\nrules:\n  ${rule.id}: off\n\`\`\``,
  ].join("\n\n");
}

function references(rule: Rule): string {
  if (rule.references.length === 0) return "";
  return [
    "## References",
    "",
    ...rule.references.map((reference) => `- [${reference.title}](${reference.url})`),
  ].join("\n");
}
