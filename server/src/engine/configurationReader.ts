import { entriesOf, isNull, itemsOf, scalarOf, type YamlEntry, type YamlNode } from "../documents/yaml/tree";
import type { Span } from "../text/span";
import { nearestName } from "./nearestName";

/** A place where a configuration does not say what it means. */
export interface ConfigurationIssue {
  readonly span: Span;
  /** Without a full stop. */
  readonly message: string;
  /** The word that is probably meant. */
  readonly near: string | undefined;
}

/** Takes note of an issue. */
export type ReportIssue = (span: Span, message: string, near?: string | undefined) => void;

/** The entries whose keys exist; the others are issues. */
export function known(
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

/** Reads the values of a map by their keys; keys that do not exist are issues. */
export function fieldsOf(
  node: YamlNode | undefined,
  names: readonly string[],
  issue: ReportIssue,
): (key: string) => YamlNode | undefined {
  const entries = known(entriesOf(mapAt(node, issue)), names, issue);
  return (key) => entries.find((entry) => entry.key === key)?.value;
}

/** The word among some that is probably meant. */
export function nearest(word: string | undefined, names: readonly string[]): string | undefined {
  return word === undefined ? undefined : nearestName(word, names);
}

/** The node where it is a map or absent. */
export function mapAt(node: YamlNode | undefined, issue: ReportIssue): YamlNode | undefined {
  if (node === undefined || isNull(node) || node.kind === "map") return node;
  issue(node.span, "Keys and values are wanted here");
  return undefined;
}

/** The items of a list; anything else is an issue. */
export function itemsAt(node: YamlNode | undefined, issue: ReportIssue): readonly YamlNode[] {
  if (node !== undefined && node.kind !== "sequence" && !isNull(node))
    issue(node.span, "A list is wanted here");
  return itemsOf(node);
}

/** A text that is not empty; anything else that is there is an issue. */
export function textAt(node: YamlNode | undefined, issue: ReportIssue): string | undefined {
  if (node === undefined || isNull(node)) return undefined;
  const text = scalarOf(node)?.value;
  if (text === undefined || text === "") issue(node.span, "A text is wanted here");
  return text === "" ? undefined : text;
}

/** The texts of a list. */
export function textsAt(node: YamlNode | undefined, issue: ReportIssue): readonly string[] {
  return itemsAt(node, issue).flatMap((item) => {
    const text = scalarOf(item)?.value;
    if (text === undefined) issue(item.span, "A text is wanted here");
    return text ?? [];
  });
}

/** One of some words; anything else that is there is an issue. */
export function wordAt<W extends string>(
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

/** `true` or `false`; anything else that is there is an issue. */
export function booleanAt(node: YamlNode | undefined, issue: ReportIssue): boolean | undefined {
  if (node === undefined || isNull(node)) return undefined;
  const value = plainValue(node);
  if (typeof value === "boolean") return value;
  issue(node.span, "true or false is wanted here");
  return undefined;
}

/** A plain scalar as a boolean or number where it reads as one. */
export function plainValue(node: YamlNode): unknown {
  const scalar = scalarOf(node);
  if (scalar === undefined || scalar.style !== "plain") return scalar?.value;
  if (scalar.value === "true" || scalar.value === "false") return scalar.value === "true";
  return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(scalar.value) ? Number(scalar.value) : scalar.value;
}
