import { type Importer, mapper, nothingImported } from "./imported";
import { textsOf, yamlValues } from "./values";

/** `.checkov.yaml` (https://www.checkov.io/2.Basics/CLI%20Command%20Reference.html): what `skip-check` lists. */
export const importCheckov: Importer = (text, index) => {
  const values = yamlValues(text);
  const map = mapper("checkov", index, text);
  const ignore = textsOf(values["skip-check"]).flatMap((id) => map.ignore(id));
  const skipped = textsOf(values["skip-path"]).map((pattern) => ({ pattern, path: pathOf(pattern) }));
  for (const { pattern, path } of skipped)
    if (path === undefined) map.unmapped.push(`skip-path ${pattern}: it is a regular expression, not a path`);
  map.rest(values, [
    "skip-check",
    "skip-path",
    "compact",
    "quiet",
    "output",
    "directory",
    "framework",
    "soft-fail",
  ]);
  return {
    ...nothingImported,
    ignore,
    exclude: skipped.flatMap(({ path }) => path ?? []),
    failOn: values["soft-fail"] === true ? "never" : undefined,
    unmapped: map.unmapped,
  };
};

/** What Checkov skips is a regular expression; most are the path of a folder or file, perhaps with all below it. */
function pathOf(pattern: string): string | undefined {
  const path = pattern.replace(/^\.\//, "").replace(/\/(?:\.\*|\*\*?)?$/, "");
  return /^[\w./-]+$/.test(path) ? path : undefined;
}
