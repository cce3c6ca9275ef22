import assert from "node:assert/strict";
import test from "node:test";
import { entriesOf, isSetTo, itemsOf, textOf } from "../../../../server/src/documents/daemon/model";
import { parseDaemon } from "../../../../server/src/documents/daemon/parse";
import { maxJsonDepth, maxJsonProblems } from "../../../../server/src/limits";
import type { Span } from "../../../../server/src/text/span";

test("a file's settings, with the place of each part", () => {
  const text = '{\n  "hosts": ["fd://", "tcp://a:1"],\n  "tls": true,\n  "mtu": 1400\n}\n';
  const { root, settings, problems, comments, isWhole } = parseDaemon(text);
  const at = (span: Span | undefined): string | undefined => span && text.slice(span.start, span.end);
  assert.deepEqual([problems, comments, isWhole], [[], [], true]);
  assert.equal(at(root?.span), text.trim());
  assert.deepEqual([...settings.keys()], ["hosts", "tls", "mtu"]);
  const hosts = settings.get("hosts");
  assert.equal(at(hosts?.keySpan), '"hosts"');
  assert.equal(at(hosts?.span), '"hosts": ["fd://", "tcp://a:1"]');
  assert.deepEqual(
    itemsOf(hosts).map((item) => at(item.span)),
    ['"fd://"', '"tcp://a:1"'],
  );
  assert.equal(text[hosts!.comma!], ",");
  assert.equal(isSetTo(settings.get("tls"), true), true);
  assert.deepEqual(settings.get("mtu")?.value, {
    kind: "number",
    span: { start: text.indexOf("1400"), end: text.indexOf("1400") + 4 },
    value: 1400,
  });
});

test("keys from Object's prototype are keys like others", () => {
  const { settings } = parseDaemon('{ "__proto__": { "a": "b" }, "constructor": "c", "toString": 1 }');
  assert.deepEqual([...settings.keys()], ["__proto__", "constructor", "toString"]);
  assert.deepEqual(
    entriesOf(settings.get("__proto__")).map((entry) => [entry.key, textOf(entry)]),
    [["a", "b"]],
  );
});

test("comments are read over, each with its place", () => {
  const text = '\uFEFF// one\n{ "a": 1, // two\n  /* three */ "b": "// no" }';
  const { comments, settings, problems } = parseDaemon(text);
  assert.deepEqual(
    comments.map(({ span, line, ownLine }) => [text.slice(span.start, span.end), line, ownLine]),
    [
      ["// one", 0, true],
      ["// two", 1, false],
      ["/* three */", 2, true],
    ],
  );
  assert.deepEqual([...settings.keys()], ["a", "b"]);
  assert.deepEqual(problems, []);
});

const broken: readonly (readonly [text: string, keys: readonly string[], problem: string])[] = [
  ['{ "a": 1, "b": [1, 2], }', ["a", "b"], "JSON allows no comma behind the last part"],
  ['{ "a": 1\n  "b": 2 }', ["a", "b"], "A comma is missing before this key"],
  ['{ "a" 1 }', ["a"], "A colon is missing before this value"],
  ['{ "a": , "b": 2 }', ["a", "b"], "The value before this comma is missing"],
  ['{ "a": }', ["a"], "The value of this key is missing"],
  ['{ "a": 1', ["a"], "A closing bracket is missing"],
  ['{ "a": [1 }', ["a"], "Another bracket is to be closed before this one"],
  ['{ "a": 1 ] }', ["a"], "This bracket closes nothing"],
  ['{ a: 1, "b": 2 }', ["b"], "JSON does not know this word"],
  ['{ "a": yes }', ["a"], "JSON does not know this word"],
  ['{ "a": "x\n}', ["a"], "JSON does not allow this"],
  ['{ , "a": 1 }', ["a"], "There is nothing before this comma"],
  ['{ "a": 1 } { "b": 2 }', ["a"], "The file goes on after its end"],
  ['{ "a": [1 2] }', ["a"], "A comma is missing before this value"],
  ["[1]", [], ""],
  ["", [], ""],
];

for (const [text, keys, message] of broken) {
  test(`${JSON.stringify(text)} gives the keys ${keys.join(", ") || "(none)"}`, () => {
    const { settings, problems, isWhole } = parseDaemon(text);
    assert.deepEqual([...settings.keys()], keys);
    assert.equal(problems[0]?.message ?? "", message);
    assert.equal(isWhole, message === "");
  });
}

test("of a key given twice the last counts, and each repetition is known", () => {
  const text = '{ "a": 1, "a": 2, "b": { "c": 1, "c": 2 }, "a": 3 }';
  const { settings, repeatedKeys, problems } = parseDaemon(text);
  const { value } = settings.get("a")!;
  assert.equal(value?.kind === "number" && value.value, 3);
  assert.deepEqual(
    repeatedKeys.map(({ key, keySpan }) => [key, keySpan.start]),
    [
      ["a", text.indexOf('"a": 2')],
      ["c", text.indexOf('"c": 2')],
      ["a", text.indexOf('"a": 3')],
    ],
  );
  assert.deepEqual(problems, []);
});

test("what is nested too deep is not read, and says so", () => {
  const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
  assert.deepEqual(parseDaemon(deep(maxJsonDepth)).problems, []);
  const tooDeep = parseDaemon(deep(maxJsonDepth + 1));
  assert.deepEqual(
    tooDeep.problems.map(({ effect }) => effect),
    ["unchecked"],
  );
  assert.equal(tooDeep.root, undefined);
  // Brackets that close nothing must not hide how deep it goes.
  for (const part of ["[},", "{],", '{"a":[}', "["]) {
    assert.equal(
      parseDaemon(part.repeat(200_000)).problems[0]?.message.includes("nothing") !== undefined,
      true,
    );
  }
});

test("problems are listed up to a bound", () => {
  assert.equal(parseDaemon(`{${" ]".repeat(10_000)}}`).problems.length, maxJsonProblems);
});
