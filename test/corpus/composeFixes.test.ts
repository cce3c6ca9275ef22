import assert from "node:assert/strict";
import test from "node:test";
import type { ComposeDocument } from "../../server/src/documents/compose/model";
import { parseCompose } from "../../server/src/documents/compose/parse";
import { analyse } from "../../server/src/engine/analyse";
import { defaultConfig } from "../../server/src/engine/config";
import { unknownFacts } from "../../server/src/engine/facts";
import type { Finding, Fix } from "../../server/src/engine/finding";
import { rules } from "../../server/src/rules/index";
import { misfitsOf } from "../../server/src/rules/shared/composeSchema";
import { applyEdits } from "../../server/src/text/edit";
import { exampleDay } from "../support/check";
import { corpusFiles, corpusMissing } from "../support/corpus";
import { indentedTwice, inFlowStyle } from "../support/flowStyle";

const config = { ...defaultConfig, profile: "all" as const };

const byId = new Map(rules.map((rule) => [rule.id, [rule]]));

function findingsIn(text: string, rule?: string): readonly Finding[] {
  const wanted = rule === undefined ? rules : (byId.get(rule) ?? []);
  return analyse({ kind: "compose", text, rules: wanted, facts: unknownFacts(exampleDay), config }).findings;
}

function misfitsIn(document: ComposeDocument): number {
  return document.tree.documents.flatMap(({ root }) => misfitsOf(root, true)).length;
}

function comments({ comments, text }: ComposeDocument): readonly string[] {
  return comments.map(({ span }) => text.slice(span.start, span.end));
}

/** What is wrong with a text after a fix, in words; nothing where it is as it should be. */
function wrongAfter(before: ComposeDocument, fix: Fix, text: string): string | undefined {
  const after = parseCompose(text);
  const [problem] = after.tree.problems;
  if (problem !== undefined) return `does not parse: ${problem.message}`;
  if (misfitsIn(after) > misfitsIn(before)) return "does not fit the schema";
  if (/[^\r]\n/.test(text) && /\r\n/.test(before.text) && !/[^\r]\n/.test(before.text))
    return "mixes line breaks";
  if (before.text.endsWith("\n") !== text.endsWith("\n")) return "ends otherwise";
  const lost = lostComments(before, after, fix);
  return lost === undefined ? undefined : `loses ${lost}`;
}

/** A comment that is gone although it does not stand within what the fix takes away. */
function lostComments(before: ComposeDocument, after: ComposeDocument, { edits }: Fix): string | undefined {
  const left = [...comments(after)];
  for (const { span } of before.comments) {
    const comment = before.text.slice(span.start, span.end);
    const at = left.indexOf(comment);
    if (at >= 0) left.splice(at, 1);
    else if (!edits.some(({ start, end }) => start <= span.start && span.end <= end)) return comment;
  }
  return undefined;
}

/** The text as it is, as Windows writes it, without a line break at its end, wider, and in flow style. */
const forms: readonly (readonly [name: string, form: (text: string) => string, every: number])[] = [
  ["as it is", (text) => text, 1],
  ["CRLF", (text) => (text.includes("\r") ? text : text.replaceAll("\n", "\r\n")), 1],
  ["no final newline", (text) => text.replace(/\s+$/, ""), 1],
  ["indented twice as deep", indentedTwice, 3],
  ["services in flow style", inFlowStyle, 3],
];

/** Forms that differ in line breaks alone: that a fix ends its finding is shown on the text as it is. */
const breaksOnly: ReadonlySet<string> = new Set(["CRLF", "no final newline"]);

for (const [name, form, every] of forms)
  test(`every fix of every Compose file leaves what it does not mean to change: ${name}`, (t) => {
    if (corpusMissing !== undefined) return t.skip(corpusMissing);
    const wrong: string[] = [];
    let fixes = 0;
    for (const [at, { path, text }] of corpusFiles("compose").entries()) {
      if (at % every > 0) continue;
      const before = parseCompose(form(text));
      if (before.tree.problems.length > 0) continue;
      const findings = findingsIn(before.text);
      const stays = ({ rule }: Finding, fixed: string): string | undefined =>
        findingsIn(fixed, rule).length < findings.filter((one) => one.rule === rule).length
          ? undefined
          : "the finding stays";
      for (const finding of findings) {
        for (const fix of finding.fixes) {
          fixes++;
          const fixed = applyEdits(before.text, fix.edits);
          const what =
            wrongAfter(before, fix, fixed) ?? (breaksOnly.has(name) ? undefined : stays(finding, fixed));
          if (what !== undefined) wrong.push(`${path}: ${finding.rule}: ${fix.title}: ${what}`);
        }
      }
    }
    assert.ok(fixes > 1_000, `only ${fixes} fixes`);
    assert.deepEqual(wrong, []);
  });
