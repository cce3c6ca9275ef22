import assert from "node:assert/strict";
import test from "node:test";
import { parseYaml } from "../../../../server/src/documents/yaml/parse";
import {
  entriesOf,
  isNull,
  itemsOf,
  scalarOf,
  spanInScalar,
  type YamlNode,
  type YamlScalar,
} from "../../../../server/src/documents/yaml/tree";
import type { Span } from "../../../../server/src/text/span";

function rootOf(text: string): YamlNode {
  const root = parseYaml(text).documents[0]?.root;
  assert.ok(root !== undefined, "has a document");
  return root;
}

function scalarAt(text: string, key: string): YamlScalar {
  const entry = entriesOf(rootOf(text)).find((one) => one.key === key);
  const scalar = scalarOf(entry?.value);
  assert.ok(scalar !== undefined, `${key} is a scalar`);
  return scalar;
}

function cut(text: string, span: Span): string {
  return text.slice(span.start, span.end);
}

function messagesOf(text: string): readonly string[] {
  return parseYaml(text).problems.map((problem) => problem.message);
}

test("scalars of every style have their value and their place", () => {
  const text =
    "a: plain text\nb: 'it''s'\nc: \"x\\ty\"\nd: |-\n  one\n  two\ne: >\n  folded\n  line\nf: multi\n  line\n";
  const seen = ["a", "b", "c", "d", "e", "f"].map((key) => {
    const scalar = scalarAt(text, key);
    return [scalar.style, scalar.value, cut(text, scalar.span)];
  });
  assert.deepEqual(seen, [
    ["plain", "plain text", "plain text"],
    ["single", "it's", "'it''s'"],
    ["double", "x\ty", '"x\\ty"'],
    ["literal", "one\ntwo", "|-\n  one\n  two"],
    ["folded", "folded line\n", ">\n  folded\n  line"],
    ["plain", "multi line", "multi\n  line"],
  ]);
});

test("collections end where their content ends", () => {
  const text = "map:\n  a: 1\n  b:\n    - x # why\nflow: { a: [1, 2 ], }\nafter: 1\n";
  const spans = entriesOf(rootOf(text)).map((entry) => cut(text, entry.value.span));
  assert.deepEqual(spans, ["a: 1\n  b:\n    - x", "{ a: [1, 2 ], }", "1"]);
});

test("an absent value stands behind its colon or dash", () => {
  const text = "a:\nb:   # nothing\nc: { d: , e }\nf:\n  -\n  - 1\n";
  const entries = entriesOf(rootOf(text));
  assert.deepEqual(
    entries.slice(0, 2).map((entry) => [entry.value.span.start, isNull(entry.value)]),
    [
      [2, true],
      [5, true],
    ],
  );
  const [first, second] = itemsOf(entries[3]?.value);
  assert.ok(first !== undefined && isNull(first));
  assert.equal(text.slice(first.span.start - 1, first.span.start), "-");
  assert.equal(scalarOf(second)?.value, "1");
});

test("anchors, aliases and tags", () => {
  const text = "a: &x !mine [1]\nb: *x\nc: !reset\nd: *nowhere\n";
  const tree = parseYaml(text);
  const root = rootOf(text);
  assert.equal(root.kind, "map");
  const [a, b, c, d] = root.kind === "map" ? root.pairs.map((pair) => pair.value) : [];
  assert.deepEqual([a?.tag, a?.anchor, c?.tag], ["!mine", "x", "!reset"]);
  assert.ok(b?.kind === "alias" && b.target === a);
  assert.ok(d?.kind === "alias" && d.target === undefined);
  assert.deepEqual(
    tree.problems.map((problem) => cut(text, problem.span)),
    ["*nowhere"],
  );
});

test("an alias within its own anchor has no target, so that the graph has no cycle", () => {
  const text = "a: &a\n  b: *a\n";
  const inner = entriesOf(entriesOf(rootOf(text))[0]?.value)[0]?.pair.value;
  assert.ok(inner?.kind === "alias" && inner.target === undefined);
});

