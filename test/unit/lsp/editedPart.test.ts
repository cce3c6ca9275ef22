import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { TextDocument } from "vscode-languageserver-textdocument";
import { editedBy, touches } from "../../../server/src/lsp/editedPart";

const text = "FROM a\nRUN curl -k b\nUSER root\n";

const edit = fc.record({
  at: fc.nat(),
  length: fc.nat(3),
  text: fc.constantFrom("", "x", "yy", "\n", "a\r"),
});

/** Where each character of a text is after edits; -1 for one that was replaced. */
function followed(edits: readonly { at: number; length: number; text: string }[]) {
  const document = TextDocument.create("file:///a", "x", 1, text);
  let origins = [...text].map((_, at) => at);
  const changes = edits.map((one, version) => {
    const now = document.getText();
    const start = one.at % (now.length + 1);
    const end = Math.min(now.length, start + one.length);
    const range = { start: document.positionAt(start), end: document.positionAt(end) };
    const change = { range, text: one.text };
    TextDocument.update(document, [change], version + 2);
    origins = [...origins.slice(0, start), ...[...one.text].map(() => -1), ...origins.slice(end)];
    return change;
  });
  return { document, changes, origins };
}

test("what edits have not touched stands where it stood, or further along its line", () => {
  const before = TextDocument.create("file:///a", "x", 1, text);
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
      const { document, changes, origins } = followed(edits);
      const part = editedBy(undefined, changes);
      assert.ok(part !== undefined);
      for (const [at, origin] of origins.entries()) {
        const start = document.positionAt(at);
        if (touches(part!, { start, end: start })) continue;
        assert.notEqual(origin, -1, "a character that was put in is in the part");
        assert.equal(start.line, before.positionAt(origin).line);
      }
    }),
  );
});

test("line breaks, whole texts and edits over lines touch everything", () => {
  const at = { line: 1, character: 2 };
  const far = { start: { line: 9, character: 0 }, end: { line: 9, character: 1 } };
  assert.equal(editedBy(undefined, [{ text: "" }]), "all");
  assert.equal(editedBy(undefined, [{ range: { start: at, end: at }, text: "\n" }]), "all");
  assert.equal(editedBy(undefined, [{ range: { start: at, end: far.start }, text: "" }]), "all");
  assert.equal(editedBy("all", [{ range: { start: at, end: at }, text: "x" }]), "all");
  assert.ok(touches("all", far));
});

test("a range that ends where an edit begins is touched, one before it or on another line is not", () => {
  const part = editedBy(undefined, [
    { range: { start: { line: 1, character: 4 }, end: { line: 1, character: 4 } }, text: "x" },
  ]);
  assert.deepEqual(part, { start: { line: 1, character: 4 }, end: { line: 1, character: 5 } });
  const on = (line: number, start: number, end: number) =>
    touches(part!, { start: { line, character: start }, end: { line, character: end } });
  assert.deepEqual(
    [on(1, 0, 3), on(1, 0, 4), on(1, 5, 9), on(1, 6, 9), on(0, 0, 9), on(2, 0, 9)],
    [...[false, true, true, false, false, false]],
  );
});
