import assert from "node:assert/strict";
import test from "node:test";
import { parseYaml } from "../../../../server/src/documents/yaml/parse";
import type { YamlNode } from "../../../../server/src/documents/yaml/tree";
import { maxBrokenEntries, maxEntryDepth } from "../../../../server/src/limits";

/** A node as plain data. */
function plain(node: YamlNode | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.kind === "map") return node.pairs.map(({ key, value }) => [plain(key), plain(value)]);
  if (node.kind === "sequence") return node.items.map(plain);
  return node.kind === "alias" ? `*${node.name}` : node.value;
}

function read(text: string): { readonly root: unknown; readonly wrong: readonly string[] } {
  const { documents, problems } = parseYaml(text);
  return {
    root: plain(documents[0]?.root),
    wrong: problems.map(({ span }) => text.slice(span.start, span.end)),
  };
}

test("what is half typed costs its own line and nothing else", () => {
  const cases: readonly (readonly [line: string, pair: unknown, wrong: string])[] = [
    ['    image: "x', ["image", "x"], "x"],
    ["    'image: x", ["image: x", ""], "'image: x"],
    ["    ports: [80,", ["ports", ["80"]], ","],
    ["    labels: { a: b", ["labels", [["a", "b"]]], "b"],
    ["    imag", ["imag", ""], "imag"],
    ["    image: @", ["image", "@"], "@"],
    ["    user: a: b", ["user", [["a", "b"]]], "a"],
  ];
  for (const [line, pair, wrong] of cases) {
    const text = `services:\n  a:\n    restart: always\n${line}\n    tty: true\n  b:\n    image: y\nvolumes:\n  v:\n`;
    const found = read(text);
    assert.deepEqual(
      found.root,
      [
        [
          "services",
          [
            ["a", [["restart", "always"], pair, ["tty", "true"]]],
            ["b", [["image", "y"]]],
          ],
        ],
        ["volumes", [["v", ""]]],
      ],
      line,
    );
    assert.ok(found.wrong.includes(wrong), `${line}: ${found.wrong.join(" | ")}`);
  }
});

test("what is indented wrongly stands in the map around it", () => {
  assert.deepEqual(read("services:\n  a:\n    image: x\n b:\n    image: y\n  c:\n    image: z\n").root, [
    [
      "services",
      [
        ["a", [["image", "x"]]],
        ["b", [["image", "y"]]],
        ["c", [["image", "z"]]],
      ],
    ],
  ]);
});

test("anchors above a mistake are meant by aliases below it, and none that stands below", () => {
  const { documents, problems } = parseYaml("x: &x [1]\na: [\nb:\n  c: *x\n  d: *y\ne: &y 2\n");
  const root = documents[0]?.root;
  assert.ok(root?.kind === "map");
  const [x, , b] = root.pairs;
  assert.ok(b?.value.kind === "map");
  const [c, d] = b.value.pairs;
  assert.ok(c?.value.kind === "alias" && c.value.target === x?.value);
  assert.ok(d?.value.kind === "alias" && d.value.target === undefined);
  assert.ok(problems.some(({ message }) => message.startsWith("No anchor")));
});

test("a text that cannot be divided is read as a whole", () => {
  const exact = "a: 1\nb: { c: d }\n";
  assert.equal(parseYaml(exact).reading, "exact");
  assert.equal(typeof parseYaml(`${exact}e: [\n`).reading, "object");
  for (const text of [
    `${exact}e: [\n---\nf: 1\n`,
    `- a: 1\n- b: [\n`,
    `{ a: b\n`,
    `? a\n: [\n`,
    "a: [\n".replace("a", "b") + "c: [\n".repeat(maxBrokenEntries),
  ])
    assert.equal(parseYaml(text).reading, undefined, text.slice(0, 20));
});

test("maps are divided so deep and no deeper", () => {
  const nested = (depth: number): string =>
    `${Array.from({ length: depth }, (_, at) => `${" ".repeat(at)}k${at}:\n`).join("")}${" ".repeat(depth)}a\n${" ".repeat(depth)}b: 1\n`;
  const { reading } = parseYaml(nested(maxEntryDepth - 1));
  const deeper = parseYaml(nested(maxEntryDepth)).reading;
  assert.ok(reading instanceof Map && deeper instanceof Map);
  assert.deepEqual([reading.size, deeper.size], [maxEntryDepth, maxEntryDepth]);
});
