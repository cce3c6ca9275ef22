import type { Rule } from "./rule";

/** Finds rules by what people call them: their ids and other tools' ids. */
export interface RuleIndex {
  readonly ids: readonly string[];
  byId(id: string): Rule | undefined;
  /** The ids of the rules that a name stands for: a rule's own id, or an alias with or without its tool. */
  resolve(name: string): readonly string[];
  /** The ids of the rules that have an alias of a tool. */
  ofTool(tool: string): readonly string[];
}

const indexes = new WeakMap<readonly Rule[], RuleIndex>();

/** The index of a list of rules, made once for each list. */
export function ruleIndexOf(rules: readonly Rule[]): RuleIndex {
  const known = indexes.get(rules);
  if (known !== undefined) return known;
  const made = makeIndex(rules);
  indexes.set(rules, made);
  return made;
}

function makeIndex(rules: readonly Rule[]): RuleIndex {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const byName = new Map<string, string[]>();
  const byTool = new Map<string, string[]>();
  const add = (map: Map<string, string[]>, name: string, id: string): void => {
    const list = map.get(name);
    if (list === undefined) map.set(name, [id]);
    else if (!list.includes(id)) list.push(id);
  };
  for (const rule of rules) {
    add(byName, rule.id, rule.id);
    for (const alias of rule.aliases) {
      const colon = alias.indexOf(":");
      const tool = alias.slice(0, colon);
      add(byName, alias, rule.id);
      add(byTool, tool, rule.id);
      // A benchmark's item or a weakness is no tool's id: "4.1" alone would say too little.
      if (tool !== "cis" && tool !== "cwe") add(byName, alias.slice(colon + 1), rule.id);
    }
  }
  return {
    ids: rules.map((rule) => rule.id),
    byId: (id) => byId.get(id),
    resolve: (name) => byName.get(name) ?? [],
    ofTool: (tool) => byTool.get(tool) ?? [],
  };
}
