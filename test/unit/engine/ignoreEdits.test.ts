import assert from "node:assert/strict";
import test from "node:test";
import { parseCompose } from "../../../server/src/documents/compose/parse";
import { parseDockerfile } from "../../../server/src/documents/dockerfile/parse";
import { type AnalysisInput, analyse } from "../../../server/src/engine/analyse";
import { defaultConfig } from "../../../server/src/engine/config";
import { unknownFacts } from "../../../server/src/engine/facts";
import { ignoreFileEdits, ignoreLineEdits } from "../../../server/src/engine/ignoreEdits";
import { takesIgnoreComments } from "../../../server/src/engine/suppress";
import { rules } from "../../../server/src/rules/index";
import { applyEdits } from "../../../server/src/text/edit";
import { parseMarks } from "../../../server/src/text/marks";

/** The text after "ignore on this line" for a rule `some-rule` at the marked place. */
function ignoredLine(source: string, language: "dockerfile" | "compose" = "dockerfile"): string {
  const { text, spans } = parseMarks(source);
  const document = language === "dockerfile" ? parseDockerfile(text) : parseCompose(text);
  return applyEdits(text, ignoreLineEdits(document, { rule: "some-rule", span: spans[0]! }));
}

function ignoredFile(text: string, language: "dockerfile" | "compose" = "dockerfile"): string {
  const document = language === "dockerfile" ? parseDockerfile(text) : parseCompose(text);
  return applyEdits(text, ignoreFileEdits(document, "some-rule"));
}

test("in a Dockerfile the comment goes before the instruction", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["FROM «debian»\n", "# plimsoll-ignore some-rule\nFROM debian\n"],
    ["FROM a\nRUN x && \\\n    «sudo» y\n", "FROM a\n# plimsoll-ignore some-rule\nRUN x && \\\n    sudo y\n"],
    ["FROM a\nRUN <<EOF\n«sudo» y\nEOF\n", "FROM a\n# plimsoll-ignore some-rule\nRUN <<EOF\nsudo y\nEOF\n"],
    ["FROM a\n  USER «root»\n", "FROM a\n  # plimsoll-ignore some-rule\n  USER root\n"],
    ["FROM a\r\nUSER «root»\r\n", "FROM a\r\n# plimsoll-ignore some-rule\r\nUSER root\r\n"],
    [
      "# syntax=docker/dockerfile:1\nFROM «a»",
      "# syntax=docker/dockerfile:1\n# plimsoll-ignore some-rule\nFROM a",
    ],
    ["\uFEFFFROM «a»\n", "\uFEFF# plimsoll-ignore some-rule\nFROM a\n"],
  ];
  for (const [source, expected] of cases) assert.equal(ignoredLine(source), expected);
});

test("an ignore comment that is there already takes the rule in and keeps its reason", () => {
  assert.equal(
    ignoredLine("FROM a\n# plimsoll-ignore other: because\nUSER «root»\n"),
    "FROM a\n# plimsoll-ignore other, some-rule: because\nUSER root\n",
  );
  assert.equal(
    ignoredLine("FROM a\n# plimsoll-ignore other\n# what follows is meant so\nUSER «root»\n"),
    "FROM a\n# plimsoll-ignore other, some-rule\n# what follows is meant so\nUSER root\n",
  );
  assert.equal(
    ignoredLine("services:\n  web:\n    image: «x» # plimsoll-ignore other: because\n", "compose"),
    "services:\n  web:\n    image: x # plimsoll-ignore other, some-rule: because\n",
  );
});

test("a comment that ends some day, or that speaks of another line, is left alone", () => {
  assert.equal(
    ignoredLine("FROM a\n# plimsoll-ignore other until 2027-03-01: because\nUSER «root»\n"),
    "FROM a\n# plimsoll-ignore other until 2027-03-01: because\n# plimsoll-ignore some-rule\nUSER root\n",
  );
  assert.equal(
    ignoredLine("# plimsoll-ignore other\nFROM a\nUSER «root»\n"),
    "# plimsoll-ignore other\nFROM a\n# plimsoll-ignore some-rule\nUSER root\n",
  );
});

test("a finding in a comment has no line that could be ignored", () => {
  const dockerfile = "FROM a\n# password=«x»\nRUN y\n";
  assert.equal(ignoredLine(dockerfile), parseMarks(dockerfile).text);
  const compose = "services:\n  web:\n    image: x\n# old: «y»\n";
  assert.equal(ignoredLine(compose, "compose"), parseMarks(compose).text);
});

test("in Compose the comment goes before the line, indented alike", () => {
  assert.equal(
    ignoredLine("services:\n  web:\n    volumes:\n      - «/:/host»\n", "compose"),
    "services:\n  web:\n    volumes:\n      # plimsoll-ignore some-rule\n      - /:/host\n",
  );
});

test("in Compose no comment is put where it would become part of a text", () => {
  const source = "services:\n  web:\n    image: x\n    command: |\n      first\n      «second»\n";
  assert.equal(ignoredLine(source, "compose"), parseMarks(source).text);
});

test("for the file the comment goes to the top, after what must stand first", () => {
  assert.equal(ignoredFile("FROM a\n"), "# plimsoll-ignore-file some-rule\nFROM a\n");
  assert.equal(
    ignoredFile("# syntax=docker/dockerfile:1\n# escape=`\nFROM a\n"),
    "# syntax=docker/dockerfile:1\n# escape=`\n# plimsoll-ignore-file some-rule\nFROM a\n",
  );
  assert.equal(
    ignoredFile("# plimsoll-ignore-file other: because\nFROM a\n"),
    "# plimsoll-ignore-file other, some-rule: because\nFROM a\n",
  );
  assert.equal(
    ignoredFile("services:\r\n  web:\r\n    image: x\r\n", "compose"),
    "# plimsoll-ignore-file some-rule\r\nservices:\r\n  web:\r\n    image: x\r\n",
  );
});

test("directives keep their meaning under a comment for the file", () => {
  const text = "# syntax=docker/dockerfile:1\n# escape=`\nFROM a\nRUN x `\n  y\n";
  const before = parseDockerfile(text);
  const after = parseDockerfile(ignoredFile(text));
  assert.equal(after.escape, "`");
  assert.deepEqual(
    after.directives.map(({ name, value }) => [name, value]),
    before.directives.map(({ name, value }) => [name, value]),
  );
});

test("every reported bad example can be silenced by either comment", () => {
  const config = { ...defaultConfig, profile: "all" } as const;
  const facts = unknownFacts("2026-11-21");
  let silenced = 0;
  for (const rule of rules) {
    if (rule.language !== "dockerfile" && rule.language !== "compose") continue;
    for (const example of rule.bad) {
      const input: AnalysisInput = {
        kind: rule.language,
        text: parseMarks(example.source).text,
        rules: [rule],
        facts,
        config,
      };
      const { document, findings } = analyse(input);
      const [finding] = findings;
      if (finding === undefined || !takesIgnoreComments(document)) continue;
      const count = (text: string): number => analyse({ ...input, text }).findings.length;
      const where = `${rule.id}: ${example.title}`;
      assert.equal(count(applyEdits(input.text, ignoreFileEdits(document, rule.id))), 0, where);
      const line = ignoreLineEdits(document, finding);
      if (line.length === 0) continue;
      assert.ok(count(applyEdits(input.text, line)) < findings.length, where);
      silenced++;
    }
  }
  assert.ok(silenced > 50, `only ${silenced} examples were silenced on their line`);
});
