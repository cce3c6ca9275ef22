import type { DocumentBase } from "../documents/document";
import { parseYaml } from "../documents/yaml/parse";
import { entriesOf, isNull, itemsOf, scalarOf, type YamlEntry, type YamlNode } from "../documents/yaml/tree";
import { isDay } from "../text/day";
import type { Span } from "../text/span";
import { visible } from "../text/visible";
import {
  type Config,
  isRuleLevel,
  levels,
  type Override,
  profiles,
  type RepositoryIgnore,
  type RuleLevel,
  type RuleSetting,
} from "./config";
import {
  booleanAt,
  type ConfigurationIssue,
  fieldsOf,
  itemsAt,
  known,
  mapAt,
  nearest,
  plainValue,
  type ReportIssue,
  textAt,
  textsAt,
  wordAt,
} from "./configurationReader";
import { type Extended, extendedAt } from "./extended";
import { isOptionValue } from "./levels";
import { normalisedPattern } from "./policy";
import { policyAt } from "./policyConfiguration";
import type { Rule } from "./rule";
import { type RuleIndex, ruleIndexOf } from "./ruleIndex";
import { severities } from "./severity";

export type { ConfigurationIssue } from "./configurationReader";

/** `plimsoll.yaml`, read as far as it makes sense. */
export interface ConfigurationDocument extends DocumentBase {
  readonly language: "configuration";
  /** What the file itself says, without what it extends. */
  readonly config: Config;
  /** What it extends, the first one lowest. */
  readonly extended: readonly Extended[];
  readonly issues: readonly ConfigurationIssue[];
}

const keys = [
  "extends",
  "profile",
  "rules",
  "overrides",
  "ignore",
  "exclude",
  "files",
  "images",
  "compose",
  "requireReason",
  "failOn",
];

/**
 * Reads a configuration. Never throws: what cannot be read is an issue, and the rest counts.
 * @param within the key of the text's top level that holds the configuration: `plimsoll` in a `package.json`
 */
export function parseConfiguration(
  text: string,
  rules: readonly Rule[],
  within?: string,
): ConfigurationDocument {
  const tree = parseYaml(text);
  const issues: ConfigurationIssue[] = [];
  const issue: ReportIssue = (span, message, near) => issues.push({ span, message: visible(message), near });
  for (const problem of tree.problems) issue(problem.span, problem.message);
  const top = tree.documents[0]?.root;
  const root = within === undefined ? top : entriesOf(top).find(({ key }) => key === within)?.value;
  if (root !== undefined && root.kind !== "map" && !isNull(root))
    issue(root.span, "The file must be a list of keys and values");
  const entries = known(entriesOf(root), keys, issue);
  const at = (key: string): YamlNode | undefined => entries.find((entry) => entry.key === key)?.value;
  const index = ruleIndexOf(rules);
  return {
    language: "configuration",
    text,
    lines: tree.lines,
    comments: tree.comments,
    problems: tree.problems,
    issues,
    extended: extendedAt(at("extends"), issue),
    config: {
      profile: wordAt(at("profile"), profiles, issue),
      rules: ruleSettings(at("rules"), index, issue),
      overrides: itemsAt(at("overrides"), issue).flatMap((item) => override(item, index, issue) ?? []),
      ignore: itemsAt(at("ignore"), issue).flatMap((item) => repositoryIgnore(item, index, issue) ?? []),
      exclude: textsAt(at("exclude"), issue),
      files: filesAt(at("files"), issue),
      composeOverrides: overridesAt(at("compose"), issue),
      policy: policyAt(at("images"), issue),
      requireReason: booleanAt(at("requireReason"), issue) ?? false,
      failOn: wordAt(at("failOn"), [...severities, "never"] as const, issue),
    },
  };
}

function ruleSettings(
  node: YamlNode | undefined,
  index: RuleIndex,
  issue: ReportIssue,
): readonly RuleSetting[] {
  return entriesOf(mapAt(node, issue)).flatMap((entry) => ruleSetting(entry, index, issue) ?? []);
}

function ruleSetting(entry: YamlEntry, index: RuleIndex, issue: ReportIssue): RuleSetting | undefined {
  const pattern = entry.key;
  const rule = index.byId(pattern);
  if (rule === undefined && !pattern.includes("*")) {
    unknownRule(pattern, entry.keySpan, index, issue);
    return undefined;
  }
  if (scalarOf(entry.value) !== undefined)
    return { pattern, level: levelAt(entry.value, issue), options: {} };
  const options: Record<string, unknown> = Object.create(null);
  const names = ["severity", ...Object.keys(rule?.options ?? {})];
  let level: RuleLevel | undefined;
  for (const { key, value } of known(entriesOf(mapAt(entry.value, issue)), names, issue)) {
    const spec = rule?.options[key];
    if (key === "severity") level = levelAt(value, issue);
    else if (spec !== undefined) {
      const read =
        spec.type === "strings" ? itemsOf(value).map((item) => scalarOf(item)?.value) : plainValue(value);
      if (isOptionValue(spec, read)) options[key] = read;
      else
        issue(value.span, `${key} must be ${spec.type === "strings" ? "a list of texts" : `a ${spec.type}`}`);
    }
  }
  return { pattern, level, options };
}

