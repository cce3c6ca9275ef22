import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import type { ComposeDocument } from "../../server/src/documents/compose/model";
import { createComposeParser } from "../../server/src/documents/compose/parser";
import { readCompose } from "../../server/src/documents/compose/read";
import type { Neighbours, NeighbourText } from "../../server/src/documents/neighbours";
import type { YamlNode } from "../../server/src/documents/yaml/tree";
import { applyEdits } from "../../server/src/text/edit";
import { corpusFiles, corpusMissing, randomFrom } from "../support/corpus";

/** Keys of a service, one of a kind at most. */
const keys = [
  "    image: $NAME",
  "    build: { context: ./app, dockerfile: '${NAME:-x}.Dockerfile' }",
  "    environment:\n      PASSWORD: secret\n      A: $NAME",
  "    environment:\n      - PASSWORD=$NAME\n      - OTHER",
  '    ports: ["80:80", "127.0.0.1::90"]',
  "    ports:\n    - target: 80\n      published: $NAME\n    # - 81",
  "    volumes:\n      - /etc:/etc\n      - type: bind\n        source: ./x.env\n        target: /x",
  "    logging: *logging",
  "    <<: *base",
  "    command: |\n      one\n\n      two # no comment",
  "    command: [a, 'b', \"c\"]  # plimsoll ignore compose-privileged",
  "    deploy:\n      resources:\n        limits:\n          memory: 1g",
  "    cap_drop: [ALL]",
  "    security_opt:\n      - no-new-privileges:true",
  "    healthcheck:\n      test: [NONE]",
  "    labels:\n      a: $NAME\n\n  # between",
  "    env_file: $OTHER",
  "    networks:\n      back:",
  "    user: root",
] as const;
const keyOf = (key: string): string => key.trim().split(":")[0]!;

const service = fc
  .uniqueArray(fc.constantFrom(...keys), { selector: keyOf, minLength: 1, maxLength: 6 })
  .map((some) => some.join("\n"));
const source = fc
  .tuple(
    fc.constantFrom(
      "x-logging: &logging\n  driver: none\nx-base: &base\n  privileged: true\n  ports: ['80:80']\n",
      "version: '3'\nx-a: [&logging { driver: json-file }, &base { user: me }]\nvolumes:\n  early:\n",
    ),
    fc.dictionary(fc.constantFrom("web", "db", "cache", "worker", '"quoted"'), service, { minKeys: 1 }),
    fc.constantFrom(
      "",
      "volumes:\n  data:\n    driver_opts: { type: none, o: bind, device: /etc }\nnetworks:\n  back: {}\n",
    ),
    fc.constantFrom("\n", "\r\n"),
  )
  .map(([head, services, tail, lineBreak]) =>
    `${head}services:\n${Object.entries(services)
      .map(([name, body]) => `  ${name}:\n${body}\n`)
      .join("")}${tail}`.replaceAll("\n", lineBreak),
  );
/** What is half typed, or wrong: in the middle of a line, and as a line of its own. */
const slips = [
  ...[
    '"',
    "'",
    "[",
    "{ a",
    "- [x,",
    "&",
    "&half",
    "*",
    "*log",
    "|",
    ": b: c",
    "@",
    "\t",
    "`",
    "}",
    "!!",
    "%",
  ],
  ...[
    "\n    comm",
    "\n   ports: [x]",
    "\n     x: y",
    "\n  new",
    "\n new:\n   a: b",
    "\n\timage: x",
    "\n  'new:",
  ],
  ...[
    "\n    image: x",
    "\n    ? a\n",
    "\n    - a",
    "\n    ]",
    "\n    <<: *ba",
    "\n    deploy:\n      resources\n",
  ],
];
const edit = fc.record({
  at: fc.nat(),
  length: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(60)),
  text: fc.oneof(
    fc.constantFrom("", " ", "x", "\n", "\r", "#", ":", "-", '"', "'", "[", "&a ", "*logging", "$NAME"),
    fc.constantFrom("\n    ", "\n  new:\n    image: x\n", "extends: web", "|\n", "---\n", "{a: b}", "\t"),
    fc.constantFrom(...keys).map((one) => `\n${one}\n`),
    fc.constantFrom(...slips),
  ),
  // Most of what is broken is repaired, so that the next edit finds something to keep.
  repair: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 2, arbitrary: fc.constant(false) }),
});

const neighbours: readonly Neighbours[] = [
  { name: "compose.yaml", overrides: [], texts: new Map(), complete: true },
  {
    name: "compose.yaml",
    overrides: [],
    texts: new Map<string, NeighbourText>([[".env", { state: "known", value: "NAME=nginx:1\nOTHER=2\n" }]]),
    complete: true,
  },
];

