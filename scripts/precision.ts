/**
 * Draws findings in real files for somebody to judge, and counts the verdicts.
 *
 *   npx tsx scripts/precision.ts --repositories
 *   npx tsx scripts/precision.ts [--severity high|medium] [--kinds all|dockerfile|compose] [--files sample|rest] [--write]
 *
 * The first prints how many findings at high or above Dockerfiles of some repositories have. The second prints what is not
 * judged yet, and the verdicts per rule; `--write` writes the draw to `test/corpus`, where verdicts that stand there already
 * are kept.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { corpusFolder, corpusMissing } from "../test/support/corpus";
import {
  carelessRepositories,
  draw,
  findingsOfSample,
  highPerDockerfile,
  type Judged,
  keyOf,
  precisionSamples,
  readVerdicts,
  verdictsPath,
  wellRunRepositories,
} from "../test/support/precision";

const { values } = parseArgs({
  options: {
    severity: { type: "string", default: "high" },
    kinds: { type: "string", default: "all" },
    files: { type: "string", default: "sample" },
    repositories: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});
const sample = precisionSamples.find(
  ({ group, kinds, files = "sample" }) =>
    group === values.severity && kinds === values.kinds && files === values.files,
);
if (sample === undefined || corpusMissing !== undefined) {
  const known = precisionSamples.map(
    ({ group, kinds, files = "sample" }) => `--severity ${group} --kinds ${kinds} --files ${files}`,
  );
  console.error(corpusMissing ?? `there is: ${known.join("; ")}`);
  process.exit(2);
}

if (values.repositories) {
  for (const [name, repositories] of Object.entries({ wellRunRepositories, carelessRepositories })) {
    const { files, findings } = highPerDockerfile(repositories);
    console.log(`${name}: ${findings} in ${files} files, ${(findings / files).toFixed(2)} each`);
  }
  process.exit(0);
}

const findings = findingsOfSample(sample);
const verdicts = new Map(readVerdicts(sample).map((judged) => [keyOf(judged), judged]));
const judged: Judged[] = [];
for (const { message, ...finding } of draw(findings, sample.seed)) {
  const before = verdicts.get(keyOf(finding));
  const verdict = before?.severity === finding.severity ? before.verdict : null;
  judged.push({ ...finding, verdict, note: before?.note ?? "" });
  if (verdict === null)
    console.log(`${keyOf(finding)} ${finding.severity}: ${message}\n    ${lineOf(finding)}`);
}
if (values.write) writeFileSync(verdictsPath(sample), `${JSON.stringify(judged, undefined, 2)}\n`);

console.log(`\n${judged.length} of ${findings.length} findings at ${sample.group}`);
console.table(
  Object.fromEntries(
    ["all", ...new Set(judged.map(({ rule }) => rule))].map((rule) => [rule, countsOf(rule)] as const),
  ),
);

function lineOf({ path, line }: Pick<Judged, "path" | "line">): string {
  const lines = readFileSync(join(corpusFolder, path), "utf8").split("\n");
  return (lines[line - 1] ?? "").trim().slice(0, 160);
}

function countsOf(rule: string): Readonly<Record<string, number>> {
  const of = rule === "all" ? judged : judged.filter((one) => one.rule === rule);
  const count = (verdict: Judged["verdict"]) => of.filter((one) => one.verdict === verdict).length;
  return {
    drawn: of.length,
    right: count("right"),
    wrong: count("wrong"),
    debatable: count("debatable"),
    open: count(null),
  };
}
