import assert from "node:assert/strict";
import test from "node:test";
import { corpusMissing } from "../support/corpus";
import {
  findingsOfSample,
  keyOf,
  type PrecisionGroup,
  precisionGroups,
  readVerdicts,
  sampleSize,
} from "../support/precision";

/** The share of judged findings that must be right. */
const leastRight: Readonly<Record<PrecisionGroup, number>> = { high: 0.95, medium: 0.93 };

/** How many of the judged findings must still be reported: with fewer they say little of the present rules. */
const leastReported = 90;

for (const group of precisionGroups) {
  const judged = readVerdicts(group);

  test(`${sampleSize} findings at ${group} are judged, each once`, () => {
    assert.equal(judged.length, sampleSize);
    assert.equal(new Set(judged.map(keyOf)).size, sampleSize);
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

  test(`of the judged findings at ${group} that are still reported, ${leastRight[group] * 100} % are right`, (t) => {
    if (corpusMissing !== undefined) return t.skip(corpusMissing);
    const found = new Set(findingsOfSample(group).map(keyOf));
    const reported = judged.filter((one) => found.has(keyOf(one)));
    assert.ok(
      reported.length >= leastReported,
      `${reported.length} of ${judged.length} are still reported: draw again with scripts/precision.ts`,
    );
    const notRight = reported.filter(({ verdict }) => verdict !== "right");
    assert.ok(
      1 - notRight.length / reported.length >= leastRight[group],
      `not right: ${notRight.map((one) => `${keyOf(one)} (${one.note})`).join(", ")}`,
    );
  });
}
