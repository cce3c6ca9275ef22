import { counted } from "../../report/summary";
import { type Importer, mapper, nothingImported } from "./imported";
import { dayOf, recordOf, textsOf, yamlValues } from "./values";

/** `.trivyignore`: an id a line, perhaps with `exp:2027-01-01` (https://trivy.dev/docs/latest/configuration/filtering/). */
export const importTrivyIgnore: Importer = (text, index) => {
  const map = mapper("trivy", index, text);
  let vulnerabilities = 0;
  const ignore = text.split(/\r\n|\r|\n/).flatMap((line) => {
    const [id, ...words] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (id === undefined || id === "") return [];
    if (isVulnerability.test(id)) {
      vulnerabilities++;
      return [];
    }
    const until = dayOf(words.find((word) => word.startsWith("exp:"))?.slice(4));
    return map.ignore(checkId(id), until === undefined ? {} : { until }, id);
  });
  const told = `${counted(vulnerabilities, "vulnerability", "vulnerabilities")}: Trivy itself leaves them out`;
  return {
    ...nothingImported,
    ignore,
    unmapped: vulnerabilities === 0 ? map.unmapped : [...map.unmapped, told],
  };
};

/** Hundreds of them may stand there; none is about how a file is written. */
const isVulnerability = /^(?:CVE|GHSA|TEMP|DLA|DSA|RHSA|GO|RUSTSEC|PYSEC|ALAS)[0-9]*-/i;

/** `.trivyignore.yaml`: lists of entries with paths, a statement and an end. */
export const importTrivyIgnoreYaml: Importer = (text, index) => {
  const map = mapper("trivy", index, text);
  const values = yamlValues(text);
  const entries = Array.isArray(values.misconfigurations) ? values.misconfigurations : [];
  const ignore = entries.map(recordOf).flatMap(({ id, paths, statement, expired_at }) => {
    if (typeof id !== "string") return [];
    const until = dayOf(expired_at);
    const entry = {
      ...(typeof statement === "string" && { reason: statement }),
      ...(until !== undefined && { until }),
    };
    const globs = textsOf(paths);
    if (globs.length === 0) return map.ignore(checkId(id), entry);
    return globs.flatMap((path) => map.ignore(checkId(id), { ...entry, path }));
  });
  map.rest(values, ["misconfigurations"]);
  return { ...nothingImported, ignore, unmapped: map.unmapped };
};

/** A check's id as Trivy writes it now: `DS002` and `AVD-DS-0002` are older spellings of `DS-0002`. */
function checkId(id: string): string {
  const digits = /^(?:AVD-)?DS-?(\d{3,4})$/i.exec(id)?.[1];
  return digits === undefined ? id : `DS-${digits.padStart(4, "0")}`;
}
