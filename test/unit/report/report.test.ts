import assert from "node:assert/strict";
import test from "node:test";
import type { AuditResult } from "../../../server/src/audit/result";
import { renderCsv } from "../../../server/src/report/csv";
import { renderGithub } from "../../../server/src/report/github";
import { renderGitlab } from "../../../server/src/report/gitlab";
import { renderHtml } from "../../../server/src/report/html";
import { renderJson } from "../../../server/src/report/json";
import { renderJunit } from "../../../server/src/report/junit";
import { renderMarkdown } from "../../../server/src/report/markdown";
import { plainText } from "../../../server/src/report/plain";
import { renderSarif } from "../../../server/src/report/sarif";
import { renderText } from "../../../server/src/report/text";
import { rules } from "../../../server/src/rules/index";
import { resultWith, sample, samplePassword, troubled } from "./sample";

const renderers: readonly (readonly [string, (result: AuditResult) => string])[] = [
  ["text", (result) => renderText(result, { colours: false })],
  ["text in colours", (result) => renderText(result, { colours: true })],
  ["json", renderJson],
  ["sarif", (result) => renderSarif(result, rules)],
  ["html", (result) => renderHtml(result, rules)],
  ["markdown", renderMarkdown],
  ["csv", renderCsv],
  ["junit", renderJunit],
  ["github", renderGithub],
  ["gitlab", renderGitlab],
];

for (const [name, render] of renderers) {
  test(`${name}: the sample has findings, and no secret shows`, () => {
    const report = render(sample);
    assert.ok(report.includes("final-stage-user-root"), "the finding on USER");
    assert.ok(report.includes("secret-name-in-env"), "the finding on ENV");
    assert.equal(report.includes(samplePassword), false);
  });

  test(`${name}: failures, gaps and an early end are said`, () => {
    const report = render(troubled);
    for (const word of [
      ...["broken-rule", "it broke", "folder-that-is-closed", "permission denied", "plimsoll.yaml"],
      ...["not valid UTF-8", "link leads nowhere", "its base is private"],
    ]) {
      assert.ok(report.includes(word), word);
    }
    assert.notEqual(render({ ...sample, complete: false }), render(sample));
  });

  test(`${name}: says the same of the same`, () => {
    assert.equal(render(sample), render(sample));
  });

  test(`${name}: an audit of nothing is a report too`, () => {
    assert.ok(render(resultWith([])).length > 0);
  });
}

test("text: nothing from a file reaches the terminal as a command", () => {
  const report = renderText(sample, { colours: false });
  assert.equal(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/.test(report), false);
  assert.ok(report.includes("␛[2J"));
});

test("text: the underline stands under what is meant", () => {
  const lines = renderText(sample, { colours: false }).split("\n");
  const code = lines.findIndex((line) => line.endsWith("| USER root"));
  assert.equal(lines[code]!.indexOf("root"), lines[code + 1]!.indexOf("^^^^"));
});

test("plain text keeps its length and its harmless characters", () => {
  assert.equal(plainText("a\tb\u001bc\u009bd\u200be"), "a b␛c\ufffdd\ufffde");
  assert.equal(plainText("Grüße 世界 🐳"), "Grüße 世界 🐳");
  assert.equal(plainText("\ud83d"), "\ufffd");
});

test("json: has the promised shape", () => {
  const report = JSON.parse(renderJson(sample)) as {
    readonly findings: readonly Record<string, unknown>[];
    readonly files: readonly object[];
    readonly suppressed: readonly object[];
  };
  assert.deepEqual(Object.keys(report), [
    "version",
    "tool",
    "complete",
    "files",
    "findings",
    "suppressed",
    "failures",
    "notChecked",
    "posture",
  ]);
  assert.deepEqual(report.files[1], { path: "clean/Dockerfile", language: "dockerfile", status: "checked" });
  const finding = report.findings.find(({ rule }) => rule === "sudo-in-run") ?? report.findings.at(-1)!;
  assert.deepEqual(Object.keys(finding), [
    ...["rule", "severity", "category", "message", "path", "range", "fixes", "related", "fingerprint"],
    "excerpt",
  ]);
  assert.equal(report.suppressed.length, 1);
});
