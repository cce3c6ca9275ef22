import assert from "node:assert/strict";
import test from "node:test";
import { createAnalyser } from "../../server/src/engine/analyse";
import { defaultConfig } from "../../server/src/engine/config";
import { unknownFacts } from "../../server/src/engine/facts";
import { fixAll, safeFix } from "../../server/src/engine/fix";
import { rules } from "../../server/src/rules/index";
import { exampleDay } from "./check";
import { analyseCorpusText, type CorpusKind, corpusFiles, corpusMissing, randomFrom } from "./corpus";

/** Places where each file is cut off; more take longer: `TRUNCATIONS=50 node --import tsx --test test/corpus/*.test.ts`. */
const truncations = Number(process.env.TRUNCATIONS ?? 4);
assert.ok(truncations >= 1, "TRUNCATIONS is a number of places");

/** What holds for every real file of a kind, whole, with CRLF, and cut off anywhere. */
export function corpusSuite(kind: CorpusKind): void {
  const files = corpusFiles(kind);

  test(`every ${kind} file is checked without a failure, with LF and CRLF alike`, (t) => {
    if (corpusMissing !== undefined) return t.skip(corpusMissing);
    for (const { path, text } of files) {
      const analysis = analyseCorpusText(kind, text);
      assert.deepEqual(analysis.failures, [], path);
      for (const finding of analysis.findings) {
        const { start, end } = finding.span;
        assert.ok(
          0 <= start && start <= end && end <= text.length,
          `${path}: ${finding.rule} lies within the text`,
        );
        assert.ok(finding.message.length <= 120, `${path}: ${finding.message}`);
      }
      if (text.includes("\r")) continue;
      const windows = analyseCorpusText(kind, text.replaceAll("\n", "\r\n"));
      assert.deepEqual(windows.failures, [], `${path} with CRLF`);
      assert.deepEqual(linesAndRules(windows), linesAndRules(analysis), `${path} with CRLF`);
    }
  });

  test(`every ${kind} file cut off at ${truncations} places is checked without a failure`, (t) => {
    if (corpusMissing !== undefined) return t.skip(corpusMissing);
    const random = randomFrom(20261121);
    for (const { path, text } of files) {
      const places = Array.from({ length: truncations }, () => Math.floor(random() * text.length));
      // From short to long, with an analyser that reads again only what is new, as at a keyboard.
      const analyser = createAnalyser();
      for (const at of places.sort((a, b) => a - b)) {
        const { failures } = analyseCorpusText(kind, text.slice(0, at), "all", analyser);
        assert.deepEqual(failures, [], `${path} cut off at ${at}`);
      }
    }
  });

  test(`safe fixes of every ${kind} file converge and leave nothing that they fix`, (t) => {
    if (corpusMissing !== undefined) return t.skip(corpusMissing);
    const config = { ...defaultConfig, profile: "all" as const };
    for (const { path, text } of files) {
      const before = analyseCorpusText(kind, text);
      if (!before.findings.some((finding) => safeFix(finding) !== undefined)) continue;
      const fixed = fixAll({ kind, text, rules, facts: unknownFacts(exampleDay), config }, safeFix);
      assert.equal(fixed.stable, true, path);
      const after = analyseCorpusText(kind, fixed.text);
      assert.deepEqual(after.failures, [], path);
      const applied = new Set(fixed.applied.map(({ rule }) => rule));
      assert.ok(countOf(after, applied) < countOf(before, applied), `${path}: fewer findings than before`);
      for (const rule of new Set(after.findings.map((finding) => finding.rule))) {
        const only = new Set([rule]);
        const isMore = countOf(after, only) > countOf(before, only);
        assert.ok(!isMore || mayGrow.has(rule), `${path}: no more of ${rule} than before`);
      }
      assert.ok(
        after.document.problems.length <= before.document.problems.length,
        `${path}: parses as before`,
      );
      assert.equal(
        after.document.comments.length,
        before.document.comments.length,
        `${path}: keeps its comments`,
      );
    }
  });
}

/** A fix may make a line longer than one likes, and what it adds needs `sudo` where the step does. */
const mayGrow: ReadonlySet<string> = new Set(["long-or-unsorted-run", "sudo-in-run"]);

function countOf({ findings }: ReturnType<typeof analyseCorpusText>, rules: ReadonlySet<string>): number {
  return findings.filter(({ rule }) => rules.has(rule)).length;
}

function linesAndRules(analysis: ReturnType<typeof analyseCorpusText>): readonly string[] {
  return analysis.findings.map((finding) => {
    const { line, column } = analysis.document.lines.at(finding.span.start);
    return `${line + 1}:${column + 1} ${finding.rule}`;
  });
}
