import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { changeBetween } from "../../server/src/text/change";
import { linesAfter, linesOf } from "../../server/src/text/lines";

const piece = fc.constantFrom("a", "bc", "\n", "\r", "\r\n", "\n\n", "");
const source = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(""));

test("after any change, the lines read again around it are those of the whole text", () => {
  fc.assert(
    fc.property(fc.array(source, { minLength: 2, maxLength: 6 }), (texts) => {
      let [before = ""] = texts;
      let lines = linesOf(before);
      for (const text of texts) {
        lines = linesAfter(lines, changeBetween(before, text), text);
        assert.deepEqual(lines.starts, linesOf(text).starts);
        before = text;
      }
    }),
    { numRuns: 3_000 },
  );
});
