import { projectUrl } from "../../docs/ruleUrl";
import type { Profile } from "../../engine/config";
import { plainText } from "../../report/plain";
import type { Imported, ImportedIgnore, ImportedRule } from "./imported";

/** What is known of a repository when its configuration is written. */
export interface Survey {
  readonly profile: Profile;
  /** What each profile would report, in half a sentence. */
  readonly profiles: readonly string[];
  /** Registries that images come from, with how many images; the most used first. */
  readonly registries: readonly (readonly [string, number])[];
}

/** A commented `plimsoll.yaml`: what other tools' configurations say, and what the repository does already. */
export function writeConfiguration(survey: Survey, imported: readonly Imported[]): string {
  const all = <T>(list: (from: Imported) => readonly T[]): readonly T[] => imported.flatMap(list);
  const rules = lastOfEach(
    imported.flatMap(({ source, rules }) => rules.map((rule) => ({ ...rule, source }))),
  );
  const blocks = [
    [
      `# yaml-language-server: $schema=${projectUrl}/raw/main/schemas/plimsoll.schema.json`,
      `# What Plimsoll reports in this repository. Every key: ${projectUrl}/blob/main/docs/configuration.md`,
    ],
    [...survey.profiles.map((line) => `# ${line}`), `profile: ${survey.profile}`],
    block(
      "rules",
      rules.map((rule) => `  ${ruleLine(rule)} # ${rule.from} in ${rule.source}${because(rule)}`),
    ),
    block(
      "overrides",
      imported.flatMap(({ source, overrides }) =>
        overrides.flatMap(({ files, rules }) => [
          `  - files: [${files.map(quoted).join(", ")}] # ${source}`,
          "    rules:",
          ...lastOfEach(rules).map((rule) => `      ${ruleLine(rule)} # ${rule.from}${because(rule)}`),
        ]),
      ),
    ),
    block(
      "ignore",
      imported.flatMap(({ source, ignore }) => ignore.flatMap((entry) => ignoreLines(entry, source))),
    ),
    block(
      "exclude",
      unique(all(({ exclude }) => exclude)).map((glob) => `  - ${quoted(glob)}`),
    ),
    imagesBlock(survey, unique(all(({ approved }) => approved)), unique(all(({ registries }) => registries))),
    imported.some(({ requireReason }) => requireReason) ? ["requireReason: true"] : [],
    failOnBlock(imported),
    notTakenOver(imported),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function block(key: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${key}:`, ...lines];
}

/** Of several entries for one rule the last one counts, as it does in the file. */
function lastOfEach<R extends ImportedRule>(rules: readonly R[]): readonly R[] {
  return [...new Map(rules.map((rule) => [rule.rule, rule])).values()];
}

function ruleLine({ rule, level }: ImportedRule): string {
  return `${rule}: ${level === "off" ? '"off"' : level}`;
}

function because({ reason }: ImportedRule): string {
  return reason === undefined ? "" : `: ${plainText(reason)}`;
}

function ignoreLines({ rule, from, path, reason, until }: ImportedIgnore, source: string): readonly string[] {
  return [
    `  - rule: ${rule}`,
    ...(path === undefined ? [] : [`    path: ${quoted(path)}`]),
    `    reason: ${quoted(`${reason === undefined ? "" : `${reason}; `}${from} in ${source}`)}`,
    ...(until === undefined ? [] : [`    until: ${until}`]),
  ];
}

function imagesBlock(
  { registries: used }: Survey,
  approved: readonly string[],
  registries: readonly string[],
): readonly string[] {
  const seen = used.map(([registry, count]) => `${registry} (${count})`).join(", ");
  const note = used.length === 0 ? [] : [`# The images of this repository come from ${seen}.`];
  if (approved.length > 0 || registries.length > 0) {
    return [
      ...note,
      "images:",
      ...(approved.length > 0 ? ["  approved:", ...approved.map((image) => `    - ${quoted(image)}`)] : []),
      ...(registries.length > 0
        ? ["  registries:", ...registries.map((host) => `    - ${quoted(host)}`)]
        : []),
    ];
  }
  if (used.length === 0) return [];
  return [
    ...note,
    "# Without the signs before it, this list makes every other registry a finding:",
    "# images:",
    "#   registries:",
    ...used.map(([registry]) => `#     - ${quoted(registry)}`),
  ];
}

function failOnBlock(imported: readonly Imported[]): readonly string[] {
  const from = imported.find(({ failOn }) => failOn !== undefined);
  return from === undefined ? [] : [`failOn: ${from.failOn} # as ${from.source} has it`];
}

function notTakenOver(imported: readonly Imported[]): readonly string[] {
  const lines = imported.flatMap(({ source, unmapped }) =>
    unmapped.map((line) => `#   ${source}: ${plainText(line)}`),
  );
  return lines.length === 0 ? [] : ["# Not taken over:", ...unique(lines)];
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

/** A text as YAML reads it back: what other tools' files hold may be anything. */
function quoted(text: string): string {
  const plain = plainText(text);
  return /^[A-Za-z0-9][A-Za-z0-9_./@-]*$/.test(plain) &&
    !/^(?:true|false|null|yes|no|on|off|[\d.]+)$/i.test(plain)
    ? plain
    : JSON.stringify(plain);
}
