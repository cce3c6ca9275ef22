import assert from "node:assert/strict";
import test from "node:test";
import { lookupBySpan } from "../../../server/src/rules/shared/spanLookup";

test("a span finds what it shares a character with, and nothing that it only touches", () => {
  const items = [
    { start: 20, end: 25 },
    { start: 0, end: 5 },
    { start: 10, end: 12 },
  ];
  const at = lookupBySpan(items, (item) => item);
  assert.deepEqual(at({ start: 4, end: 6 }), { start: 0, end: 5 });
  assert.deepEqual(at({ start: 8, end: 11 }), { start: 10, end: 12 });
  assert.deepEqual(at({ start: 22, end: 23 }), { start: 20, end: 25 });
  assert.equal(at({ start: 5, end: 10 }), undefined);
  assert.equal(at({ start: 25, end: 30 }), undefined);
  assert.equal(lookupBySpan([], (item) => item)({ start: 0, end: 1 }), undefined);
});
