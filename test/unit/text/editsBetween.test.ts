import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { applyEdits } from "../../../server/src/text/edit";
import { editsBetween } from "../../../server/src/text/editsBetween";

test("edits are cut down to what differs", () => {
  assert.deepEqual(editsBetween("a\nsudo b\nc\n", "a\nb\nc\n"), [{ start: 2, end: 7, text: "" }]);
  assert.deepEqual(editsBetween("same\n", "same\n"), []);
  assert.equal(editsBetween("1\nx\n2\ny\n3\n", "1\nX\n2\nY\n3\n").length, 2);
});

test("applying the edits gives the other text", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", "\n", "\r\n", "RUN x\n"), { maxLength: 30 })
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, text, (before, after) => {
      assert.equal(applyEdits(before, editsBetween(before, after)), after);
    }),
  );
});
