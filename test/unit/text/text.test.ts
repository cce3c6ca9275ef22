import assert from "node:assert/strict";
import test from "node:test";
import { applyEdits, areDisjoint, insertAt, replaceSpan } from "../../../server/src/text/edit";
import { lineBreakOf, linesOf } from "../../../server/src/text/lines";
import { parseMarks } from "../../../server/src/text/marks";

test("lines end at LF, CRLF and a lone CR", () => {
  const lines = linesOf("a\nbc\r\nd\re");
  assert.equal(lines.count, 4);
  assert.deepEqual(
    [0, 1, 2, 3].map((line) => lines.startOf(line)),
    [0, 2, 6, 8],
  );
  assert.deepEqual(lines.contentOf(1), { start: 2, end: 4 });
});

test("offsets become lines and columns, clamped to the text", () => {
  const lines = linesOf("ab\n\ncd");
  assert.deepEqual(lines.at(0), { line: 0, column: 0 });
  assert.deepEqual(lines.at(2), { line: 0, column: 2 });
  assert.deepEqual(lines.at(3), { line: 1, column: 0 });
  assert.deepEqual(lines.at(99), { line: 2, column: 2 });
  assert.deepEqual(lines.at(-1), { line: 0, column: 0 });
});

test("columns count UTF-16 units", () => {
  assert.deepEqual(linesOf("😀x").at(2), { line: 0, column: 2 });
});

test("an empty text has one empty line", () => {
  assert.equal(linesOf("").count, 1);
  assert.deepEqual(linesOf("").contentOf(0), { start: 0, end: 0 });
});

test("the line break of a text is that of its first line", () => {
  assert.equal(lineBreakOf("a\r\nb\n"), "\r\n");
  assert.equal(lineBreakOf("a\nb\r\n"), "\n");
  assert.equal(lineBreakOf("a"), "\n");
});

test("edits apply in any order", () => {
  assert.equal(
    applyEdits("abcdef", [
      replaceSpan({ start: 4, end: 6 }, "Y"),
      insertAt(0, "X"),
      replaceSpan({ start: 1, end: 2 }, ""),
    ]),
    "XacdY",
  );
});

test("overlapping edits and edits beyond the text are refused", () => {
  assert.throws(
    () => applyEdits("abc", [replaceSpan({ start: 0, end: 2 }, ""), replaceSpan({ start: 1, end: 3 }, "")]),
    RangeError,
  );
  assert.throws(() => applyEdits("abc", [replaceSpan({ start: 2, end: 4 }, "")]), RangeError);
  assert.equal(areDisjoint([insertAt(1, "a"), insertAt(1, "b")], 3), true);
});

test("marks are taken out and give spans, nested ones too", () => {
  assert.deepEqual(parseMarks("a«b«c»»d"), {
    text: "abcd",
    spans: [
      { start: 1, end: 3 },
      { start: 2, end: 3 },
    ],
  });
  assert.throws(() => parseMarks("a«b"));
  assert.throws(() => parseMarks("a»b"));
});
