import assert from "node:assert/strict";
import test from "node:test";
import { type Analysis, analyse } from "../../../server/src/engine/analyse";
import { type Config, defaultConfig } from "../../../server/src/engine/config";
import { unknownFacts } from "../../../server/src/engine/facts";
import { fingerprintsOf } from "../../../server/src/engine/fingerprint";
import { fixAll, safeFix } from "../../../server/src/engine/fix";
import { defineRule, type Rule } from "../../../server/src/engine/rule";
import { deleteSpan } from "../../../server/src/text/edit";

/** Reports every RUN, with a fix that deletes it, and goes by the ids that other tools give such rules. */
const noRun: Rule = defineRule({
  id: "no-run",
  language: "dockerfile",
  title: "",
  why: "",
  category: "hygiene",
  severity: "high",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: [
    "hadolint:DL9001",
    "trivy:DS-0901",
    "checkov:CKV_X_1",
    "kics:no_run",
    "semgrep:no-run-here",
    "buildkit:NoRun",
  ],
  references: [],
  messages: { found: () => "A RUN" },
  bad: [],
  good: [],
  check(document, { report }) {
    for (const run of document.instructions) {
      if (run.keyword !== "RUN") continue;
      const { start } = document.lines.contentOf(run.startLine);
      const end = document.lines.startOf(run.endLine + 1);
      report("found", [], {
        at: run.keywordSpan,
        fixes: [{ title: "Delete it", safety: "safe", edits: [deleteSpan({ start, end })] }],
      });
    }
  },
});

const throwing: Rule = {
  ...noRun,
  id: "throws",
  aliases: [],
  check: () => {
    throw new TypeError("of no use");
  },
};

function run(text: string, config: Partial<Config> = {}, rules: readonly Rule[] = [noRun]): Analysis {
  return analyse({
    kind: "dockerfile",
    text,
    rules,
    facts: unknownFacts("2026-11-21"),
    config: { ...defaultConfig, ...config },
    path: "web/Dockerfile",
  });
}

const linesOf = (analysis: Analysis): readonly number[] =>
  analysis.findings.map((finding) => analysis.document.lines.at(finding.span.start).line + 1);

for (const comment of [
  "# plimsoll-ignore no-run: because",
  "# plimsoll-ignore no-run",
  "#plimsoll-ignore other, no-run until 2027-01-01: because",
  "# plimsoll-ignore DL9001: by another tool's id",
  "# hadolint ignore=DL3008,DL9001",
  "# trivy:ignore:DS-0901",
  "# trivy:ignore:AVD-DS-0901",
  "# nosemgrep",
  "# nosemgrep: dockerfile.security.no-run-here",
  "# kics-scan ignore-line",
]) {
  test(`the comment silences the next instruction only: ${comment}`, () => {
    const analysis = run(`FROM a\n${comment}\nRUN a \\\n  b\nRUN c\n`);
    assert.deepEqual(linesOf(analysis), [5]);
    assert.equal(analysis.suppressed.length, 1);
  });
}

for (const comment of [
  "# plimsoll-ignore-file no-run: because",
  "# hadolint global ignore=DL9001",
  "# checkov:skip=CKV_X_1:because",
  "# kics-scan disable=no_run",
  "# kics-scan ignore",
  "# check=skip=NoRun",
  "# check=skip=all;error=true",
]) {
  test(`the comment silences the whole file: ${comment}`, () => {
    const analysis = run(`${comment}\nFROM a\nRUN a\nRUN b\n`);
    assert.deepEqual(linesOf(analysis), []);
    assert.equal(analysis.suppressed.length, 2);
  });
}

for (const comment of [
  "# plimsoll-ignore no-run until 2026-11-20: over",
  "# plimsoll-ignore: no-run",
  "# plimsoll-ignore some-other",
  "# hadolint ignore=DL3008",
  "# please ignore no-run",
  "# check=skip=NoRun",
]) {
  test(`the comment silences nothing: ${comment}`, () => {
    assert.deepEqual(linesOf(run(`FROM a\n${comment}\nRUN a\n`)), [3]);
  });
}

test("a comment full of blanks is read in a moment, and silences nothing", () => {
  const blanks = " ".repeat(900_000);
  for (const comment of [
    `# plimsoll-ignore no-run${blanks}x`,
    `# plimsoll-ignore a${blanks},${blanks}no-run`,
    `#${blanks}x`,
  ]) {
    assert.deepEqual(linesOf(run(`FROM a\n${comment}\nRUN a\n`)), [3]);
  }
});

test("several comments above one instruction all count", () => {
  assert.deepEqual(
    linesOf(run("FROM a\n# plimsoll-ignore no-run\n# hadolint ignore=DL1\n# words\nRUN a\n")),
    [],
  );
});

