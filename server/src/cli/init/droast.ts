import { parse } from "smol-toml";
import { type Importer, lintSeverities, mapper, nothingImported } from "./imported";
import { recordOf, textsOf } from "./values";

const known = [
  ...[
    "skip",
    "severity-overrides",
    "overrides",
    "require-suppression-reason",
    "no-fail",
    "no-roast",
    "format",
  ],
  ...[
    "approved-registries",
    "extend-approved-registries",
    "approved-base-images",
    "extend-approved-base-images",
  ],
];

/**
 * `droast.toml` (https://github.com/immanuwell/dockerfile-roast).
 * @throws Error where it is no TOML
 */
export const importDroast: Importer = (text, index) => {
  const values = recordOf(parse(text));
  const map = mapper("droast", index, text);
  const rulesIn = (settings: Readonly<Record<string, unknown>>) => [
    ...Object.entries(recordOf(settings["severity-overrides"])).flatMap(([id, severity]) => {
      const level = severity === "off" ? "off" : lintSeverities.get(String(severity));
      return level === undefined ? [] : map.rules([id], level);
    }),
    ...map.rules(textsOf(settings.skip), "off"),
  ];
  const rules = rulesIn(values);
  const overrides = (Array.isArray(values.overrides) ? values.overrides : []).map(recordOf).map((entry) => {
    map.rest(entry, ["paths", "skip", "severity-overrides"]);
    return { files: textsOf(entry.paths), rules: rulesIn(entry) };
  });
  map.rest(values, known);
  return {
    ...nothingImported,
    rules,
    overrides: overrides.filter((entry) => entry.files.length > 0 && entry.rules.length > 0),
    registries: [...textsOf(values["approved-registries"]), ...textsOf(values["extend-approved-registries"])],
    approved: [...textsOf(values["approved-base-images"]), ...textsOf(values["extend-approved-base-images"])],
    requireReason: values["require-suppression-reason"] === true,
    failOn: values["no-fail"] === true ? "never" : undefined,
    unmapped: map.unmapped,
  };
};
