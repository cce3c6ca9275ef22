import { levelDescriptions, levels } from "../engine/config";
import type { ConfigurationDocument } from "../engine/configuration";
import { alternatives, type Shape, shapesAt } from "../engine/configurationShape";
import type { Rule } from "../engine/rule";
import { ruleIndexOf } from "../engine/ruleIndex";
import { monthsAfter } from "../text/day";
import { ruleProposal } from "./rules";
import { type Proposal, proposeAt, type Suggestion } from "./suggestion";
import { siblingKeys, type YamlCursor, yamlCursor } from "./yamlCursor";

/**
 * Keys, words, rules, their options and end dates in `plimsoll.yaml`, for editors that do not read its schema.
 *
 * @param today `YYYY-MM-DD`
 */
export function suggestInConfiguration(
  document: ConfigurationDocument,
  rules: readonly Rule[],
  today: string,
  offset: number,
): readonly Suggestion[] {
  const cursor = yamlCursor(document.text, document.lines, offset);
  if (cursor === undefined) return [];
  const proposals = ruleParts(cursor, rules) ?? parts(cursor, rules, today);
  const written = new Set(siblingKeys(document.text, document.lines, offset));
  // The colon may stand there already.
  const colon = document.text[cursor.span.end] === ":" ? "" : ":";
  return proposeAt(
    cursor.span,
    proposals.flatMap(({ key, ...proposal }) => {
      if (key === undefined) return proposal;
      if (written.has(proposal.text)) return [];
      const blank = key === "one line" && colon !== "" ? " " : "";
      // Found by its name alone, so that who has typed the colon as well is through with it.
      return { ...proposal, filter: proposal.text, text: `${proposal.text}${colon}${blank}` };
    }),
  );
}

/** A proposal; `key` where a colon goes behind it, and whether its value stands on the same line. */
type Part = Proposal & { readonly key?: "one line" | "below" };

/** What stands below `rules:`, of the file or of an override; `undefined` elsewhere. */
function ruleParts({ path, place }: YamlCursor, rules: readonly Rule[]): readonly Part[] | undefined {
  const depth = path[0] === "rules" ? 1 : path[0] === "overrides" && path[2] === "rules" ? 3 : undefined;
  if (depth === undefined || path[depth - 1] === undefined) return undefined;
  const [id, option, ...rest] = path.slice(depth);
  if (id === undefined)
    return place === "key" ? rules.map((rule) => ({ ...ruleProposal(rule), key: "one line" })) : [];
  const specs = ruleIndexOf(rules).byId(id)?.options ?? {};
  if (option === undefined)
    return place === "value"
      ? levelParts
      : [
          { label: "severity", kind: "key", text: "severity", detail: "How grave it is.", key: "one line" },
          ...Object.entries(specs).map(
            ([name, { type, description }]): Part => ({
              label: name,
              kind: "key",
              text: name,
              detail: description,
              key: type === "strings" ? "below" : "one line",
            }),
          ),
        ];
  if (place === "key" || rest.length > 0) return [];
  if (option === "severity") return levelParts;
  return Object.hasOwn(specs, option) && specs[option]?.type === "boolean" ? words(["true", "false"]) : [];
}

const levelParts: readonly Part[] = levels.map((level) => ({
  label: level,
  kind: "level",
  text: level,
  detail: levelDescriptions[level],
}));

function parts({ path, place }: YamlCursor, rules: readonly Rule[], today: string): readonly Part[] {
  const at = path.join(" ");
  if (place === "value" && at === "ignore - rule") return rules.map((rule) => ruleProposal(rule));
  if (place === "value" && at === "ignore - until") return endDates(today);
  const shapes = shapesAt(path);
  // A word alone behind a dash may become a key.
  const keys = place === "key" || path.at(-1) === "-" ? shapes.flatMap(keysOf) : [];
  return place === "key" ? keys : [...shapes.flatMap(wordsOf), ...keys];
}

function keysOf({ properties = {} }: Shape): readonly Part[] {
  return Object.entries(properties).map(([name, shape]) => {
    const shapes = alternatives(shape);
    const isBelow = shapes.some(({ type }) => type === "object" || type === "array");
    const detail = shapes.find(({ description }) => description !== undefined)?.description;
    return {
      label: name,
      kind: "key",
      text: name,
      key: isBelow && !shapes.some((one) => wordsOf(one).length > 0) ? "below" : "one line",
      ...(detail === undefined ? {} : { detail }),
    };
  });
}

function wordsOf({ type, enum: listed, enumDescriptions }: Shape): readonly Part[] {
  if (type === "boolean") return words(["true", "false"]);
  return words((listed ?? []).map(String), enumDescriptions);
}

function words(list: readonly string[], descriptions: readonly string[] = []): readonly Part[] {
  return list.map((word, index) => {
    const detail = descriptions[index];
    return { label: word, kind: "level", text: word, ...(detail === undefined ? {} : { detail }) };
  });
}

const spans: readonly (readonly [months: number, detail: string])[] = [
  [1, "in a month"],
  [3, "in three months"],
  [6, "in half a year"],
  [12, "in a year"],
];

function endDates(today: string): readonly Part[] {
  return spans.map(([months, detail]) => {
    const date = monthsAfter(today, months);
    return { label: date, kind: "level", text: date, detail };
  });
}
