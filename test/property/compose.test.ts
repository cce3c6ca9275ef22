import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { parseCompose } from "../../server/src/documents/compose/parse";
import { parseYaml } from "../../server/src/documents/yaml/parse";
import type { YamlNode } from "../../server/src/documents/yaml/tree";
import { containsSpan } from "../../server/src/text/span";
import { corpusFiles, corpusMissing, randomFrom } from "../support/corpus";

const pieces = [
  "services:",
  "\n",
  "\n  ",
  "\n    ",
  "\n      ",
  "\r\n",
  "web:",
  "image: x",
  "privileged: true",
  "environment:",
  "ports:",
  "volumes:",
  "extends: web",
  "- ",
  "A=b",
  "8080:80",
  "&a ",
  "*a",
  "<<: ",
  "!reset ",
  "[",
  "]",
  "{",
  "}",
  ", ",
  ": ",
  "'",
  '"',
  "|\n",
  ">-\n",
  "# c",
  "---\n",
  "\t",
  "${X:-",
  "}",
  "$",
  "? ",
  "\uFEFF",
  "%YAML 1.2\n",
  "é😀",
  "\0",
];

const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((some) => some.join(""));
const anyText = fc.oneof(soup, fc.string({ unit: "binary", maxLength: 200 }));

/** Every node, each once, with the collection that it stands in. */
function nodesOf(root: YamlNode): { readonly node: YamlNode; readonly parent: YamlNode | undefined }[] {
  const found: { readonly node: YamlNode; readonly parent: YamlNode | undefined }[] = [];
  const waiting: { readonly node: YamlNode; readonly parent: YamlNode | undefined }[] = [
    { node: root, parent: undefined },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node } = next;
    found.push(next);
    if (node.kind === "sequence") for (const item of node.items) waiting.push({ node: item, parent: node });
    if (node.kind === "map")
      for (const { key, value } of node.pairs)
        waiting.push({ node: key, parent: node }, { node: value, parent: node });
  }
  return found;
}

test("any text gives a model", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      parseCompose(text);
    }),
    { numRuns: 2_000 },
  );
});

test("spans are in range, and those of valid text nest", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const tree = parseYaml(text);
      const isValid = tree.problems.length === 0;
      for (const { root } of tree.documents) {
        for (const { node, parent } of nodesOf(root)) {
          assert.ok(node.span.start >= 0 && node.span.start <= node.span.end && node.span.end <= text.length);
          if (isValid && parent !== undefined)
            assert.ok(containsSpan(parent.span, node.span), JSON.stringify(text));
        }
      }
      for (const comment of tree.comments) assert.equal(text[comment.span.start], "#");
      for (const problem of tree.problems) assert.ok(problem.span.end <= text.length);
    }),
    { numRuns: 2_000 },
  );
});

test("a plain or simply quoted scalar stands in the text as it reads", () => {
  fc.assert(
    fc.property(soup, (text) => {
      for (const { root } of parseYaml(text).documents) {
        for (const { node } of nodesOf(root)) {
          if (node.kind !== "scalar" || node.style !== "plain" || node.value.includes(" ")) continue;
          if (!/^[\w=:-]*$/.test(node.value)) continue;
          assert.equal(text.slice(node.span.start, node.span.end), node.value, JSON.stringify(text));
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

test("real files cut anywhere, and with CRLF", (t) => {
  if (corpusMissing !== undefined) return t.skip(corpusMissing);
  const random = randomFrom(20261121);
  for (const { path, text } of corpusFiles("compose")) {
    for (let i = 0; i < 3; i++) parseCompose(text.slice(0, Math.floor(random() * text.length)));
    const lf = text.replaceAll("\r\n", "\n");
    const crlf = lf.replaceAll("\n", "\r\n");
    const [a, b] = [parseCompose(lf), parseCompose(crlf)];
    assert.deepEqual(
      [b.form, b.problems.length, b.comments.length],
      [a.form, a.problems.length, a.comments.length],
      path,
    );
    assert.deepEqual(
      b.services.map((service) => [service.name, b.lines.at(service.nameSpan.start)]),
      a.services.map((service) => [service.name, a.lines.at(service.nameSpan.start)]),
      path,
    );
  }
});
