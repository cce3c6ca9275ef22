import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { corpusFiles, corpusMissing, countFindings } from "../support/corpus";

const snapshot = join(__dirname, "counts.json");

test("each rule finds in real files what it found before (UPDATE_COUNTS=1 writes)", (t) => {
  if (corpusMissing !== undefined) return t.skip(corpusMissing);
  const counts = Object.fromEntries(countFindings([...corpusFiles("dockerfile"), ...corpusFiles("compose")]));
  if (process.env.UPDATE_COUNTS === "1") writeFileSync(snapshot, `${JSON.stringify(counts, undefined, 2)}\n`);
  assert.deepEqual(counts, JSON.parse(readFileSync(snapshot, "utf8")));
});
