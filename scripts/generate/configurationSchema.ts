import { projectUrl, ruleUrl } from "../../server/src/docs/ruleUrl";
import { configurationShape, type Shape } from "../../server/src/engine/configurationShape";
import type { OptionSpec, Rule } from "../../server/src/engine/rule";

/** The JSON Schema of `plimsoll.yaml`, for completion and checks in any editor. */
export function configurationSchema(rules: readonly Rule[]): unknown {
  const { definitions, ...shape } = configurationShape;
  const properties = Object.fromEntries(rules.map((rule) => [rule.id, ruleSchema(rule)]));
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: `${projectUrl}/blob/main/schemas/plimsoll.schema.json`,
    title: "Plimsoll configuration",
    ...shape,
    definitions: { ...definitions, rules: { ...definitions.rules, properties } },
  };
}

function ruleSchema(rule: Rule): Shape {
  const options = Object.entries(rule.options).map(([name, spec]) => [name, optionSchema(spec)] as const);
  return {
    description: `${rule.title}. ${ruleUrl(rule.id)}`,
    anyOf: [
      level,
      {
        type: "object",
        additionalProperties: false,
        properties: { severity: level, ...Object.fromEntries(options) },
      },
    ],
  };
}

const level: Shape = { $ref: "#/definitions/level" };

function optionSchema(spec: OptionSpec): Shape {
  const common = { default: spec.default, description: spec.description };
  if (spec.type === "strings") return { type: "array", items: { type: "string" }, ...common };
  return { type: spec.type, ...common };
}
