import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { parseCompose } from "../../server/src/documents/compose/parse";
import type { Neighbours, NeighbourText } from "../../server/src/documents/neighbours";
import { type Analysis, analyse, createAnalyser } from "../../server/src/engine/analyse";
import { defaultConfig } from "../../server/src/engine/config";
import { unknownFacts } from "../../server/src/engine/facts";
import { maxComposeGenerations } from "../../server/src/limits";
import { rules } from "../../server/src/rules/index";
import { applyEdits } from "../../server/src/text/edit";
import { parseMarks } from "../../server/src/text/marks";
import { exampleDay } from "../support/check";

const known = (value: string): NeighbourText => ({ state: "known", value });
const neighbours: Neighbours = {
  name: "compose.yaml",
  overrides: [],
  texts: new Map([
    [".env", known("TAG=latest\nHOST=0.0.0.0\n")],
    ["Dockerfile", known("FROM debian:12.5\nARG A\nUSER root\nEXPOSE 9\nRUN touch /srv/x\n")],
    ["Dockerfile.dockerignore", { state: "absent" }],
    [".dockerignore", { state: "absent" }],
  ]),
  complete: true,
};
const facts = { ...unknownFacts(exampleDay), neighbours };
const policy = { ...defaultConfig.policy, registries: ["registry.example.com"], approved: ["debian"] };
const config = { ...defaultConfig, profile: "all" as const, policy };

const sources = rules
  .filter((rule) => rule.language === "compose" || rule.language === "project")
  .flatMap((rule) => [...rule.bad, ...rule.good])
  .map((example) => parseMarks(example.source).text);

/** The services of all examples that are in block style: everything that some rule has an opinion about. */
const services = [
  ...new Set(
    sources.flatMap((text) => {
      const block = /^services:\n((?: {2}.*\n|\n)+)/m.exec(text)?.[1] ?? "";
      return block.split(/^(?= {2}[\w"'-]+:)/m).filter(isAlone);
    }),
  ),
];

/** Whether a service can stand in any file, and be judged by itself there. */
function isAlone(text: string): boolean {
  const isBlock = /^ {2}[\w-]+:\n {4}\S/.test(text) && !text.includes("extends:");
  return isBlock && parseCompose(`services:\n${text}`, neighbours).problems.length === 0;
}

/** What stands beside services in examples. */
const tails = [
  "",
  ...new Set(
    sources.flatMap((text) => /^(?:volumes|networks|secrets|configs):\n(?: .*\n)+/m.exec(text)?.[0] ?? []),
  ),
];
const lines = [...new Set(services.flatMap((one) => one.split("\n")))].filter((line) => /^ {4}\S/.test(line));

/** Each service under a name of its own, so that the file is sound. */
const document = fc
  .tuple(
    fc.constantFrom("", "x-base: &base\n  privileged: true\n  environment: { PASSWORD: hunter2hunter }\n"),
    fc.array(fc.constantFrom(...services), { minLength: 2, maxLength: 7 }),
    fc.constantFrom(...tails),
  )
  .map(([head, some, tail]) => {
    const named = some.map((one, at) => one.replace(/^( {2}[\w-]+):/, `$1${at === 0 ? "" : at}:`));
    const based = head === "" ? named : named.map((one, at) => (at % 2 ? `${one}    <<: *base\n` : one));
    return `${head}services:\n${based.join("")}${tail}`;
  });
const edit = fc.record({
  at: fc.nat(),
  length: fc.nat(6),
  text: fc.oneof(
    fc.constantFrom("", " ", "x", "\n", "#", "1", "$TAG", ":latest", "0.0.0.0:", "    <<: *base\n"),
    fc.constantFrom(...lines).map((line) => `\n${line}\n`),
    fc.constantFrom(...services),
    fc.constantFrom(
      '"',
      "[",
      "{",
      "&",
      "*",
      ": b: c",
      "\n    comm",
      "\n   x: y",
      "\n\tuser: x",
      "\n  new",
      "\n odd: {}",
    ),
  ),
  repair: fc.oneof({ weight: 2, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
});

/** What is said of a text that nothing was remembered of. */
function afresh(text: string): Analysis {
  parseCompose("");
  return analyse({ kind: "compose", text, rules, facts, config });
}

test("after any edits, what an analyser remembers of a Compose file equals a check of the whole file afresh", () => {
  let sound = 0;
  fc.assert(
    fc.property(document, fc.array(edit, { minLength: 1, maxLength: 8 }), (source, edits) => {
      const analyser = createAnalyser();
      const remembered: Analysis[] = [];
      const check = (text: string): Analysis => {
        const analysis = analyser({ kind: "compose", text, rules, facts, config });
        remembered.push(analysis);
        return analysis;
      };
      let text = source;
      check(text);
      for (const { at, length, text: inserted, repair } of edits) {
        const anywhere = at % (text.length + 1);
        const lineEnd = text.indexOf("\n", anywhere);
        const start = length > 2 && lineEnd >= 0 ? lineEnd : anywhere;
        const next = applyEdits(text, [
          { start, end: Math.min(text.length, start + (length > 2 ? 0 : length)), text: inserted },
        ]);
        const isSound = check(next).document.problems.length === 0;
        // Most of what is broken is repaired, so that the next edit finds something to keep.
        if (!isSound && repair) check(text);
        else text = next;
        if (isSound) sound++;
      }
      for (const { document, findings, notChecked } of remembered) {
        const fresh = afresh(document.text);
        assert.deepEqual(findings, fresh.findings);
        assert.deepEqual(notChecked, fresh.notChecked);
      }
    }),
    { numRuns: 100 },
  );
  assert.ok(sound > 40, `only ${sound} edits left a file sound`);
});

test("what is remembered outlasts the whole reading that comes after many edits", () => {
  const analyser = createAnalyser();
  const parts = services.slice(0, 12).map((one, at) => one.replace(/^( {2}[\w-]+):/, `$1${at}:`));
  const source = `services:\n${parts.join("")}`;
  assert.deepEqual(parseCompose(source, neighbours).problems, []);
  const middle = source.indexOf("\n", source.indexOf("image:", source.length / 2));
  const said = Array.from({ length: maxComposeGenerations + 5 }, (_, count) => {
    const text = `${source.slice(0, middle)}${"x".repeat(count)}${source.slice(middle)}`;
    return analyser({ kind: "compose", text, rules, facts, config });
  });
  for (const { document, findings, notChecked } of said.slice(-9)) {
    const fresh = afresh(document.text);
    assert.deepEqual(findings, fresh.findings);
    assert.deepEqual(notChecked, fresh.notChecked);
  }
});

test("most rules say what they read, so that this is a test of something", () => {
  const ofCompose = rules.filter(({ language }) => language === "compose" || language === "project");
  const told = ofCompose.filter((rule) => rule.local === true || rule.keys !== undefined);
  assert.ok(told.length * 2 > ofCompose.length);
});
