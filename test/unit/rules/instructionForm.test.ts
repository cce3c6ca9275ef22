import assert from "node:assert/strict";
import test from "node:test";
import { parseDockerfile } from "../../../server/src/documents/dockerfile/parse";
import { analyse } from "../../../server/src/engine/analyse";
import { defaultConfig } from "../../../server/src/engine/config";
import { unknownFacts } from "../../../server/src/engine/facts";
import { fixAll, safeFix } from "../../../server/src/engine/fix";
import { rules } from "../../../server/src/rules/index";
import { requiredLabels } from "../../../server/src/rules/shared/labels";
import { isOfType, type LabelType } from "../../../server/src/rules/shared/labelTypes";
import { absolutePath, isRelativePath } from "../../../server/src/rules/shared/relativePath";
import { exampleDay, inputFor } from "../../support/check";

const aboutForm: readonly string[] = [
  ...["cmd-multiple", "copy-multi-no-slash", "copy-relative-no-workdir", "entrypoint-multiple"],
  ...["first-instruction-not-from", "invalid-instruction", "legacy-key-value", "malformed-exec-json"],
  ...["onbuild-forbidden", "shell-form-cmd", "space-before-equal", "workdir-relative"],
];

function findings(text: string) {
  const active = rules.filter((rule) => aboutForm.includes(rule.id));
  const facts = unknownFacts(exampleDay);
  return analyse({
    kind: "dockerfile",
    text,
    rules: active,
    facts,
    config: { ...defaultConfig, profile: "all" },
  }).findings;
}

/** Rule and severity of each finding. */
function found(text: string): readonly string[] {
  return findings(text).map(({ rule, severity }) => `${rule} ${severity}`);
}

test("one mistake is reported once, by the rule that knows most of it", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["FROM a\nCMD ['a']\n", ["malformed-exec-json medium"]],
    ['FROM a\nCMD ["sleep", 5]\n', ["invalid-instruction low"]],
    ["FROM a\nENV A =1\n", ["space-before-equal low"]],
    ["FROM a\nENV A=1 B =2\n", ["space-before-equal low"]],
    ["FROM a\nARG A =1\n", ["space-before-equal low"]],
    ["FROM a\nONBUILD ONBUILD RUN b\n", ["onbuild-forbidden low"]],
    ["LABEL a=b\nFROM c\n", ["first-instruction-not-from low"]],
    ["RUN\nFROM c\n", ["first-instruction-not-from low"]],
    ["RUN a\n", ["first-instruction-not-from low"]],
    ["FOO a\n", ["invalid-instruction low"]],
    ["FROM a\nCOPY ['a', 'b', 'c']\n", ["malformed-exec-json medium"]],
    ["FROM a\nSHELL ['a']\n", ["malformed-exec-json medium"]],
    ["FROM a\nSHELL a b\n", ["invalid-instruction low"]],
  ];
  for (const [text, expected] of cases) assert.deepEqual(found(text), expected, text);
});

test("a finding is milder where what is meant is certain", () => {
  assert.deepEqual(found("FROM a\nWORKDIR b\n"), ["workdir-relative low"]);
  assert.deepEqual(found("FROM a\nWORKDIR /c\nWORKDIR b\n"), ["workdir-relative info"]);
  assert.deepEqual(found("FROM a\nWORKDIR $X\nWORKDIR b\n"), ["workdir-relative low"]);
  assert.deepEqual(found("FROM a\nCMD b\n"), ["shell-form-cmd low"]);
  assert.deepEqual(found("FROM a\nCMD exec b\n"), ["shell-form-cmd info"]);
  assert.deepEqual(found("FROM a\nCOPY b c\n"), ["copy-relative-no-workdir low"]);
  assert.deepEqual(found("FROM scratch\nCOPY b c\n"), ["copy-relative-no-workdir info"]);
});

test("the old form of ENV keeps its value, whatever quotes and escapes it has", () => {
  const rule = rules.find(({ id }) => id === "legacy-key-value")!;
  const values = [
    ...[
      "b",
      "b c",
      '"b c"',
      "'b  c'",
      "b\\ c",
      "$X:/b",
      "${X:-b c}",
      "b=c",
      "b # c",
      '"$X" b',
      "it's",
      "b\\",
    ],
    ...['"a" "b"', "'$X'", "b\\\\ c", '\\"b', "a\tb", "é ü", "[1, 2]", '{"a": 1}', "`b`", "b; c"],
  ];
  let fixed = 0;
  for (const value of values) {
    const text = `FROM a\nARG X=1\nENV NAME ${value}\n`;
    const result = fixAll(inputFor(rule, text), safeFix);
    assert.deepEqual(valuesOf(result.text), valuesOf(text), value);
    if (result.text !== text) fixed++;
  }
  assert.ok(fixed >= 12, "most values can be fixed");
});

