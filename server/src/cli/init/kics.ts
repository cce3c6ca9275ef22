import { parse } from "smol-toml";
import { type Importer, mapper, nothingImported } from "./imported";
import { kicsQueries } from "./kicsQueries";
import { recordOf, textsOf, yamlValues } from "./values";

/** `kics.config`, as YAML, JSON or TOML (https://docs.kics.io/latest/configuration-file/). */
export const importKics: Importer = (text, index) => {
  const values = settingsIn(text);
  const map = mapper("kics", index);
  const ignore = textsOf(values["exclude-queries"]).flatMap((id) =>
    map.ignore(kicsQueries.get(id.toLowerCase()) ?? id),
  );
  const exclude = textsOf(values["exclude-paths"]).map((path) =>
    path.replace(/^\.\//, "").replace(/\/$/, ""),
  );
  map.rest(values, [
    "exclude-queries",
    "exclude-paths",
    "path",
    "type",
    "verbose",
    "log-file",
    "output-path",
  ]);
  return { ...nothingImported, ignore, exclude, unmapped: map.unmapped };
};

function settingsIn(text: string): Readonly<Record<string, unknown>> {
  try {
    return recordOf(parse(text, { integersAsBigInt: false }));
  } catch {
    return yamlValues(text);
  }
}
