import { parseYaml } from "../documents/yaml/parse";
import { entriesOf, itemsOf, scalarOf, type YamlNode } from "../documents/yaml/tree";
import { maxYamlDepth } from "../limits";
import { containsSpan, type Span, touchesOffset } from "../text/span";
import type { ConfigurationDocument } from "./configuration";

/** A word of `plimsoll.yaml`. */
export interface ConfigurationWord {
  /** Keys from the outermost on, `-` for an item of a list; a key itself is the last of its path. */
  readonly path: readonly string[];
  readonly isKey: boolean;
  readonly text: string;
  readonly span: Span;
}

/** The key or value at an offset, `undefined` where none stands. */
export function configurationWordAt(
  document: ConfigurationDocument,
  offset: number,
): ConfigurationWord | undefined {
  let node: YamlNode | undefined = parseYaml(document.text).documents[0]?.root;
  const path: string[] = [];
  while (node !== undefined && path.length < maxYamlDepth) {
    const scalar = scalarOf(node);
    if (scalar !== undefined) return { path, isKey: false, text: scalar.value, span: scalar.span };
    const entries = entriesOf(node);
    const key = entries.find(({ keySpan }) => touchesOffset(keySpan, offset));
    if (key !== undefined) return { path: [...path, key.key], isKey: true, text: key.key, span: key.keySpan };
    // A value that an alias stands for is written elsewhere.
    const entry = entries.find(({ value }) => touchesOffset(value.span, offset));
    const item = itemsOf(node).find(({ span }) => touchesOffset(span, offset));
    path.push(entry?.key ?? "-");
    node = entry?.value ?? item;
  }
  return undefined;
}

/** Every rule id or pattern of rule ids that stands in the configuration, in the order of the text. */
export function ruleWords(document: ConfigurationDocument): readonly ConfigurationWord[] {
  const root = parseYaml(document.text).documents[0]?.root;
  const at = (node: YamlNode | undefined, key: string): YamlNode | undefined =>
    entriesOf(node).find((entry) => entry.key === key)?.value;
  const keysBelow = (node: YamlNode | undefined, path: readonly string[]): ConfigurationWord[] =>
    entriesOf(node).map(({ key, keySpan }) => ({
      path: [...path, key],
      isKey: true,
      text: key,
      span: keySpan,
    }));
  const ofOverrides = itemsOf(at(root, "overrides")).flatMap((item) =>
    keysBelow(at(item, "rules"), ["overrides", "-", "rules"]),
  );
  const ofIgnores = itemsOf(at(root, "ignore")).flatMap((item): ConfigurationWord[] => {
    const rule = scalarOf(at(item, "rule"));
    const path = ["ignore", "-", "rule"];
    return rule === undefined ? [] : [{ path, isKey: false, text: rule.value, span: rule.span }];
  });
  return [...keysBelow(at(root, "rules"), ["rules"]), ...ofOverrides, ...ofIgnores]
    .filter(({ span }) => containsSpan({ start: 0, end: document.text.length }, span))
    .sort((a, b) => a.span.start - b.span.start);
}

/** Whether a word stands for a rule or for several of them. */
export function namesRules({ path, isKey }: ConfigurationWord): boolean {
  const at = path.join(" ");
  if (!isKey) return at === "ignore - rule";
  return (
    (path.length === 2 && path[0] === "rules") || (path.length === 4 && at.startsWith("overrides - rules "))
  );
}
