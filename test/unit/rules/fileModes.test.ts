import assert from "node:assert/strict";
import test from "node:test";
import { judgeMode } from "../../../server/src/rules/shared/fileModes";

const open: readonly (readonly [mode: string, tightened: string | undefined])[] = [
  ["777", "775"],
  ["0666", "0664"],
  ["2", "0"],
  ["4777", "4775"],
  ["o+w", undefined],
  ["a+w", "ug+w"],
  ["ugo+rw", "ug+rw,o+r"],
  ["o=rwx", "o=rx"],
  ["a=w", "ug=w,o="],
  ["u+x,o+w", "u+x"],
  ["+777", "+775"],
  ["=0666", "=0664"],
];

for (const [mode, tightened] of open) {
  test(`${mode} lets everybody write`, () => {
    assert.deepEqual(judgeMode(mode), { worldWritable: true, tightened });
    if (tightened !== undefined) assert.equal(judgeMode(tightened)?.worldWritable, false);
  });
}

for (const mode of [
  "755",
  "-777",
  "+755",
  "+1777",
  "1777",
  "0770",
  "g+w",
  "+w",
  "o-w",
  "a-rwx",
  "a+rwxt",
  "o+w,+t",
  "g=u",
]) {
  test(`${mode} does not`, () => {
    assert.notEqual(judgeMode(mode)?.worldWritable, true);
  });
}

test("what is no mode is not judged", () => {
  for (const text of ["", "888", "/path", "a+rwz", "--reference=x", "1234567"]) {
    assert.equal(judgeMode(text), undefined, text);
  }
});
