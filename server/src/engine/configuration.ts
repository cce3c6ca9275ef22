import type { DocumentBase } from "../documents/document";
import { parseYaml } from "../documents/yaml/parse";
import { entriesOf, isNull, itemsOf, scalarOf, type YamlEntry, type YamlNode } from "../documents/yaml/tree";
import type { Span } from "../text/span";
import {
  type Config,
  defaultConfig,
  isRuleLevel,
  levels,
  profiles,
  type RepositoryIgnore,
  type RuleLevel,
  type RuleSetting,
} from "./config";
import { isOptionValue } from "./levels";
import { nearestName } from "./nearestName";
import { noPolicy } from "./policy";
import type { Rule } from "./rule";
import { type RuleIndex, ruleIndexOf } from "./ruleIndex";

/** `plimsoll.yaml`, read as far as it makes sense. */
export interface ConfigurationDocument extends DocumentBase {
  readonly language: "configuration";
  readonly config: Config;
  readonly issues: readonly ConfigurationIssue[];
}

/** A place where the file does not say what it means. */
export interface ConfigurationIssue {
  readonly span: Span;
  /** Without a full stop. */
  readonly message: string;
  /** The word that is probably meant. */
  readonly near: string | undefined;
}

type ReportIssue = (span: Span, message: string, near?: string | undefined) => void;

const keys = ["profile", "rules", "ignore", "exclude", "files", "images", "requireReason"];

