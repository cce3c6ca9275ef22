import assert from "node:assert/strict";
import test from "node:test";
import { parseValid } from "../../../../server/src/documents/yaml/events";
import { parseBroken } from "../../../../server/src/documents/yaml/tolerant";
import { corpusFiles, corpusMissing } from "../../../support/corpus";

/** Files that one of the two libraries refuses though Compose reads them. */
const refusedByOne: ReadonlySet<string> = new Set([
  "compose/open-telemetry__opentelemetry-demo/compose.yaml",
]);

test("both ways of reading give the same tree for every valid real file", (t) => {
  if (corpusMissing !== undefined) return t.skip(corpusMissing);
  const files = corpusFiles("compose");
  assert.ok(files.length > 500, "the corpus is complete");
  for (const { path, text } of files) {
    const valid = parseValid(text, 100);
    if (refusedByOne.has(path)) assert.equal(valid.state, "refused", path);
    else {
      assert.equal(valid.state, "parsed", path);
      const broken = parseBroken(text, 100);
      assert.ok(broken !== "too-deep", path);
      assert.deepEqual(broken.problems, [], path);
      assert.deepEqual(valid.state === "parsed" && valid.documents, broken.documents, path);
    }
  }
});