test("after any edits, a document of which one service was read again is the one read as a whole", () => {
  let kept = 0;
  let keptBroken = 0;
  fc.assert(
    fc.property(
      source,
      fc.array(edit, { minLength: 1, maxLength: 12 }),
      fc.constantFrom(...neighbours),
      (first, edits, beside) => {
        const parser = createComposeParser();
        let text = first;
        let before = parser.parse(text, beside).document;
        const become = (next: string): void => {
          const again = parser.parse(next, beside);
          assert.deepEqual(plain(again.document), plain(readCompose(next, beside).document));
          if (again.kept !== undefined) {
            kept++;
            if (before.problems.length > 0) keptBroken++;
            const { region, by } = again.kept;
            assert.equal(again.kept.before, before);
            assert.equal(text.slice(0, region.start), next.slice(0, region.start));
            assert.equal(text.slice(region.end), next.slice(region.end + by));
          }
          before = again.document;
          text = next;
        };
        for (const { at, length, text: inserted, repair } of edits) {
          const sound = text;
          const start = at % (text.length + 1);
          become(applyEdits(text, [{ start, end: Math.min(text.length, start + length), text: inserted }]));
          if (before.problems.length > 0 && repair) become(sound);
        }
      },
    ),
    { numRuns: 120 },
  );
  assert.ok(kept > 25, `only ${kept} edits left a document as it was but for a service`);
  assert.ok(keptBroken > 10, `only ${keptBroken} edits of a broken document did`);
});

test("a key that is not written does not end the service before it early", () => {
  const parser = createComposeParser();
  const text = "services:\n  a:\n    labels:\n      limit\n    image: x\n: y\n";
  const [beside] = neighbours;
  parser.parse(text, beside!);
  const next = text.replace("limit", "limits");
  assert.deepEqual(plain(parser.parse(next, beside!).document), plain(readCompose(next, beside).document));
});

test("real files that are typed in are read as they are when they are opened", (t) => {
  if (corpusMissing !== undefined) return t.skip(corpusMissing);
  const random = randomFrom(7);
  const files = corpusFiles("compose").filter(({ text }) => text.length < 20_000);
  let kept = 0;
  for (let run = 0; run < 200; run++) {
    const file = files[Math.floor(random() * files.length)]!;
    const parser = createComposeParser();
    let text = file.text;
    parser.parse(text, neighbours[0]!);
    for (let step = 0; step < 6; step++) {
      const at = Math.floor(random() * text.length);
      const letters = step % 3 === 2 ? "" : "xyz".slice(0, 1 + (step % 3));
      text = text.slice(0, at) + letters + text.slice(at + (step % 2));
      const again = parser.parse(text, neighbours[0]!);
      if (again.kept !== undefined) kept++;
      assert.deepEqual(
        plain(again.document),
        plain(readCompose(text, neighbours[0]).document),
        `${file.path} at ${at}`,
      );
    }
  }
  assert.ok(kept > 300, `only ${kept} edits were read in part`);
});

/** All of a document as plain data, whether its parts are there or made when they are asked for. */
function plain(document: ComposeDocument): unknown {
  const { text, comments, problems, form, tree, judged, services, volumes, networks } = document;
  const { secrets, configs, includes, project, lines, dashIndent } = document;
  const { settings, base, overrides } = project;
  const all = { comments, problems, form, judged, services, volumes, networks, secrets, configs, includes };
  const roots = tree.documents.map(({ root }) => root);
  const starts = Array.from({ length: lines.count }, (_, line) => lines.startOf(line));
  const rest = { dashIndent, settings, base, overrides, starts };
  return plainValue({
    text,
    ...all,
    ...rest,
    roots,
    treeText: tree.text,
    treeComments: tree.comments,
    treeProblems: tree.problems,
  });
}

function plainValue(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(plainValue);
  if (value instanceof Map) return [...value].map(([key, item]) => [key, plainValue(item)]);
  if ("anchor" in value) return plainNode(value as YamlNode);
  const copy: Record<string, unknown> = {};
  for (const key in value) copy[key] = plainValue((value as Readonly<Record<string, unknown>>)[key]);
  if ("nameSpan" in value) copy.nameSpan = value.nameSpan;
  return copy;
}

function plainNode(node: YamlNode): unknown {
  const { kind, span, tag, anchor } = node;
  const base = { kind, span, tag, anchor };
  if (node.kind === "map") {
    const { flow, pairs } = node;
    return { ...base, flow, pairs: pairs.map(({ key, value }) => [plainNode(key), plainNode(value)]) };
  }
  if (node.kind === "sequence") return { ...base, flow: node.flow, items: node.items.map(plainNode) };
  if (node.kind === "alias") return { ...base, name: node.name, target: node.target?.span };
  return { ...base, value: node.value, style: node.style };
}