/** Reads a configuration. Never throws: what cannot be read is an issue, and the rest counts. */
export function parseConfiguration(text: string, rules: readonly Rule[]): ConfigurationDocument {
  const tree = parseYaml(text);
  const issues: ConfigurationIssue[] = [];
  const issue: ReportIssue = (span, message, near) => issues.push({ span, message, near });
  for (const problem of tree.problems) issue(problem.span, problem.message);
  const root = tree.documents[0]?.root;
  if (root !== undefined && root.kind !== "map" && !isNull(root))
    issue(root.span, "The file must be a list of keys and values");
  const entries = known(entriesOf(root), keys, issue);
  const at = (key: string): YamlNode | undefined => entries.find((entry) => entry.key === key)?.value;
  const requireReason = booleanAt(at("requireReason"), issue);
  return {
    language: "configuration",
    text,
    lines: tree.lines,
    comments: tree.comments,
    problems: tree.problems,
    issues,
    config: {
      ...defaultConfig,
      profile: wordAt(at("profile"), profiles, issue),
      rules: entriesOf(mapAt(at("rules"), issue)).flatMap(
        (entry) => ruleSetting(entry, ruleIndexOf(rules), issue) ?? [],
      ),
      ignore: itemsAt(at("ignore"), issue).flatMap(
        (item) => repositoryIgnore(item, ruleIndexOf(rules), issue) ?? [],
      ),
      exclude: textsAt(at("exclude"), issue),
      files: filesAt(at("files"), issue),
      policy: policyAt(at("images"), issue),
      requireReason: requireReason ?? false,
    },
  };
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

/** YAML 1.1 takes a bare `off` for false and `on` for true, and people write those too. */
function levelAt(node: YamlNode, issue: ReportIssue): RuleLevel | undefined {
  const word = scalarOf(node)?.value;
  const level = word === "false" ? "off" : word === "true" ? "on" : word;
  if (isRuleLevel(level)) return level;
  issue(node.span, `The severity must be one of ${levels.join(", ")}`, nearest(word, levels));
  return undefined;
}

function repositoryIgnore(
  item: YamlNode,
  index: RuleIndex,
  issue: ReportIssue,
): RepositoryIgnore | undefined {
  const entries = known(entriesOf(mapAt(item, issue)), ["rule", "path", "reason", "until"], issue);
  const read = (key: string): YamlEntry | undefined => entries.find((entry) => entry.key === key);
  const until = read("until");
  const date = scalarOf(until?.value)?.value;
  const hasDate = date !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(date);
  if (until !== undefined && !hasDate) issue(until.value.span, "The end date must be written as 2027-03-01");
  const rule = read("rule");
  const id = scalarOf(rule?.value)?.value;
  if (rule === undefined || id === undefined) {
    if (item.kind === "map") issue(item.span, "The exception must name its rule");
    return undefined;
  }
  if (index.byId(id) === undefined && !id.includes("*")) {
    unknownRule(id, rule.value.span, index, issue);
    return undefined;
  }
  return {
    rule: id,
    path: scalarOf(read("path")?.value)?.value ?? "**",
    reason: scalarOf(read("reason")?.value)?.value,
    until: hasDate ? date : undefined,
    span: item.span,
  };
}

function filesAt(node: YamlNode | undefined, issue: ReportIssue): Config["files"] {
  const entries = known(entriesOf(mapAt(node, issue)), ["dockerfile", "compose", "daemon"], issue);
  const read = (key: string): readonly string[] =>
    textsAt(entries.find((entry) => entry.key === key)?.value, issue);
  return { dockerfile: read("dockerfile"), compose: read("compose"), daemon: read("daemon") };
}

function policyAt(node: YamlNode | undefined, issue: ReportIssue): Config["policy"] {
  if (node === undefined) return noPolicy;
  const entries = known(entriesOf(mapAt(node, issue)), ["approved", "registries", "replacements"], issue);
  const read = (key: string): YamlNode | undefined => entries.find((entry) => entry.key === key)?.value;
  const replacements = entriesOf(mapAt(read("replacements"), issue)).flatMap(({ key, value }) => {
    const text = scalarOf(value)?.value;
    if (text === undefined) issue(value.span, "A replacement must be an image");
    return text === undefined ? [] : [[key, text] as const];
  });
  return {
    approved: textsAt(read("approved"), issue),
    registries: textsAt(read("registries"), issue),
    replacements: new Map(replacements),
  };
}

function unknownRule(id: string, span: Span, index: RuleIndex, issue: ReportIssue): void {
  const near = nearest(id, index.ids);
  issue(span, `There is no rule ${id.slice(0, 40)}`, near);
}

/** The entries whose keys exist; the others are issues. */
function known(
  entries: readonly YamlEntry[],
  names: readonly string[],
  issue: ReportIssue,
): readonly YamlEntry[] {
  return entries.filter((entry) => {
    if (names.includes(entry.key)) return true;
    issue(entry.keySpan, `There is no key ${entry.key.slice(0, 40)} here`, nearest(entry.key, names));
    return false;
  });
}

function nearest(word: string | undefined, names: readonly string[]): string | undefined {
  return word === undefined ? undefined : nearestName(word, names);
}

function mapAt(node: YamlNode | undefined, issue: ReportIssue): YamlNode | undefined {
  if (node === undefined || isNull(node) || node.kind === "map") return node;
  issue(node.span, "Keys and values are wanted here");
  return undefined;
}

function itemsAt(node: YamlNode | undefined, issue: ReportIssue): readonly YamlNode[] {
  if (node !== undefined && node.kind !== "sequence" && !isNull(node))
    issue(node.span, "A list is wanted here");
  return itemsOf(node);
}

function textsAt(node: YamlNode | undefined, issue: ReportIssue): readonly string[] {
  return itemsAt(node, issue).flatMap((item) => {
    const text = scalarOf(item)?.value;
    if (text === undefined) issue(item.span, "A text is wanted here");
    return text ?? [];
  });
}

function wordAt<W extends string>(
  node: YamlNode | undefined,
  words: readonly W[],
  issue: ReportIssue,
): W | undefined {
  if (node === undefined || isNull(node)) return undefined;
  const text = scalarOf(node)?.value;
  const word = words.find((candidate) => candidate === text);
  if (word === undefined) issue(node.span, `One of ${words.join(", ")} is wanted here`, nearest(text, words));
  return word;
}

function booleanAt(node: YamlNode | undefined, issue: ReportIssue): boolean | undefined {
  if (node === undefined || isNull(node)) return undefined;
  const value = plainValue(node);
  if (typeof value === "boolean") return value;
  issue(node.span, "true or false is wanted here");
  return undefined;
}

/** A plain scalar as a boolean or number where it reads as one. */
function plainValue(node: YamlNode): unknown {
  const scalar = scalarOf(node);
  if (scalar === undefined || scalar.style !== "plain") return scalar?.value;
  if (scalar.value === "true" || scalar.value === "false") return scalar.value === "true";
  return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(scalar.value) ? Number(scalar.value) : scalar.value;
}
