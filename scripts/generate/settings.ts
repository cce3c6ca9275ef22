import { levelDescriptions, levels, profileDescriptions, profiles } from "../../server/src/engine/config";
import type { OptionSpec, Rule } from "../../server/src/engine/rule";
import { seeing, timing } from "./editorSettings";

/** The settings of the extension: `contributes.configuration` of the manifest. */
export function settings(rules: readonly Rule[]): unknown {
  return [
    { title: "Rules", order: 0, properties: ordered(ofRules(rules)) },
    { title: "When and Where", order: 1, properties: ordered(timing) },
    { title: "In the Editor", order: 2, properties: ordered(seeing) },
  ];
}

/** Settings stand in the order in which they are written. */
function ordered(properties: Readonly<Record<string, object>>): unknown {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property], order) => [name, { order, ...property }]),
  );
}

function ofRules(rules: readonly Rule[]): Readonly<Record<string, object>> {
  const withOptions = rules.filter((rule) => Object.keys(rule.options).length > 0);
  return {
    "plimsoll.profile": {
      type: "string",
      enum: profiles,
      markdownEnumDescriptions: profiles.map((profile) => profileDescriptions[profile]),
      default: "recommended",
      scope: "resource",
      markdownDescription: "Which rules are on. A `profile` in `plimsoll.yaml` wins over this setting.",
    },
    "plimsoll.rules": {
      type: "object",
      default: {},
      scope: "resource",
      markdownDescription:
        'Severity of single rules, or of several by `*`: `"base-image-*": "off"`. Of several that fit, the last one counts. `plimsoll.yaml` wins over this setting.',
      // One line for each rule: what the levels mean is said once, below.
      properties: Object.fromEntries(
        rules.map((rule) => [
          rule.id,
          { type: "string", enum: levels, description: `${rule.title} (${rule.severity})` },
        ]),
      ),
      additionalProperties: {
        type: "string",
        enum: levels,
        markdownEnumDescriptions: levels.map((name) => levelDescriptions[name]),
      },
    },
    "plimsoll.ruleOptions": {
      type: "object",
      default: {},
      scope: "resource",
      markdownDescription:
        "Options of the rules that have any. Options in `plimsoll.yaml` win over this setting.",
      properties: Object.fromEntries(withOptions.map((rule) => [rule.id, optionsOf(rule)])),
      additionalProperties: false,
    },
  };
}

function optionsOf(rule: Rule): object {
  return {
    type: "object",
    description: rule.title,
    properties: Object.fromEntries(
      Object.entries(rule.options).map(([name, spec]) => [name, optionSchema(spec)]),
    ),
    additionalProperties: false,
  };
}

function optionSchema(spec: OptionSpec): object {
  const { description, default: usual } = spec;
  if (spec.type === "strings")
    return { type: "array", items: { type: "string" }, default: usual, description };
  const least = spec.type === "number" && spec.minimum !== undefined ? { minimum: spec.minimum } : {};
  return { type: spec.type, ...least, default: usual, description };
}
