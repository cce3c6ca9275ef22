import { type Importer, mapper, nothingImported } from "./imported";
import { textsOf, yamlValues } from "./values";

/** `.checkov.yaml` (https://www.checkov.io/2.Basics/CLI%20Command%20Reference.html): what `skip-check` lists. */
export const importCheckov: Importer = (text, index) => {
  const values = yamlValues(text);
  const map = mapper("checkov", index);
  const ignore = textsOf(values["skip-check"]).flatMap((id) => map.ignore(id));
  map.rest(values, ["skip-check", "compact", "quiet", "output", "directory", "framework", "soft-fail"]);
  return {
    ...nothingImported,
    ignore,
    failOn: values["soft-fail"] === true ? "never" : undefined,
    unmapped: map.unmapped,
  };
};
