import { levelDescriptions, levels, profileDescriptions, profiles } from "../../server/src/engine/config";
import type { Rule } from "../../server/src/engine/rule";

/** The settings of the extension: `contributes.configuration` of the manifest. */
export function settings(rules: readonly Rule[]): unknown {
  return [
    {
      title: "Plimsoll",
      order: 0,
      properties: {
        "plimsoll.enable": {
          order: 0,
          type: "boolean",
          default: true,
          scope: "resource",
          markdownDescription: "Check Dockerfiles, Compose files and Docker's `daemon.json` as you type.",
        },
        "plimsoll.profile": {
          order: 1,
          type: "string",
          enum: profiles,
          markdownEnumDescriptions: profiles.map((profile) => profileDescriptions[profile]),
          default: "recommended",
          scope: "resource",
          markdownDescription: "Which rules are on. A `profile` in `plimsoll.yaml` wins over this setting.",
        },
        "plimsoll.rules": {
          order: 2,
          type: "object",
          default: {},
          scope: "resource",
          markdownDescription:
            'Severity of single rules, or of several by `*`: `"base-image-*": "off"`. `plimsoll.yaml` wins over this setting.',
          properties: Object.fromEntries(
            rules.map((rule) => [
              rule.id,
              { ...level(), markdownDescription: `${rule.title} (${rule.severity})` },
            ]),
          ),
          additionalProperties: level(),
        },
        "plimsoll.baseline": {
          order: 3,
          type: "string",
          enum: ["hidden", "faded"],
          markdownEnumDescriptions: ["Not shown.", "Shown faded, as hints."],
          default: "hidden",
          scope: "resource",
          markdownDescription: "How findings that `plimsoll.baseline.json` has accepted are shown.",
        },
        "plimsoll.trace.server": {
          order: 9,
          type: "string",
          enum: ["off", "messages", "verbose"],
          default: "off",
          scope: "window",
          tags: ["advanced"],
          markdownDescription:
            "Write the messages between the editor and the language server to the output channel.",
        },
      },
    },
  ];
}

function level(): object {
  return {
    type: "string",
    enum: levels,
    markdownEnumDescriptions: levels.map((name) => levelDescriptions[name]),
  };
}
