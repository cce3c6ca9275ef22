import { parse } from "smol-toml";
import { severities } from "../../engine/severity";
import { type Importer, mapper, nothingImported } from "./imported";
import { kicsQueries } from "./kicsQueries";
import { recordOf, textsOf, yamlValues } from "./values";

/** `kics.config`, as YAML, JSON or TOML (https://docs.kics.io/latest/configuration-file/). */
export const importKics: Importer = (text, index) => {
  const values = settingsIn(text);
  const map = mapper("kics", index, text);
  const ignore = textsOf(values["exclude-queries"]).flatMap((id) =>
    map.ignore(kicsQueries.get(id.toLowerCase()) ?? id, {}, id),
  );
  const exclude = textsOf(values["exclude-paths"]).map((path) =>
    path.replace(/^\.\//, "").replace(/\/$/, ""),
  );
  map.rest(values, known);
  const failing = new Set(textsOf(values["fail-on"]).map((name) => name.toLowerCase()));
  const mildest = severities.findLast((severity) => failing.has(severity));
  const never = values["ignore-on-exit"] === "all" || values["ignore-on-exit"] === "results";
  return {
    ...nothingImported,
    ignore,
    exclude,
    failOn: never ? "never" : mildest,
    unmapped: map.unmapped,
  };
};

/** What is taken over, and what is about how KICS runs and reports. */
const known = [
  ...["exclude-queries", "exclude-paths", "fail-on", "ignore-on-exit"],
  ...["path", "type", "verbose", "silent", "ci", "no-color", "no-progress", "minimal-ui", "profiling"],
  ...["log-file", "log-format", "log-level", "log-path", "output-name", "output-path", "report-formats"],
  ...["preview-lines", "timeout", "queries-path"],
];

function settingsIn(text: string): Readonly<Record<string, unknown>> {
  try {
    return recordOf(parse(text, { integersAsBigInt: false }));
  } catch {
    return yamlValues(text);
  }
}
