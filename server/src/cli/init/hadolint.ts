import { type Importer, lintSeverities, mapper, nothingImported } from "./imported";
import { recordOf, textsOf, yamlValues } from "./values";

/** `.hadolint.yaml` (https://github.com/hadolint/hadolint#configure). */
export const importHadolint: Importer = (text, index) => {
  const values = yamlValues(text);
  const map = mapper("hadolint", index, text);
  const raised = Object.entries(recordOf(values.override)).flatMap(([name, ids]) => {
    const level = lintSeverities.get(name);
    return level === undefined ? [] : map.rules(textsOf(ids), level);
  });
  const off = map.rules(textsOf(values.ignored), "off");
  map.rest(values, [
    "ignored",
    "override",
    "trustedRegistries",
    "failure-threshold",
    "no-fail",
    "format",
    "no-color",
    "verbose",
  ]);
  const threshold = values["failure-threshold"];
  const never = values["no-fail"] === true || threshold === "none" || threshold === "ignore";
  return {
    ...nothingImported,
    rules: [...raised, ...off],
    registries: textsOf(values.trustedRegistries),
    failOn: never ? "never" : lintSeverities.get(String(threshold)),
    unmapped: map.unmapped,
  };
};
