import assert from "node:assert/strict";
import test from "node:test";
import { ageOf } from "../../../server/src/registry/describe";

test("an age in words", () => {
  const now = Date.parse("2026-11-22T12:00:00Z");
  const age = (days: number) => ageOf(new Date(now - days * 86_400_000).toISOString(), now);
  assert.deepEqual([-1, 0, 1, 2, 13, 14, 59, 60, 729, 730, 4_000].map(age), [
    ...["today", "today", "yesterday", "2 days ago", "13 days ago", "2 weeks ago", "8 weeks ago"],
    ...["2 months ago", "24 months ago", "2 years ago", "10 years ago"],
  ]);
});