test("comments, but no number sign within a scalar", () => {
  const text =
    "# one\na: b # two\nc: 'x # no'\nd: x#no\ne: | # three\n  # text\n  more\n  # four\n#five\nf: [ # six\n  1]\n";
  const comments = parseYaml(text).comments.map((comment) => [cut(text, comment.span), comment.ownLine]);
  assert.deepEqual(comments, [
    ["# one", true],
    ["# two", false],
    ["# three", false],
    ["#five", true],
    ["# six", false],
  ]);
});

test("several documents, a byte-order mark and CRLF", () => {
  const text = "\uFEFFa: 1\r\n---\r\nb: 2 # c\r\n...\r\n";
  const tree = parseYaml(text);
  const keys = tree.documents.map((document) => entriesOf(document.root).map((entry) => entry.key));
  assert.deepEqual(keys, [["a"], ["b"]]);
  assert.deepEqual(
    tree.comments.map((comment) => cut(text, comment.span)),
    ["# c"],
  );
  assert.deepEqual(tree.problems, []);
});

test("a repeated key is a problem, merge keys and other maps' keys are not", () => {
  const text = "a: 1\nb: { a: 1 }\na: 2\n<<: {}\n<<: {}\n";
  const problems = parseYaml(text).problems;
  assert.deepEqual(
    problems.map((problem) => [problem.span.start, problem.effect]),
    [[17, "syntax"]],
  );
});

test("half-typed text keeps what stands before and after", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["a: 1\nb\nc: 3\n", ["a", "b", "c"]],
    ["a: 1\nb: [x\nc: 3\n", ["a", "b"]],
    ["a: 1\nb: {\nc: 3\n", ["a", "b"]],
    ["a: 1\nd: *\nb: 2\n", ["a", "b"]],
  ];
  for (const [text, keys] of cases) {
    assert.ok(messagesOf(text).length > 0, `${JSON.stringify(text)} has a problem`);
    const found = entriesOf(rootOf(text)).map((entry) => entry.key);
    for (const key of keys)
      assert.ok(found.includes(key), `${JSON.stringify(text)} keeps ${key}, has ${found}`);
  }
});

test("deep nesting is not read, on the valid path and on the broken one", () => {
  const texts = [
    `${"- ".repeat(1000)}x\n`,
    `]\n${"- ".repeat(1000)}x\n`,
    `a: b: c\n${"[".repeat(1000)}`,
    `${"? ".repeat(1000)}x\n`,
    `a: b: c\nd: ${"{a: ".repeat(1000)}`,
  ];
  for (const text of texts) {
    const tree = parseYaml(text);
    assert.deepEqual(tree.documents, []);
    assert.deepEqual(
      tree.problems.map((problem) => problem.effect),
      ["unchecked"],
    );
  }
});

test("a text beyond the limits is said to be unchecked", () => {
  const [problem] = parseYaml(`a: ${"x".repeat(2_000_001)}`).problems;
  assert.equal(problem?.effect, "unchecked");
});

test("many errors give a bounded list", () => {
  assert.equal(messagesOf("\t- x\n".repeat(1_000)).length, 100);
});

test("a closing bracket at the margin is no problem", () => {
  assert.deepEqual(messagesOf('a:\n  b: [\n    "x"\n  ]\nc: 1\n'), []);
});

test("a part of a scalar is found where it is written as it reads", () => {
  const text = "a: 'NAME=value'\nb: \"x\\ty=z\"\nc: |\n  one\n\n  two words\nd: plain\n";
  const part = (key: string, wanted: string): string => {
    const scalar = scalarAt(text, key);
    const from = scalar.value.indexOf(wanted);
    return cut(text, spanInScalar(text, scalar, from, from + wanted.length));
  };
  assert.equal(part("a", "value"), "value");
  assert.equal(part("d", "lai"), "lai");
  assert.equal(part("c", "words"), "words");
  assert.equal(part("b", "z"), '"x\\ty=z"', "an escape moves the offsets, so the whole scalar is given");
});
