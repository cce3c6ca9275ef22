import assert from "node:assert/strict";
import test from "node:test";
import { judgePatterns } from "../support/backtracking";
import { allPatterns, constructionsInFunctions } from "../support/patterns";

/** What the detector cannot decide, or not in time, why it is linear, and texts on which a backtracking one would take for ever. */
const undecided: readonly {
  readonly source: string;
  readonly because: string;
  readonly hostile: readonly string[];
}[] = [
  {
    source: "example|x{5,}|\\*{3}|placeholder|redacted|dummy|your[-_]?|1234567890|0123456789|abcdefghij",
    because:
      "each alternative is a fixed text but x{5,}, which succeeds at its fifth letter wherever it begins",
    hostile: ["xxxx ".repeat(100_000), "*".repeat(2).concat(" ").repeat(200_000), "abcdefghi".repeat(50_000)],
  },
  {
    source: ";(?=\\s*[=+\\-@\\uff0b\\uff0d\\uff1d\\uff20])",
    because: "the blanks that are looked at behind a semicolon hold no other semicolon",
    hostile: [
      `${";".repeat(200_000)}x`,
      `${`;${" ".repeat(1_000)}`.repeat(500)}x`,
      `;${" ".repeat(500_000)}x`,
    ],
  },
];

/** Where a pattern is made while the product runs, and why it is one of those that are judged, or harmless. */
const madeLater: readonly { readonly call: string; readonly because: string }[] = [
  {
    call: "server/src/rules/shared/secrets/tokenFormat.ts: literal + rest",
    because: "called while the table of tokens is loaded, so that its patterns are judged with all others",
  },
  {
    call: "server/src/rules/shared/composeSchema.ts: source",
    because: "a pattern of the schema of Compose files, all of which are judged",
  },
  {
    call: "server/src/rules/shared/sensitivePorts.ts: pattern",
    because: "a literal of the same file, searched for all of its matches",
  },
  {
    call: "server/src/registry/imagePlaces.ts: `\\\\$\\\\{?${name}\\\\b`",
    because: "a variable's name, of word characters alone, between fixed characters: nothing is repeated",
  },
  {
    call: "server/src/rules/dockerfile/from-arg-invalid-default.ts: `\\\\$(?:\\\\{${name}\\\\}|${name}(?!\\\\w))`",
    because: "a name that a FROM expands, of word characters alone: nothing is repeated",
  },
];

test("no pattern takes more than linear time on any text", { timeout: 1_200_000 }, async () => {
  const patterns = await allPatterns();
  assert.ok(patterns.length > 900, `only ${patterns.length} patterns were found`);
  const verdicts = await judgePatterns(patterns);
  const superlinear = [...verdicts].flatMap(([{ place, source, flags }, verdict]) =>
    verdict.kind === "superlinear" ? [`${place}: /${source}/${flags} on ${verdict.attack}`] : [],
  );
  assert.deepEqual(superlinear, []);
  // What a slow machine cannot decide in time, a fast one may.
  const listed = new Set(undecided.map(({ source }) => source));
  const open = [...verdicts].flatMap(([{ source }, { kind }]) => (kind === "undecided" ? [source] : []));
  assert.deepEqual(
    open.filter((source) => !listed.has(source)),
    [],
  );
});

test("what the detector cannot decide comes to an end on hostile texts", { timeout: 30_000 }, async () => {
  const patterns = await allPatterns();
  for (const { source, hostile } of undecided) {
    const pattern = patterns.find((one) => one.source === source);
    assert.ok(pattern, `${source} is no longer there`);
    for (const text of hostile) new RegExp(pattern.source, pattern.flags.replace("y", "g")).test(text);
  }
});

test("functions put patterns together only where it is listed why that is harmless", () => {
  assert.deepEqual([...constructionsInFunctions()].sort(), madeLater.map(({ call }) => call).sort());
});
