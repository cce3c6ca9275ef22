import { ruleUrl } from "../docs/ruleUrl";
import { isRuleLevel, levelDescriptions } from "../engine/config";
import type { ConfigurationDocument } from "../engine/configuration";
import { type ConfigurationWord, configurationWordAt, namesRules } from "../engine/configurationPlaces";
import { shapesAt } from "../engine/configurationShape";
import type { Rule } from "../engine/rule";
import { ruleIndexOf } from "../engine/ruleIndex";
import { mostRulesOfPattern } from "../shown";
import { matchesGlob } from "../text/glob";
import type { Span } from "../text/span";

/** What a word of `plimsoll.yaml` means. */
export interface ConfigurationHover {
  readonly span: Span;
  /** Rules whose pages tell it. */
  readonly rules: readonly string[];
  readonly markdown: readonly string[];
}

/**
 * @param readsSchema whether the editor tells by itself what our schema says of keys and words
 * @returns `undefined` where nothing is to be said
 */
export function configurationHover(
  document: ConfigurationDocument,
  offset: number,
  rules: readonly Rule[],
  readsSchema: boolean,
): ConfigurationHover | undefined {
  const word = configurationWordAt(document, offset);
  if (word === undefined) return undefined;
  const { span } = word;
  if (namesRules(word)) {
    if (ruleIndexOf(rules).byId(word.text) !== undefined) return { span, rules: [word.text], markdown: [] };
    return word.text.includes("*") ? { span, rules: [], markdown: [fitting(word.text, rules)] } : undefined;
  }
  const text = readsSchema ? undefined : meaningOf(word, rules);
  return text === undefined ? undefined : { span, rules: [], markdown: [text] };
}

function fitting(pattern: string, rules: readonly Rule[]): string {
  const found = rules.filter(({ id }) => matchesGlob(pattern, id));
  const shown = found
    .slice(0, mostRulesOfPattern)
    .map(({ id, title }) => `- [${id}](${ruleUrl(id)}): ${title}`);
  const more = found.length > mostRulesOfPattern ? [`- and ${found.length - mostRulesOfPattern} more`] : [];
  const count = found.length === 1 ? "1 rule" : `${found.length} rules`;
  return [`Stands for ${found.length === 0 ? "no rule" : count}.`, "", ...shown, ...more]
    .join("\n")
    .trimEnd();
}

function meaningOf(word: ConfigurationWord, rules: readonly Rule[]): string | undefined {
  return ofRule(word, rules) ?? ofShape(word);
}

/** What stands below the name of a rule: its severity and its options. */
function ofRule({ path, isKey, text }: ConfigurationWord, rules: readonly Rule[]): string | undefined {
  const below = path[0] === "rules" ? path.slice(1) : path[2] === "rules" ? path.slice(3) : [];
  const [id, option] = below;
  if (id === undefined) return undefined;
  const rule = ruleIndexOf(rules).byId(id);
  if (isKey && option !== undefined && option !== "severity") {
    const spec = rule !== undefined && Object.hasOwn(rule.options, option) ? rule.options[option] : undefined;
    return spec && `${spec.description}\n\nWithout it: \`${JSON.stringify(spec.default)}\`.`;
  }
  if (isKey || !isRuleLevel(text)) return undefined;
  const own = rule === undefined ? "" : `\n\nThe severity of \`${id}\` itself is ${rule.severity}.`;
  return `${levelDescriptions[text]}${own}`;
}

function ofShape({ path, isKey, text }: ConfigurationWord): string | undefined {
  const shapes = shapesAt(path);
  const ofWord = shapes.flatMap(({ enum: words = [], enumDescriptions = [] }) => {
    const at = words.findIndex((word) => String(word) === text);
    return enumDescriptions[at] ?? [];
  });
  const ofKey = shapes.flatMap(({ description }) => description ?? []);
  return isKey ? ofKey[0] : ofWord[0];
}
