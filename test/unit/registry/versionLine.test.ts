import assert from "node:assert/strict";
import test from "node:test";
import { isVersionWithPatch, newerTags, newestPatch } from "../../../server/src/registry/versionLine";

const node = [
  "22",
  "22-alpine",
  "22.9.0",
  "22.10.0",
  "22.11.0",
  "22.11.1",
  "22.11.0-alpine",
  "22.12.0-alpine",
  "22.11.0-alpine3.20",
  "23.0.0",
  "latest",
  "22.11",
  "22.12",
];

test("later versions are those of the same variant, as exact, within the first number; numbers count as numbers", () => {
  assert.deepEqual(newerTags("22.9.0", node), ["22.10.0", "22.11.0", "22.11.1"]);
  assert.deepEqual(newerTags("22.11.0-alpine", node), ["22.12.0-alpine"]);
  assert.deepEqual(newerTags("22.11", node), ["22.12"]);
  assert.deepEqual(newerTags("23.0.0", node), []);
  assert.deepEqual(newerTags("v1.2.3", ["v1.2.4", "1.2.5", "v1.2.4-rc.1", "v2.0.0"]), ["v1.2.4"]);
});

test("tags that move by themselves, or say no version, have no later ones", () => {
  for (const tag of ["22", "22-alpine", "latest", "bookworm-slim", "", "20250101-nightly", "1.2.3.4.5"])
    assert.deepEqual([newerTags(tag, [...node, "99.1"]), isVersionWithPatch(tag)], [[], false], tag);
});

test("the newest patch keeps all numbers but the last", () => {
  assert.equal(newestPatch("22.11.0", node), "22.11.1");
  assert.equal(newestPatch("22.9.0", node), undefined);
  assert.equal(newestPatch("16.3", ["16.4", "16.10", "17.1"]), "16.10");
  assert.equal(newestPatch("1.2.3-alpine", ["1.2.9-slim", "1.2.5-alpine", "1.3.9-alpine"]), "1.2.5-alpine");
});

test("a hostile list costs no more than its length", () => {
  const tags = Array.from({ length: 20_000 }, (_, index) => `${"1.".repeat(4)}${index}${"-".repeat(100)}`);
  assert.deepEqual(newerTags("1.1.1.1", tags), []);
  assert.deepEqual(newerTags("1.2", [`1.${"9".repeat(400)}`]), []);
});
