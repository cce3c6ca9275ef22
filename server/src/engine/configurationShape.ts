import { levelDescriptions, levels, profileDescriptions, profiles } from "./config";
import type { Requirement } from "./policy";
import { severities } from "./severity";

/** The part of JSON Schema (draft 7) that describes `plimsoll.yaml`. */
export interface Shape {
  readonly $ref?: `#/definitions/${string}`;
  readonly type?: "object" | "array" | "string" | "boolean" | "number";
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly (string | boolean)[];
  /** One for each entry of `enum`. */
  readonly enumDescriptions?: readonly string[];
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: boolean | Shape;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly anyOf?: readonly Shape[];
}

const texts: Shape = { type: "array", items: { type: "string" } };

function requirement(description: string): Shape {
  return { enum: [true, false, ...severities], description };
}

function severity(): Shape {
  return { enum: severities, description: "How grave it is; high where it is missing." };
}

function profileShape(): Shape {
  return { enum: profiles, enumDescriptions: profiles.map((profile) => profileDescriptions[profile]) };
}

/**
 * What may stand in `plimsoll.yaml`, but for the single rules below `rules`: the schema adds them, and completion and
 * hover know them from the rules themselves.
 */
export const configurationShape: Shape & { readonly definitions: Readonly<Record<string, Shape>> } = {
  type: "object",
  additionalProperties: false,
  properties: {
    extends: {
      description: "Profiles, files of the repository (../plimsoll.yaml) or installed packages to build on.",
      anyOf: [
        { $ref: "#/definitions/extended" },
        { type: "array", items: { $ref: "#/definitions/extended" } },
      ],
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
            anyOf: [{ type: "string" }, { ...texts, minItems: 1 }],
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
          reason: { type: "string", description: "Why it is accepted: the reports show it." },
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
    exclude: { ...texts, description: "Files and folders that are not looked at." },
    files: {
      type: "object",
      additionalProperties: false,
      description: "Further files of a kind, by glob.",
      properties: {
        dockerfile: { ...texts, description: "Globs of Dockerfiles." },
        compose: { ...texts, description: "Globs of Compose files." },
        daemon: { ...texts, description: "Globs of the daemon's configuration." },
        commands: { ...texts, description: "Globs of scripts with commands of a container engine." },
      },
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
        approved: { ...texts, description: "Images that may be used, such as docker.io/library/*." },
        registries: {
          ...texts,
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
            digest: requirement("Every image is pinned by its digest."),
            notEndOfLife: requirement("Every image still gets security fixes."),
            nonRoot: requirement("No container runs as root."),
            maxAge: {
              description: "How many days ago an image may have been made. Registries are asked for it.",
              anyOf: [
                { type: "number", minimum: 1 },
                { enum: [false] },
                {
                  type: "object",
                  additionalProperties: false,
                  required: ["days"],
                  properties: {
                    days: { type: "number", minimum: 1, description: "How many days ago at most." },
                    severity: severity(),
                  },
                },
              ],
            },
            signature: {
              description: "Who must have signed which images. Registries are asked for it.",
              anyOf: [
                { enum: [false] },
                { $ref: "#/definitions/signer" },
                { type: "array", items: { $ref: "#/definitions/signer" } },
              ],
            },
            vulnerabilities: {
              description: "How many vulnerabilities an image may have. A scanner tells.",
              anyOf: [
                { enum: [true, false, ...severities] },
                {
                  type: "object",
                  additionalProperties: false,
                  properties: {
                    critical: { type: "number", minimum: 0, description: "Critical ones at most." },
                    high: { type: "number", minimum: 0, description: "High ones at most." },
                    fixable: {
                      type: "number",
                      minimum: 0,
                      description: "Critical and high ones at most that an update removes.",
                    },
                    severity: severity(),
                  },
                },
              ],
            },
          } satisfies Record<Requirement, Shape>,
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
    extended: { anyOf: [profileShape(), { type: "string" }] },
    profile: { ...profileShape(), description: "Which rules are on." },
    rules: {
      type: "object",
      description: "Severity and options of single rules; * stands for any characters.",
      additionalProperties: { $ref: "#/definitions/setting" },
    },
    signer: {
      type: "object",
      additionalProperties: false,
      anyOf: [{ required: ["keys"] }, { required: ["identities"] }],
      properties: {
        images: {
          description: "Patterns of the images that this is about. Every image where it is missing.",
          anyOf: [{ type: "string" }, texts],
        },
        keys: {
          description:
            "Public keys in PEM, or files with them. One of these, or of the identities, must have signed.",
          anyOf: [{ type: "string" }, texts],
        },
        identities: {
          type: "array",
          description: "Holders of certificates that Sigstore's public instance gave.",
          items: {
            type: "object",
            additionalProperties: false,
            required: ["identity", "issuer"],
            properties: {
              identity: {
                type: "string",
                description:
                  "Whom the certificate names; * stands for a part without a slash, ** for any part.",
              },
              issuer: { type: "string", description: "Who has vouched for that, exactly." },
            },
          },
        },
        severity: severity(),
      },
    },
    // YAML 1.1 readers take a bare `off` for false and `on` for true: both are accepted.
    level: {
      enum: [...levels, false, true],
      enumDescriptions: [...levels.map((name) => levelDescriptions[name]), "off", "on"],
    },
    setting: {
      anyOf: [
        { $ref: "#/definitions/level" },
        { type: "object", properties: { severity: { $ref: "#/definitions/level" } } },
      ],
    },
  },
};

/**
 * What may stand at a place, all alternatives one after the other, the most particular last.
 * @param path keys from the outermost on, `-` for an item of a list
 */
export function shapesAt(path: readonly string[]): readonly Shape[] {
  let shapes = alternatives(configurationShape);
  for (const part of path) shapes = shapes.flatMap((shape) => below(shape, part).flatMap(alternatives));
  return shapes;
}

function below(shape: Shape, part: string): readonly Shape[] {
  if (part === "-") return shape.items === undefined ? [] : [shape.items];
  if (shape.properties !== undefined && Object.hasOwn(shape.properties, part))
    return [shape.properties[part]!];
  return typeof shape.additionalProperties === "object" ? [shape.additionalProperties] : [];
}

/** A shape and what it refers to and allows, which are all shapes of this file and hold no circle. */
export function alternatives(shape: Shape): readonly Shape[] {
  const named =
    shape.$ref === undefined
      ? undefined
      : configurationShape.definitions[shape.$ref.slice("#/definitions/".length)];
  return [shape, ...(named === undefined ? [] : [named]), ...(shape.anyOf ?? [])].flatMap((one, index) =>
    index === 0 ? one : alternatives(one),
  );
}
