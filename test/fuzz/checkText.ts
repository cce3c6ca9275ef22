import assert from "node:assert/strict";
import { type Analysis, type AnalysisInput, analyse, createAnalyser } from "../../server/src/engine/analyse";
import { defaultConfig } from "../../server/src/engine/config";
import { type Facts, unknownFacts } from "../../server/src/engine/facts";
import type { Finding } from "../../server/src/engine/finding";
import { fixAll, safeFix } from "../../server/src/engine/fix";
import { rules } from "../../server/src/rules/index";
import { applyEdits } from "../../server/src/text/edit";
import type { Span } from "../../server/src/text/span";
import { exampleDay } from "../support/check";
import type { TextInput } from "./input";

/** Fixes of one text that are applied and looked at, from the front: a text may have thousands. */
const mostFixes = 12;

/** Milliseconds of processor time that one text may take, with all rules on and whatever the machine does besides. */
export const longestCheck = 100;

/** The Dockerfile around which an ignore file lies: it copies all and has something to leave out. */
const copiesAll = "FROM debian:12.5\nCOPY . /app\nCOPY secrets/id_rsa .env /app/\nADD x.key /\n";

/**
 * Checks a text and everything that follows from it: no failure, every place within the text and between whole
 * characters, fixes that apply and leave a text that can be checked, the same answer again, and after edits.
 * @throws AssertionError that says what does not hold
 */
export function checkText(input: TextInput): void {
  const analyser = createAnalyser();
  let text = input.text;
  checkOne(input, text, analyser, true);
  for (const edit of input.edits) {
    text = applyEdits(text, [edit]);
    checkOne(input, text, analyser, false);
  }
}

/**
 * The least processor time in milliseconds that a check has taken in three runs: other programs do not count, and what
 * is compiled in the first run is not compiled again.
 */
export function processorTime(input: TextInput): number {
  const facts = factsFor(input, input.text);
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3; run++) {
    const before = process.cpuUsage();
    analyse(analysisInput(input, input.text, facts));
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}

function checkOne(
  input: TextInput,
  text: string,
  analyser: ReturnType<typeof createAnalyser>,
  withFixes: boolean,
): void {
  const facts = factsFor(input, text);
  const whole = analysisInput(input, text, facts);
  const fresh = analyse(whole);
  checkAnalysis(fresh, whole.text);
  const remembered = analyser(whole);
  assert.deepEqual(remembered.findings, fresh.findings, "findings after edits are those of a fresh check");
  assert.deepEqual(remembered.notChecked, fresh.notChecked, "gaps after edits are those of a fresh check");
  assert.deepEqual(remembered.failures, fresh.failures);
  if (!withFixes) return;
  checkFixes(whole, fresh.findings);
}

function checkAnalysis(analysis: Analysis, text: string): void {
  assert.deepEqual(analysis.failures, [], "no rule fails");
  for (const finding of analysis.findings) {
    checkPlace(finding.span, text, finding.rule);
    checkMessage(finding.message, finding.rule);
    for (const related of finding.related) {
      checkMessage(related.message, finding.rule);
      if (related.path === undefined) checkPlace(related.span, text, `${finding.rule}, related`);
    }
    for (const { title } of finding.fixes) checkMessage(title, finding.rule);
  }
  for (const { span, reason, rule } of analysis.notChecked) {
    checkMessage(reason, rule ?? "not checked");
    if (span !== undefined) checkPlace(span, text, `${rule ?? "file"}, not checked`);
  }
  for (const { span } of analysis.document.problems) checkPlace(span, text, "a problem");
}

function checkPlace({ start, end }: Span, text: string, what: string): void {
  assert.ok(Number.isInteger(start) && Number.isInteger(end), `${what}: offsets are whole`);
  assert.ok(start >= 0 && start <= end && end <= text.length, `${what}: ${start}..${end} of ${text.length}`);
  for (const at of [start, end])
    assert.ok(!splitsCharacter(text, at), `${what}: ${at} lies within one character`);
}

function splitsCharacter(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

function checkMessage(message: string, rule: string): void {
  assert.doesNotMatch(message, /[\u0000-\u001f\u007f\u2028\u2029]/, `${rule}: a message has one line`);
}

function checkFixes(input: AnalysisInput, findings: readonly Finding[]): void {
  const fixes = findings.flatMap((finding) => finding.fixes.map((fix) => ({ finding, fix })));
  for (const { finding, fix } of fixes.slice(0, mostFixes)) {
    for (const edit of fix.edits) checkPlace(edit, input.text, `${finding.rule}: ${fix.title}`);
    const text = applyEdits(input.text, fix.edits);
    checkAnalysis(analyse({ ...input, text }), text);
  }
  if (!findings.some((finding) => safeFix(finding) !== undefined)) return;
  const fixed = fixAll(input, safeFix);
  assert.ok(fixed.stable, "safe fixes come to an end");
  checkAnalysis(analyse({ ...input, text: fixed.text }), fixed.text);
}

function analysisInput(input: TextInput, text: string, facts: Facts): AnalysisInput {
  return {
    kind: input.target === "dockerignore" ? "dockerfile" : input.target,
    ...(input.format !== undefined && { format: input.format }),
    text: input.target === "dockerignore" ? copiesAll : text,
    rules,
    facts,
    config: { ...defaultConfig, profile: "all", requireReason: true },
  };
}

function factsFor({ target }: TextInput, text: string): Facts {
  const facts = unknownFacts(exampleDay);
  if (target === "dockerignore") {
    return {
      ...facts,
      dockerignore: { state: "known", value: { path: ".dockerignore", text } },
      contextNames: {
        state: "known",
        value: { paths: [".env", "a/id_rsa", "x.key", ".git"], complete: true },
      },
    };
  }
  if (target !== "compose") return facts;
  const texts = new Map([
    ["base.yaml", { state: "known", value: text } as const],
    ["Dockerfile", { state: "known", value: copiesAll } as const],
  ]);
  return { ...facts, neighbours: { name: "compose.yaml", overrides: [], texts, complete: true } };
}
