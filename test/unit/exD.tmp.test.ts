import assert from "node:assert/strict";
import test from "node:test";
import { type AnalysisInput, analyse } from "../../server/src/engine/analyse";
import type { Finding, Fix } from "../../server/src/engine/finding";
import { fixAll, safeFix } from "../../server/src/engine/fix";
import type { BadExample, GoodExample, Rule } from "../../server/src/engine/rule";
import { rules } from "./rulesD.tmp";
import { applyEdits, areDisjoint, sortEdits } from "../../server/src/text/edit";
import { parseMarks } from "../../server/src/text/marks";
import { failuresOf, findingsOf, frozen, inputFor } from "../support/check";

for (const rule of rules) {
  test(rule.id, async (t) => {
    assert.ok(rule.bad.length > 0, "has a bad example");
    assert.ok(rule.good.length > 0, "has a good example");
    for (const example of rule.bad) {
      await t.test(`reports: ${example.title}`, () => {
        assert.ok(example.source.includes("«"), "a bad example marks what is reported");
        checkSpans(rule, example);
        checkFixes(rule, example);
      });
    }
    for (const example of rule.good) {
      await t.test(`is quiet: ${example.title}`, () => {
        assert.ok(!example.source.includes("«"), "a good example has no marks");
        checkSpans(rule, example);
      });
    }
  });
}

/** As written, with CRLF, and behind a byte-order mark: the marked spans and no others; and no failure on any prefix. */
function checkSpans(rule: Rule, example: GoodExample): void {
  for (const source of [example.source, example.source.replaceAll("\n", "\r\n"), `\uFEFF${example.source}`]) {
    const { text, spans } = parseMarks(source);
    const input = inputFor(frozen(rule), text, example.context);
    const analysis = analyse(input);
    assert.deepEqual(failuresOf(analysis), []);
    const findings = analysis.findings.filter((finding) => finding.rule === rule.id);
    assert.deepEqual(
      shown(
        text,
        findings.map((finding) => finding.span),
      ),
      shown(text, spans),
    );
    assert.deepEqual(findingsOf(rule, input), findings, "the same result twice");
    findings.forEach((finding) => {
      checkMessage(finding, text);
    });
  }
  const { text } = parseMarks(example.source);
  for (let end = 0; end < text.length; end++) {
    assert.deepEqual(
      failuresOf(analyse(inputFor(rule, text.slice(0, end), example.context))),
      [],
      `prefix of ${end}`,
    );
  }
}

function checkFixes(rule: Rule, example: BadExample): void {
  const { text } = parseMarks(example.source);
  const input = inputFor(rule, text, example.context);
  const before = findingsOf(rule, input);
  for (const finding of before) for (const fix of finding.fixes) checkFix(rule, input, before, fix);
  const hasFix = before.some((finding) => finding.fixes.length > 0);
  const hasEdit = before.some((finding) => finding.fixes.some((fix) => fix.edits.length > 0));
  if (!hasFix) assert.equal(example.fixed, undefined, "`fixed` without a fix");
  if (!hasEdit) return;
  assert.ok(example.fixed !== undefined, "a bad example whose findings have fixes says what they lead to");
  const onlyUnsafe = before.every((finding) => safeFix(finding) === undefined);
  const choose = onlyUnsafe ? (finding: Finding): Fix | undefined => finding.fixes[0] : safeFix;
  const result = fixAll(input, (finding) => (finding.rule === rule.id ? choose(finding) : undefined));
  assert.equal(result.stable, true, "fixes converge");
  assert.equal(result.text, example.fixed);
}

/** One fix alone: in range, disjoint, its finding gone, nothing new, no new problem; a safe one keeps every comment. */
function checkFix(rule: Rule, input: AnalysisInput, before: readonly Finding[], fix: Fix): void {
  const edits = sortEdits(fix.edits);
  assert.ok(areDisjoint(edits, input.text.length), `${fix.title}: edits are in range and disjoint`);
  assert.ok(fix.edits.length > 0 || fix.creates !== undefined, `${fix.title}: does something`);
  assert.match(fix.title, /^[A-Z].*[^.]$/, "a fix's title is in the imperative, without a full stop");
  const text = applyEdits(input.text, fix.edits);
  const created = fix.creates;
  const facts =
    created === undefined
      ? input.facts
      : {
          ...input.facts,
          dockerignore: { state: "known" as const, value: { path: created.path, text: created.text } },
        };
  const after = { ...input, text, facts };
  const left = findingsOf(rule, after);
  assert.ok(left.length < before.length, `${fix.title}: removes its finding and adds none`);
  const oldProblems = analyse(input).document.problems;
  const newProblems = analyse(after).document.problems;
  assert.ok(newProblems.length <= oldProblems.length, `${fix.title}: the result parses`);
  if (fix.safety === "safe")
    assert.deepEqual(commentsOf(after), commentsOf(input), `${fix.title}: keeps comments`);
}

function commentsOf(input: AnalysisInput): readonly string[] {
  return analyse(input).document.comments.map((comment) =>
    input.text.slice(comment.span.start, comment.span.end),
  );
}

/** Error Lens shows a message raw on one line, and nothing of a secret may stand in it. */
function checkMessage(finding: Finding, text: string): void {
  const { message } = finding;
  assert.ok(message.length <= 120, `at most 120 characters: ${message}`);
  assert.match(message, /^\P{Cc}+$/u, "one line");
  assert.doesNotMatch(message, /[.!?]\s+\p{Lu}/u, "one sentence");
  if (finding.category !== "secrets") return;
  const marked = text.slice(finding.span.start, finding.span.end);
  const value = marked.slice(marked.indexOf("=") + 1).replace(/^["']|["']$/g, "");
  const isName = /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(value) && value === marked;
  if (value.length >= 6 && !isName) assert.ok(!message.includes(value), "a message never holds the secret");
}

function shown(text: string, spans: readonly { start: number; end: number }[]): readonly string[] {
  return spans.map((span) => `${span.start}-${span.end} ${JSON.stringify(text.slice(span.start, span.end))}`);
}