test("the repository's exceptions count by rule, path and date", () => {
  const entry = {
    rule: "no-*",
    path: "web/**",
    reason: "why",
    until: undefined as string | undefined,
    span: { start: 0, end: 0 },
  };
  const left = (change: Partial<typeof entry>): number =>
    run("FROM a\nRUN a\n", { ignore: [{ ...entry, ...change }] }).findings.length;
  assert.equal(left({}), 0);
  assert.equal(left({ path: "api/**" }), 1);
  assert.equal(left({ rule: "other" }), 1);
  assert.equal(left({ until: "2026-11-20" }), 1);
  assert.equal(left({ until: "2026-11-21" }), 0);
});

test("a rule that throws is a failure, and the others' findings stand", () => {
  const analysis = run("FROM a\nRUN a\n", {}, [throwing, noRun]);
  assert.deepEqual(linesOf(analysis), [2]);
  assert.deepEqual(analysis.failures, [{ rule: "throws", error: "TypeError: of no use" }]);
});

test("a text that is too long is said to be not checked", () => {
  const analysis = run(`FROM a\n#${"x".repeat(2_000_001)}`);
  assert.equal(analysis.findings.length, 0);
  assert.match(analysis.notChecked[0]!.reason, /longer than/);
});

test("commands that no rule has seen are said to be not checked", () => {
  const reasons = (text: string): readonly string[] => run(text).notChecked.map(({ reason }) => reason);
  assert.deepEqual(reasons('FROM a\nRUN echo b\nCMD ["x"]\n'), []);
  assert.deepEqual(reasons("FROM a\nRUN echo 'b\n"), ["a part of this command could not be read"]);
  const windows = 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell"]\nRUN a\nRUN b\n';
  assert.deepEqual(reasons(windows), ["RUN in PowerShell is not read"]);
});

test("fixes are applied until none is left", () => {
  const input = {
    kind: "dockerfile" as const,
    text: "FROM a\nRUN a\nRUN b\n",
    rules: [noRun],
    facts: unknownFacts("2026-11-21"),
    config: defaultConfig,
  };
  const fixed = fixAll(input, safeFix);
  assert.equal(fixed.text, "FROM a\n");
  assert.equal(fixed.stable, true);
  assert.equal(fixed.applied.length, 2);
});

test("a fix that never ends is stopped and said to be unstable", () => {
  const growing: Rule = {
    ...noRun,
    check: (_, { report }) =>
      report("found", [], {
        at: { start: 0, end: 1 },
        fixes: [{ title: "Grow", safety: "safe", edits: [{ start: 0, end: 0, text: "#\n" }] }],
      }),
  };
  const input = {
    kind: "dockerfile" as const,
    text: "FROM a\n",
    rules: [growing],
    facts: unknownFacts("2026-11-21"),
    config: defaultConfig,
  };
  assert.equal(fixAll(input, safeFix).stable, false);
});

test("fingerprints stay when lines move, and tell equal lines apart", () => {
  const prints = (text: string): readonly string[] => {
    const { document, findings } = run(text);
    return fingerprintsOf(document, findings, []);
  };
  const [a, b] = prints("FROM a\nRUN x\nRUN x\n");
  assert.notEqual(a, b);
  assert.deepEqual(prints("# moved\n\nFROM a\nRUN  x\nRUN x\n"), [a, b]);
});

test("fingerprints stay when a stage is renamed, and when an equal finding before it is silenced", () => {
  const prints = (text: string): readonly string[] => {
    const { document, findings, suppressed } = run(text);
    const all = [...findings, ...suppressed.map((entry) => entry.finding)];
    const found = fingerprintsOf(document, all, []);
    return all
      .map((finding, at) => ({ at: finding.span.start, print: found[at]! }))
      .sort((a, b) => a.at - b.at)
      .map(({ print }) => print);
  };
  const copied = (name: string): string =>
    `FROM a AS ${name}\nFROM b\nRUN --mount=from=${name},target=/x x\n`;
  assert.deepEqual(prints(copied("build")), prints(copied("the-builder")));
  assert.notDeepEqual(prints(copied("build")), prints(copied("build").replace("target=/x", "target=/y")));
  assert.deepEqual(
    prints("FROM a\nRUN x\nRUN x\n"),
    prints("FROM a\n# plimsoll-ignore no-run\nRUN x\nRUN x\n"),
  );
});

test("a fingerprint tells nothing of a secret", () => {
  const finding = (start: number, end: number) => ({
    ...run("FROM a\nRUN x\n").findings[0]!,
    category: "secrets" as const,
    span: { start, end },
  });
  const print = (text: string, start: number, end: number): readonly string[] =>
    fingerprintsOf(run(text).document, [finding(start, end)], [{ start, end }]);
  assert.deepEqual(print("ENV A=one", 6, 9), print("ENV A=another", 6, 13));
});