/** How other linters call the severities that an editor shows alike. */
const foreignLevels: ReadonlyMap<string, RuleLevel> = new Map([
  ["error", "critical"],
  ["warn", "high"],
  ["warning", "high"],
  ["information", "medium"],
  ["hint", "low"],
  ["note", "info"],
  ["style", "info"],
  ["ignore", "off"],
  ["none", "off"],
  ["disabled", "off"],
  ["enabled", "on"],
]);

/** YAML 1.1 takes a bare `off` for false and `on` for true, and people write those too. */
function levelAt(node: YamlNode, issue: ReportIssue): RuleLevel | undefined {
  const word = scalarOf(node)?.value;
  const level = word === "false" ? "off" : word === "true" ? "on" : word;
  if (isRuleLevel(level)) return level;
  const near = foreignLevels.get(word?.toLowerCase() ?? "") ?? nearest(word, levels);
  issue(node.span, `The severity must be one of ${levels.join(", ")}`, near);
  return undefined;
}

function override(item: YamlNode, index: RuleIndex, issue: ReportIssue): Override | undefined {
  const at = fieldsOf(item, ["files", "profile", "rules"], issue);
  const files =
    scalarOf(at("files")) === undefined ? textsAt(at("files"), issue) : textOf(at("files"), issue);
  if (files.length === 0) {
    if (item.kind === "map") issue(item.span, "An override must name its files");
    return undefined;
  }
  return {
    files,
    profile: wordAt(at("profile"), profiles, issue),
    rules: ruleSettings(at("rules"), index, issue),
  };
}

function textOf(node: YamlNode | undefined, issue: ReportIssue): readonly string[] {
  const text = textAt(node, issue);
  return text === undefined ? [] : [text];
}

const ignoreKeys = ["rule", "image", "path", "reason", "owner", "ticket", "until"];

function repositoryIgnore(
  item: YamlNode,
  index: RuleIndex,
  issue: ReportIssue,
): RepositoryIgnore | undefined {
  const at = fieldsOf(item, ignoreKeys, issue);
  const read = (key: string): string | undefined => scalarOf(at(key))?.value;
  const until = at("until");
  const date = scalarOf(until)?.value;
  const hasDate = date !== undefined && isDay(date);
  if (until !== undefined && !hasDate)
    issue(until.span, "The end date must be written as 2027-03-01", paddedDay(date));
  const image = textAt(at("image"), issue);
  const rule = at("rule");
  const id = scalarOf(rule)?.value ?? (image === undefined ? undefined : "*");
  if (id === undefined) {
    if (item.kind === "map") issue(item.span, "The exception must name its rule or its image");
    return undefined;
  }
  if (rule !== undefined && index.byId(id) === undefined && !id.includes("*")) {
    unknownRule(id, rule.span, index, issue);
    return undefined;
  }
  return {
    rule: id,
    image: image === undefined ? undefined : normalisedPattern(image),
    path: read("path") ?? "**",
    reason: read("reason"),
    owner: read("owner"),
    ticket: read("ticket"),
    until: hasDate ? date : undefined,
    untilSpan: hasDate ? until?.span : undefined,
    span: item.span,
  };
}

/** A day written with single digits, such as `2027-3-1`, or with other marks between them. */
function paddedDay(text: string | undefined): string | undefined {
  const [, year = "", month = "", day = ""] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text ?? "") ?? [];
  const padded = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isDay(padded) ? padded : undefined;
}

function filesAt(node: YamlNode | undefined, issue: ReportIssue): Config["files"] {
  const at = fieldsOf(node, ["dockerfile", "compose", "daemon", "commands"], issue);
  const read = (key: string): readonly string[] => textsAt(at(key), issue);
  return {
    dockerfile: read("dockerfile"),
    compose: read("compose"),
    daemon: read("daemon"),
    commands: read("commands"),
  };
}

function overridesAt(node: YamlNode | undefined, issue: ReportIssue): readonly string[] {
  const [entry] = known(entriesOf(mapAt(node, issue)), ["overrides"], issue);
  return itemsAt(entry?.value, issue).flatMap((item) => {
    const name = scalarOf(item)?.value;
    const isName = name !== undefined && /^[^/\\*?]{1,255}$/.test(name);
    if (!isName) issue(item.span, "The name of a file is wanted here, without its folder");
    return isName ? [name] : [];
  });
}

function unknownRule(id: string, span: Span, index: RuleIndex, issue: ReportIssue): void {
  const shown = id.slice(0, 40);
  const [meant, second, ...others] = index.resolve(id);
  if (meant === undefined || second === undefined)
    issue(span, `There is no rule ${shown}`, meant ?? nearest(id, index.ids));
  else {
    const more = others.length > 0 ? ` and ${others.length} more` : "";
    issue(span, `There is no rule ${shown}: ${meant}, ${second}${more} stand for it`);
  }
}
