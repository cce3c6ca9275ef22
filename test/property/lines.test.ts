import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { changeBetween } from "../../server/src/text/change";
import { type Lines, linesAfter, linesOf } from "../../server/src/text/lines";

const piece = fc.constantFrom("a", "bc", "\n", "\r", "\r\n", "\n\n", "");
const source = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(""));

test("after any change, the lines read again around it are those of the whole text", () => {
  fc.assert(
    fc.property(fc.array(source, { minLength: 2, maxLength: 6 }), (texts) => {
      let [before = ""] = texts;
      let lines = linesOf(before);
      for (const text of texts) {
        lines = linesAfter(lines, changeBetween(before, text), text);
        assert.deepEqual(startsOf(lines), startsOf(linesOf(text)));
        for (let offset = -1; offset <= text.length + 1; offset++)
          assert.deepEqual(lines.at(offset), linesOf(text).at(offset));
        before = text;
      }
    }),
    { numRuns: 3_000 },
  );
});

test("after typing in one place and another, lines have moved as in the whole text", () => {
  const edit = fc.record({
    at: fc.nat(),
    length: fc.nat(2),
    text: fc.constantFrom("x", "", "yz", "\n", "\r\n"),
  });
  fc.assert(
    fc.property(source, fc.array(edit, { maxLength: 3 }), fc.nat(5), (first, edits, times) => {
      let text = first;
      let lines = linesOf(text);
      for (const { at, length, text: inserted } of edits) {
        // The same edit again and again, as somebody types.
        for (let time = 0; time <= times; time++) {
          const from = at % (first.length + 1);
          const next = text.slice(0, from) + inserted + text.slice(from + length);
          lines = linesAfter(lines, changeBetween(text, next), next);
          text = next;
          assert.deepEqual(startsOf(lines), startsOf(linesOf(text)));
          assert.deepEqual(lines.at(from), linesOf(text).at(from));
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

function startsOf(lines: Lines): readonly number[] {
  return Array.from({ length: lines.count }, (_, line) => lines.startOf(line));
}
