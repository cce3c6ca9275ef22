import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { parseDockerfile } from "../../server/src/documents/dockerfile/parse";
import { parseImageReference } from "../../server/src/documents/imageReference";
import { endOfLifeDates } from "../../server/src/knowledge/endOfLife";
import { imageFacts } from "../../server/src/knowledge/images";
import { publisherKind } from "../../server/src/knowledge/publishers";
import { takenImages } from "../../server/src/rules/shared/imageUses";
import { corpusFiles, corpusMissing } from "../support/corpus";

interface Sample {
  readonly references: Readonly<Record<string, string>>;
}

test("a hundred references of real files reach their ends when endoflife.date says so", () => {
  const { references } = JSON.parse(readFileSync(join(__dirname, "endOfLife.json"), "utf8")) as Sample;
  const ours = Object.keys(references).map((source) => [
    source,
    endOfLifeDates(parseImageReference(source)!)
      .map(({ product, cycle, date }) => `${product} ${cycle} ${date}`)
      .join(" + "),
  ]);
  assert.equal(ours.length, 100);
  assert.deepEqual(Object.fromEntries(ours), references);
});

test("the default user is known for 85 of 100 references to official images, and more", (t) => {
  if (corpusMissing !== undefined) return t.skip(corpusMissing);
  const official = corpusFiles("dockerfile")
    .flatMap(({ text }) => takenImages(parseDockerfile(text)))
    .filter(({ reference }) => publisherKind(reference) === "official");
  const known = official.filter(({ reference }) => imageFacts(reference)?.defaultUser.state === "known");
  assert.ok(official.length > 1_500, String(official.length));
  assert.ok(known.length / official.length >= 0.85, `${known.length} of ${official.length}`);
});
