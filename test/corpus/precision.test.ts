import assert from "node:assert/strict";
import test from "node:test";
import { corpusMissing } from "../support/corpus";
import {
  carelessRepositories,
  findingsOfSample,
  highPerDockerfile,
  keyOf,
  type PrecisionGroup,
  precisionSamples,
  readVerdicts,
  sampleSize,
  wellRunRepositories,
} from "../support/precision";

/** The share of judged findings that must be right. */
const leastRight: Readonly<Record<PrecisionGroup, number>> = { high: 0.95, medium: 0.93 };

/** The share of the judged findings that must still be reported: with fewer they say little of the present rules. */
const leastReported = 0.9;

for (const sample of precisionSamples) {
  const { group, kinds, files = "sample", whole: size = sampleSize } = sample;
  const judged = readVerdicts(sample);

  test(`${size} findings at ${group} in files of kind ${kinds} (${files}) are judged, each once`, () => {
    assert.equal(judged.length, size);
    assert.equal(new Set(judged.map(keyOf)).size, size);
    assert.deepEqual(
      judged.filter(({ verdict }) => verdict === null).map(keyOf),
      [],
      "every finding has a verdict",
    );
    assert.deepEqual(
      judged.filter(({ verdict, note }) => verdict !== "right" && note === "").map(keyOf),
      [],
      "a verdict that is not right says why",
    );
  });

  test(`of the judged findings at ${group} in files of kind ${kinds} (${files}) that are still reported, ${leastRight[group] * 100} % are right`, (t) => {
    if (corpusMissing !== undefined) return t.skip(corpusMissing);
    const found = new Set(findingsOfSample(sample).map(keyOf));
    const reported = judged.filter((one) => found.has(keyOf(one)));
    assert.ok(
      reported.length >= leastReported * size,
      `${reported.length} of ${judged.length} are still reported: draw again with scripts/precision.ts`,
    );
    const notRight = reported.filter(({ verdict }) => verdict !== "right");
    assert.ok(
      1 - notRight.length / reported.length >= leastRight[group],
      `not right: ${notRight.map((one) => `${keyOf(one)} (${one.note})`).join(", ")}`,
    );
  });
}

test("well-run projects have few findings at high, careless ones three times as many", (t) => {
  if (corpusMissing !== undefined) return t.skip(corpusMissing);
  const wellRun = highPerDockerfile(wellRunRepositories);
  const careless = highPerDockerfile(carelessRepositories);
  assert.ok(wellRun.files > 150 && careless.files > 1000, "the corpus has their files");
  t.diagnostic(`well-run: ${wellRun.findings} in ${wellRun.files} files`);
  t.diagnostic(`careless: ${careless.findings} in ${careless.files} files`);
  assert.ok(wellRun.findings / wellRun.files <= 0.3);
  assert.ok(careless.findings / careless.files >= (3 * wellRun.findings) / wellRun.files);
});
