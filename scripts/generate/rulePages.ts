import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fixability, rulePage } from "../../server/src/docs/rulePage";
import { isInProfile } from "../../server/src/engine/levels";
import type { Language, Rule } from "../../server/src/engine/rule";
import { severities } from "../../server/src/engine/severity";

const folders = ["dockerfile", "compose", "project", "daemon", "commands", "comments", "configuration"];

const languageTitles: Record<Language, string> = {
  dockerfile: "Dockerfiles",
  compose: "Compose files",
  project: "Compose files and the Dockerfiles that they build",
  daemon: "Docker daemon (daemon.json)",
  commands: "Commands in scripts, pipelines and documentation",
  comments: "Ignore comments",
  configuration: "plimsoll.yaml",
};

/** The source of `rules/index.ts`: every rule file of the folders, sorted. */
export function ruleList(rulesFolder: string): string {
  const files = folders.flatMap((folder) =>
    existsSync(join(rulesFolder, folder))
      ? readdirSync(join(rulesFolder, folder))
          .filter((name) => name.endsWith(".ts"))
          .sort()
          .map((name) => `${folder}/${name.slice(0, -3)}`)
      : [],
  );
  const imports = [...files]
    .sort()
    .map((file) => `import ${nameOf(file)} from "./${file}";`)
    .join("\n");
  return [
    "// Written by `npm run generate`: a list of the files in the folders beside this one.",
    'import type { Rule } from "../engine/rule";',
    imports,
    "",
    "/** Every rule, by language, then by id. */",
    `export const rules: readonly Rule[] = [\n${files.map((file) => `  ${nameOf(file)},`).join("\n")}\n];`,
    "",
  ].join("\n");
}

/** Path and text of each rule's page, and of their index. */
export function rulePages(rules: readonly Rule[]): readonly (readonly [string, string])[] {
  const pages = rules.map((rule) => [`docs/rules/${rule.id}.md`, rulePage(rule)] as const);
  return [...pages, ["docs/rules/README.md", `# Rules\n\n${ruleTable(rules)}\n`] as const];
}

/** How many rules there are for each language, as a Markdown table. */
export function ruleSummary(rules: readonly Rule[]): string {
  const rows = [...new Set(rules.map((rule) => rule.language))].map((language) => {
    const own = rules.filter((rule) => rule.language === language);
    const on = own.filter((rule) => isInProfile(rule, "recommended")).length;
    const strict = own.filter((rule) => isInProfile(rule, "strict")).length;
    const fixed = own.filter((rule) => fixability(rule) === "fix").length;
    return `| ${languageTitles[language]} | ${own.length} | ${on} | ${strict} | ${fixed} |`;
  });
  return [
    "| for | rules | on by default | in `strict` | with fixes |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

/** A Markdown table of the rules for each language. */
function ruleTable(rules: readonly Rule[]): string {
  const languages = [...new Set(rules.map((rule) => rule.language))];
  return languages
    .map((language) => {
      const rows = rules
        .filter((rule) => rule.language === language)
        .sort(
          (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || (a.id < b.id ? -1 : 1),
        )
        .map((rule) => {
          const profile = isInProfile(rule, "recommended")
            ? "recommended"
            : isInProfile(rule, "strict")
              ? "strict"
              : "all";
          return `| [${rule.id}](${rule.id}.md) | ${rule.title} | ${rule.severity} | ${profile} | ${fixability(rule) === "fix" ? "yes" : ""} |`;
        });
      return [
        `### ${languageTitles[language]}`,
        "",
        "| rule | the good state | severity | profile | fix |",
        "| --- | --- | --- | --- | --- |",
        ...rows,
      ].join("\n");
    })
    .join("\n\n");
}

function nameOf(file: string): string {
  return file.slice(file.indexOf("/") + 1).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
