import assert from "node:assert/strict";
import test from "node:test";
import { addEntries, removeItem, removeKey, setKeys } from "../../../../server/src/documents/daemon/edits";
import { parseDaemon } from "../../../../server/src/documents/daemon/parse";
import { applyEdits } from "../../../../server/src/text/edit";

function withIcc(text: string): string {
  return applyEdits(text, setKeys(parseDaemon(text), { icc: "false" }));
}

const additions: readonly (readonly [title: string, before: string, after: string])[] = [
  ["four spaces", '{\n    "a": 1\n}\n', '{\n    "a": 1,\n    "icc": false\n}\n'],
  ["a tab and CRLF", '{\r\n\t"a": 1\r\n}\r\n', '{\r\n\t"a": 1,\r\n\t"icc": false\r\n}\r\n'],
  ["one line", '{"a": 1}', '{"a": 1, "icc": false}'],
  ["an empty object", "{}\n", '{\n  "icc": false\n}\n'],
  ["an empty object on two lines with CRLF", "{\r\n}\r\n", '{\r\n  "icc": false\r\n}\r\n'],
  ["a comma that is there already", '{\n  "a": 1,\n}\n', '{\n  "a": 1,\n  "icc": false\n}\n'],
  ["a comment behind the last entry", '{\n  "a": 1 // why\n}\n', '{\n  "a": 1, // why\n  "icc": false\n}\n'],
  [
    "an object as the last value",
    '{\n  "a": {\n    "b": 1\n  }\n}',
    '{\n  "a": {\n    "b": 1\n  },\n  "icc": false\n}',
  ],
  ["a key that is there", '{ "icc": true, "a": 1 }', '{ "icc": false, "a": 1 }'],
  ["a byte-order mark", "\uFEFF{\n}", '\uFEFF{\n  "icc": false\n}'],
  ["a value that is missing", '{ "icc": }', '{ "icc": }'],
  ["no end", '{ "a": 1', '{ "a": 1'],
  ["a last value that is missing", '{ "a": }', '{ "a": }'],
  ["no object", "[]", "[]"],
];

for (const [title, before, after] of additions) {
  test(`a key is set in a file with ${title}`, () => {
    assert.equal(withIcc(before), after);
    if (before !== after && !before.includes("//")) assert.deepEqual(parseDaemon(after).problems, []);
  });
}

test("an entry is added to an object within", () => {
  const text = '{\n  "log-opts": {\n    "max-file": "3"\n  }\n}\n';
  const document = parseDaemon(text);
  const options = document.settings.get("log-opts")?.value;
  assert.ok(options?.kind === "object");
  assert.equal(
    applyEdits(text, addEntries(document, options, ['"max-size": "10m"', '"tag": "x"'])),
    '{\n  "log-opts": {\n    "max-file": "3",\n    "max-size": "10m",\n    "tag": "x"\n  }\n}\n',
  );
});

const removals: readonly (readonly [title: string, before: string, after: string])[] = [
  ["in the middle", '{\n  "a": 1,\n  "x": 2,\n  "b": 3\n}\n', '{\n  "a": 1,\n  "b": 3\n}\n'],
  ["at the end", '{\n  "a": 1,\n  "x": 2\n}\n', '{\n  "a": 1\n}\n'],
  ["at the end with CRLF", '{\r\n  "a": 1,\r\n  "x": 2\r\n}\r\n', '{\r\n  "a": 1\r\n}\r\n'],
  ["alone", '{\n  "x": 2\n}\n', "{\n}\n"],
  ["over several lines", '{\n  "x": [\n    1\n  ],\n  "b": 3\n}\n', '{\n  "b": 3\n}\n'],
  ["first on a line", '{"x": 2, "b": 3}', '{"b": 3}'],
  ["last on a line", '{"a": 1, "x": 2}', '{"a": 1}'],
  ["last, on the line of the bracket", '{"a": 1,\n "x": 2}', '{"a": 1}'],
  ["behind a comment", '{\n  "a": 1, // why\n  "x": 2\n}\n', '{\n  "a": 1 // why\n}\n'],
  ["before a comment", '{"x": 2, /* b */ "b": 3}', '{ /* b */ "b": 3}'],
  ["with a comma too many", '{\n  "a": 1,\n  "x": 2,\n}\n', '{\n  "a": 1,\n}\n'],
];

for (const [title, before, after] of removals) {
  test(`a key is removed ${title}`, () => {
    const edits = removeKey(parseDaemon(before), "x");
    assert.equal(applyEdits(before, edits), after);
  });
}

test("an item is removed with its line", () => {
  const text = '{\n  "hosts": [\n    "a",\n    "b"\n  ]\n}\n';
  const document = parseDaemon(text);
  const list = document.settings.get("hosts")?.value;
  assert.ok(list?.kind === "array");
  const without = (index: number): string => applyEdits(text, removeItem(document, list, list.items[index]!));
  assert.equal(without(0), '{\n  "hosts": [\n    "b"\n  ]\n}\n');
  assert.equal(without(1), '{\n  "hosts": [\n    "a"\n  ]\n}\n');
});
