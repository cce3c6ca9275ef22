import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { type AnalysisInput, analyse } from "../../server/src/engine/analyse";
import { defaultConfig } from "../../server/src/engine/config";
import { unknownFacts } from "../../server/src/engine/facts";
import { fixAll, safeFix } from "../../server/src/engine/fix";
import { ignoreFileEdits, ignoreLineEdits } from "../../server/src/engine/ignoreEdits";
import { takesIgnoreComments } from "../../server/src/engine/suppress";
import { rules } from "../../server/src/rules/index";
import { applyEdits, sortEdits } from "../../server/src/text/edit";
import { parseMarks } from "../../server/src/text/marks";
import { exampleDay } from "../support/check";

type Kind = "dockerfile" | "compose";

const sources = (kind: Kind): readonly string[] =>
  rules
    .filter((rule) => rule.language === kind)
    .flatMap((rule) => [...rule.bad, ...rule.good])
    .map((example) => parseMarks(example.source).text);

const lineSoup = (kind: Kind): fc.Arbitrary<string> => {
  const lines = sources(kind).flatMap((source) => source.split("\n"));
  return fc
    .array(fc.constantFrom(...lines), { minLength: 1, maxLength: 14 })
    .map((some) =>
      kind === "dockerfile" ? `FROM debian:12.5\n${some.join("\n")}\n` : `services:\n${some.join("\n")}\n`,
    );
};

/** An example of some rule with a piece cut out, doubled or replaced: nearly right, as text is while it is typed. */
const mutated = (kind: Kind): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...sources(kind)),
      fc.nat(),
      fc.nat(30),
      fc.constantFrom(
        "",
        "\\",
        '"',
        "'",
        "${",
        "<<EOF",
        "\n",
        " ",
        "&a ",
        "*a",
        ": ",
        "- ",
        "\t",
        "{",
        "[",
        "#",
        "\u2028",
        "😀",
      ),
    )
    .map(([source, at, length, piece]) => {
      const start = at % (source.length + 1);
      return source.slice(0, start) + piece + source.slice(start + length);
    });

const text = (kind: Kind): fc.Arbitrary<string> =>
  fc.oneof(lineSoup(kind), mutated(kind), fc.constantFrom(...sources(kind)));

function inputFor(kind: Kind, source: string): AnalysisInput {
  return {
    kind,
    text: source,
    rules,
    facts: unknownFacts(exampleDay),
    config: { ...defaultConfig, profile: "all" },
  };
}

for (const kind of ["dockerfile", "compose"] as const) {
  test(`${kind}: no text makes a rule fail, and every finding lies within it`, () => {
    fc.assert(
      fc.property(text(kind), (source) => {
        const analysis = analyse(inputFor(kind, source));
        assert.deepEqual(analysis.failures, []);
        for (const { span } of analysis.findings)
          assert.ok(span.start >= 0 && span.start <= span.end && span.end <= source.length);
      }),
      { numRuns: 1500 },
    );
  });

  test(`${kind}: a fix changes nothing outside its edits`, () => {
    fc.assert(
      fc.property(text(kind), (source) => {
        for (const finding of analyse(inputFor(kind, source)).findings) {
          for (const fix of finding.fixes) {
            const after = applyEdits(source, fix.edits);
            let from = 0;
            let to = 0;
            for (const edit of sortEdits(fix.edits)) {
              const kept = source.slice(from, edit.start);
              assert.equal(after.slice(to, to + kept.length), kept);
              to += kept.length + edit.text.length;
              from = edit.end;
            }
            assert.equal(after.slice(to), source.slice(from));
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test(`${kind}: applying all safe fixes comes to an end with none left`, () => {
    fc.assert(
      fc.property(text(kind), (source) => {
        const fixed = fixAll(inputFor(kind, source), safeFix);
        assert.equal(fixed.stable, true);
        assert.deepEqual(
          analyse(inputFor(kind, fixed.text)).findings.flatMap((finding) => safeFix(finding) ?? []),
          [],
        );
      }),
      { numRuns: 300 },
    );
  });

  test(`${kind}: an ignore comment silences its finding and nothing else, and taking it away gives the text back`, () => {
    fc.assert(
      fc.property(text(kind), fc.boolean(), (source, wholeFile) => {
        const before = analyse(inputFor(kind, source));
        const finding = before.findings.find((candidate) => !isAboutComments(candidate.rule));
        if (finding === undefined || !takesIgnoreComments(before.document)) return;
        const edits = wholeFile
          ? ignoreFileEdits(before.document, finding.rule)
          : ignoreLineEdits(before.document, finding);
        if (edits.length === 0) return;
        const silenced = applyEdits(source, edits);
        const after = analyse(inputFor(kind, silenced));
        const shift = edits[0]!.start <= finding.span.start ? edits[0]!.text.length : 0;
        const still = after.findings.some(
          (other) => other.rule === finding.rule && other.span.start === finding.span.start + shift,
        );
        assert.equal(still, false, "the finding is silenced");
        const otherRules = (analysis: typeof before): readonly string[] =>
          analysis.findings
            .map((other) => other.rule)
            .filter((rule) => rule !== finding.rule && !isAboutComments(rule));
        assert.deepEqual(otherRules(after), otherRules(before), "no other rule's finding is");
        const back = edits.map((edit) => ({
          start: edit.start,
          end: edit.start + edit.text.length,
          text: "",
        }));
        assert.equal(applyEdits(silenced, back), source);
      }),
      { numRuns: 300 },
    );
  });
}

/** Rules that speak of the ignore comment itself. */
function isAboutComments(rule: string): boolean {
  return rule.includes("ignore-comment") || rule === "suppression-comment";
}
