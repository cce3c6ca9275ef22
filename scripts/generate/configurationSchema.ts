import { projectUrl, ruleUrl } from "../../server/src/docs/ruleUrl";
import { levelDescriptions, levels, profiles } from "../../server/src/engine/config";
import type { Requirement } from "../../server/src/engine/policy";
import type { OptionSpec, Rule } from "../../server/src/engine/rule";
import { severities } from "../../server/src/engine/severity";

/** The JSON Schema of `plimsoll.yaml`, for completion and checks in any editor. */
export function configurationSchema(rules: readonly Rule[]): unknown {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: `${projectUrl}/blob/main/schemas/plimsoll.schema.json`,
    title: "Plimsoll configuration",
    type: "object",
    additionalProperties: false,
    properties: {
      extends: {
        description:
          "Profiles, files of the repository (../plimsoll.yaml) or installed packages to build on.",
        anyOf: [extended, { type: "array", items: extended }],
      },
      profile: { $ref: "#/definitions/profile" },
      rules: { $ref: "#/definitions/rules" },
      overrides: {
        type: "array",
        description: "What holds for some files only; later entries win.",
        items: {
          type: "object",
          additionalProperties: false,
          required: ["files"],
          properties: {
            files: {
              description: "Globs relative to this file.",
              anyOf: [{ type: "string" }, { ...globs(), minItems: 1 }],
            },
            profile: { $ref: "#/definitions/profile" },
            rules: { $ref: "#/definitions/rules" },
          },
        },
      },
      ignore: {
        type: "array",
        description: "Findings that the repository accepts.",
        items: {
          type: "object",
          additionalProperties: false,
          anyOf: [{ required: ["rule"] }, { required: ["image"] }],
          properties: {
            rule: { type: "string", description: "A rule's id; * stands for any characters." },
            image: {
              type: "string",
              description: "Only findings on the name of such an image, such as docker.io/library/debian.",
            },
            path: {
              type: "string",
              description: "A glob relative to this file. Every file where it is missing.",
            },
            reason: { type: "string" },
            owner: { type: "string", description: "Who answers for it." },
            ticket: { type: "string", description: "Where it was agreed upon." },
            until: {
              type: "string",
              pattern: "^\\d{4}-\\d{2}-\\d{2}$",
              description: "The last day on which it counts.",
            },
          },
        },
      },
      exclude: { ...globs(), description: "Files and folders that are not looked at." },
      files: {
        type: "object",
        additionalProperties: false,
        description: "Further files of a kind, by glob.",
        properties: { dockerfile: globs(), compose: globs(), daemon: globs() },
      },
      compose: {
        type: "object",
        additionalProperties: false,
        description: "How Compose files belong together.",
        properties: {
          overrides: {
            type: "array",
            items: { type: "string", pattern: "^[^/\\\\*?]+$" },
            description:
              "Names of files that are merged over the base beside them, such as docker-compose.prod.yml.",
          },
        },
      },
      images: {
        type: "object",
        additionalProperties: false,
        description: "What the team has decided about images.",
        properties: {
          approved: { ...globs(), description: "Images that may be used, such as docker.io/library/*." },
          registries: {
            ...globs(),
            description: "Registries that images may come from, such as registry.example.com.",
          },
          denied: {
            type: "array",
            description: "Images that may not be used, whatever else is said of them.",
            items: {
              anyOf: [
                { type: "string" },
                {
                  type: "object",
                  additionalProperties: false,
                  required: ["image"],
                  properties: {
                    image: { type: "string", description: "Such as docker.io/library/centos, or *:latest." },
                    reason: { type: "string", description: "In half a sentence: the finding repeats it." },
                    replacement: { type: "string", description: "What to use instead: the fix writes it." },
                  },
                },
              ],
            },
          },
          require: {
            type: "object",
            additionalProperties: false,
            description: "What every image must be. true: high; or a severity.",
            properties: {
              digest: { ...requirement, description: "Every image is pinned by its digest." },
              notEndOfLife: { ...requirement, description: "Every image still gets security fixes." },
              nonRoot: { ...requirement, description: "No container runs as root." },
            } satisfies Record<Requirement, object>,
          },
          replacements: {
            type: "object",
            additionalProperties: { type: "string" },
            description: "What to use instead of an image.",
          },
        },
      },
      requireReason: {
        type: "boolean",
        default: false,
        description: "Every ignore comment must give a reason.",
      },
      failOn: {
        enum: [...severities, "never"],
        description: "From which severity on plimsoll check fails, where --fail-on does not say.",
      },
    },
    definitions: {
      profile: { enum: profiles, description: "Which rules are on." },
      rules: {
        type: "object",
        description: "Severity and options of single rules; * stands for any characters.",
        properties: Object.fromEntries(rules.map((rule) => [rule.id, ruleSchema(rule)])),
        additionalProperties: { $ref: "#/definitions/setting" },
      },
      level: levelSchema(),
      setting: { anyOf: [level, { type: "object", properties: { severity: level } }] },
    },
  };
}

function ruleSchema(rule: Rule): unknown {
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

function optionSchema(spec: OptionSpec): unknown {
  const common = { default: spec.default, description: spec.description };
  if (spec.type === "strings") return { type: "array", items: { type: "string" }, ...common };
  return { type: spec.type, ...common };
}

const extended = { anyOf: [{ enum: profiles }, { type: "string" }] };
const requirement = { enum: [true, false, ...severities] };
const level = { $ref: "#/definitions/level" };

/** YAML 1.1 readers take a bare `off` for false and `on` for true: both are accepted. */
function levelSchema(): object {
  return {
    enum: [...levels, false, true],
    enumDescriptions: [...levels.map((name) => levelDescriptions[name]), "off", "on"],
  };
}

function globs(): object {
  return { type: "array", items: { type: "string" } };
}