function valuesOf(text: string): unknown {
  return parseDockerfile(text).instructions.flatMap((instruction) =>
    instruction.keyword === "ENV"
      ? instruction.assignments.map(({ name, value, expanded }) => ({ name, value, expanded }))
      : [],
  );
}

test("the values of labels are judged by their types", () => {
  const right: Readonly<Record<LabelType, readonly string[]>> = {
    text: ["", "anything"],
    url: ["https://example.com", "http://a.b:80/c?d=e#f", "git+ssh://git@example.com/a.git"],
    spdx: [
      "MIT",
      "GPL-2.0-or-later WITH Classpath-exception-2.0",
      "(MIT OR Apache-2.0) AND LicenseRef-Own",
      "GPL-2.0+",
    ],
    rfc3339: ["2026-01-31T12:00:00Z", "2026-01-31T12:00:00.123456+02:00", "2026-01-31 23:59:60-00:00"],
    hash: ["0123456", "a".repeat(40), "b".repeat(64)],
    semver: ["1.2.3", "0.0.0-alpha.1+build.007", "10.20.30-0a"],
    email: ["ann@example.com", "a.b+c@d-e.example"],
  };
  const wrong: Readonly<Record<LabelType, readonly string[]>> = {
    text: [],
    url: ["example.com", "/a/b", "https://", "https:// a", "git@example.com:a/b.git"],
    spdx: [
      "Apache 2.0",
      "MIT OR",
      "AND MIT",
      "(MIT",
      "MIT)",
      "()",
      "GPLv3",
      "MIT, BSD-2-Clause",
      "MIT (Apache-2.0)",
    ],
    rfc3339: [
      "2026-01-31",
      "31.1.2026",
      "2026-13-01T00:00:00Z",
      "2026-01-01T24:00:00Z",
      "2026-01-01T00:00:00",
    ],
    hash: ["012345", "G".repeat(40), "a".repeat(41), "v1.0"],
    semver: ["1.0", "v1.0.0", "01.0.0", "1.0.0-", "1.0.0-01", "1.0.0-a..b"],
    email: ["ann", "ann@", "@example.com", "ann lee@example.com", "Ann <ann@example.com>"],
  };
  for (const type of Object.keys(right) as LabelType[]) {
    for (const value of right[type]) assert.equal(isOfType(value, type), true, `${type}: ${value}`);
    for (const value of wrong[type]) assert.equal(isOfType(value, type), false, `${type}: ${value}`);
  }
});

test("required labels may name their type", () => {
  const required = requiredLabels([
    "a",
    "b:semver",
    "c:",
    "d:unheard",
    "org.opencontainers.image.url",
    "__proto__:url",
  ]);
  assert.deepEqual(
    [...required],
    [
      ["a", "text"],
      ["b", "semver"],
      ["c", "text"],
      ["d", "text"],
      ["org.opencontainers.image.url", "url"],
      ["__proto__", "url"],
    ],
  );
});

test("a path is relative only beyond doubt", () => {
  for (const path of ["app", "./app", "..", '"app dir"', "~/app", "ab:c", "'x"])
    assert.ok(isRelativePath(path), path);
  for (const path of ["/app", '"/app"', "$APP", "'${A}/b'", "C:\\app", "\\app", "%TEMP%", "c:/x", "", '"'])
    assert.equal(isRelativePath(path), false, path);
});

test("an absolute path is written only where it is known", () => {
  assert.equal(absolutePath("a/b", "/srv/"), "/srv/a/b");
  assert.equal(absolutePath("./a", "/srv/./x"), "/srv/x/a");
  assert.equal(absolutePath(".", ""), "/");
  assert.equal(absolutePath("./", ""), "/");
  for (const path of ["../a", "a/..", "$A", '"a"', "a b", "*"])
    assert.equal(absolutePath(path, "/srv"), undefined, path);
});

test("findings of long and hostile files stay bounded", () => {
  const many = 5000;
  const texts = [
    `FROM a\n${"ARG =1\n".repeat(many)}${"ENV A =1\n".repeat(many)}`,
    `FROM a\n${"CMD a \\\n# b\n c\n".repeat(many)}`,
    `FROM a\nRUN a \\\n${"\n \n".repeat(many)} b\n`,
    `FROM a\n${"COPY a b c\n".repeat(many)}`,
    `FROM a\nCMD [${'"a" '.repeat(many)}\nRUN [ ${" ".repeat(many)}"a"\n`,
    `FROM a\nENV A ${"\\ ".repeat(many)}\nEXPOSE ${"-".repeat(many)} ${"${".repeat(many)}\n`,
  ];
  for (const text of texts) assert.ok(findings(text).length <= 2 * many);
});
