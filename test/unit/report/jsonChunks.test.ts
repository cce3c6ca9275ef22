import assert from "node:assert/strict";
import test from "node:test";
import { jsonChunks, lazyList } from "../../../server/src/report/jsonChunks";

const plain = [1, "a\nb", null, [], {}, [1, [2, { a: [] }]], { a: { b: [1, 2], c: undefined } }, undefined];

test("pieces are together what JSON.stringify writes, wherever lists stand that are made as they are written", () => {
  const lazy = {
    first: plain,
    runs: [{ results: lazyList(() => plain), none: lazyList(() => []), last: {} }],
  };
  const whole = { first: plain, runs: [{ results: plain, none: [], last: {} }] };
  assert.equal([...jsonChunks(lazy)].join(""), `${JSON.stringify(whole, undefined, 2)}\n`);
  for (const value of plain.slice(0, -1))
    assert.equal([...jsonChunks(value)].join(""), `${JSON.stringify(value, undefined, 2)}\n`);
});
