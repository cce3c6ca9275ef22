import assert from "node:assert/strict";
import test from "node:test";
import { maxSarifResults } from "../../../server/src/limits";
import { renderSarif } from "../../../server/src/report/sarif";
import { rules } from "../../../server/src/rules/index";
import { auditedFile, fileWithMessage, resultWith, sample, troubled } from "./sample";

interface Sarif {
  readonly version: string;
  readonly runs: readonly [
    {
      readonly columnKind: string;
      readonly tool: { readonly driver: { readonly rules: readonly Descriptor[] } };
      readonly invocations: readonly [
        { readonly executionSuccessful: boolean; readonly toolExecutionNotifications: readonly object[] },
      ];
      readonly results: readonly Result[];
    },
  ];
}

interface Descriptor {
  readonly id: string;
  readonly help: { readonly markdown: string };
  readonly properties: { readonly "security-severity": string; readonly tags: readonly string[] };
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly locations: readonly [
    {
      readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
        readonly region: Readonly<Record<string, number>>;
      };
    },
  ];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions: readonly { readonly kind: string; readonly justification?: string }[];
  readonly fixes: readonly {
    readonly artifactChanges: readonly { readonly replacements: readonly object[] }[];
  }[];
}

function runOf(result: typeof sample): Sarif["runs"][0] {
  const log = JSON.parse(renderSarif(result, rules)) as Sarif;
  assert.equal(log.version, "2.1.0");
  return log.runs[0];
}

test("results name their rules by id and by place in the list", () => {
  const run = runOf(sample);
  assert.equal(run.columnKind, "utf16CodeUnits");
  for (const result of run.results) assert.equal(run.tool.driver.rules[result.ruleIndex]?.id, result.ruleId);
  assert.deepEqual(
    new Set(run.tool.driver.rules.map((rule) => rule.id)),
    new Set(rules.map((rule) => rule.id)),
  );
});

test("rules carry their page, a score and their weaknesses", () => {
  const rule = runOf(sample).tool.driver.rules.find(({ id }) => id === "final-stage-user-root");
  assert.match(rule?.help.markdown ?? "", /^# /);
  assert.equal(rule?.properties["security-severity"], "8.0");
  assert.ok(rule.properties.tags.includes("external/cwe/cwe-250"));
});

test("places are lines and columns from 1, and paths are percent-encoded below the root", () => {
  const [result] = runOf(
    resultWith([auditedFile("a b/ü#?/Dockerfile", "FROM busybox:1.37\nUSER root\n")]),
  ).results;
  assert.deepEqual(result?.locations[0].physicalLocation.artifactLocation, {
    uri: "a%20b/%C3%BC%23%3F/Dockerfile",
    uriBaseId: "%SRCROOT%",
  });
  assert.deepEqual(result.locations[0].physicalLocation.region, {
    startLine: 2,
    startColumn: 6,
    endLine: 2,
    endColumn: 10,
  });
  assert.match(result.partialFingerprints["plimsoll/v1"] ?? "", /^[0-9a-f]{16}$/);
});

test("a path that has no base or no encoding is a URI all the same", () => {
  for (const [path, uri] of [
    ["/abs/Dockerfile", "file:///abs/Dockerfile"],
    ["C:/abs x/Dockerfile", "file:///C:/abs%20x/Dockerfile"],
    ["a\ud800/Dockerfile", "a%EF%BF%BD/Dockerfile"],
  ] as const) {
    const [result] = runOf(resultWith([auditedFile(path, "FROM busybox:1.37\nUSER root\n")])).results;
    assert.equal(result?.locations[0].physicalLocation.artifactLocation.uri, uri);
  }
});

test("what is silenced is there, with who silenced it and why", () => {
  const silenced = runOf(sample).results.find((result) => result.suppressions.length > 0);
  assert.equal(silenced?.ruleId, "sudo-in-run");
  assert.deepEqual(silenced.suppressions, [
    {
      kind: "inSource",
      status: "accepted",
      justification: "the image needs it",
      properties: { acceptedBy: "comment" },
    },
  ]);
});

test("a rule's failure makes the run unsuccessful and is told", () => {
  const failures = [{ rule: "x", path: "Dockerfile", error: "boom" }];
  const [invocation] = runOf(resultWith(sample.files, { failures })).invocations;
  assert.equal(invocation.executionSuccessful, false);
  assert.match(JSON.stringify(invocation.toolExecutionNotifications), /the rule x failed: boom/);
  assert.equal(runOf(sample).invocations[0].executionSuccessful, true);
});

test("a fingerprint stays when lines above it move, and when the rest of the file changes", () => {
  const printsOf = (text: string): ReadonlyMap<string, string | undefined> =>
    new Map(
      runOf(resultWith([auditedFile("Dockerfile", text)])).results.map(
        ({ ruleId, partialFingerprints }) => [ruleId, partialFingerprints["plimsoll/v1"]] as const,
      ),
    );
  const before = printsOf("FROM busybox:1.37\nRUN sudo id\nUSER root\n");
  const after = printsOf("# a\n\nFROM busybox:1.38\nRUN echo\nRUN   sudo id\n\n\nUSER root\n# b\n");
  assert.ok(before.size >= 2);
  for (const [rule, print] of before) assert.equal(after.get(rule), print, rule);
});

test("equal findings on equal lines have fingerprints of their own", () => {
  const text = "FROM busybox:1.37\nRUN sudo id\nRUN sudo id\nUSER 1\n";
  const prints = runOf(resultWith([auditedFile("Dockerfile", text)])).results.map(
    ({ partialFingerprints }) => partialFingerprints["plimsoll/v1"],
  );
  assert.ok(prints.length >= 2);
  assert.equal(new Set(prints).size, prints.length);
});

test("what could not be checked is a notification, with its place and its rule", () => {
  const [invocation] = runOf(troubled).invocations;
  const text = JSON.stringify(invocation.toolExecutionNotifications);
  for (const part of ["it is not valid UTF-8", "the link leads nowhere", "its base is private"])
    assert.ok(text.includes(part), part);
  assert.match(text, /"associatedRule":\{"id":"final-stage-user-root"\}/);
});

test("code scanning takes a limited number of results: the mildest are left out, and that is said", () => {
  const files = Array.from({ length: maxSarifResults / 5 + 100 }, (_, at) =>
    fileWithMessage(`f${at}/Dockerfile`, "m"),
  );
  const run = runOf(resultWith(files));
  assert.equal(run.results.length, maxSarifResults);
  assert.equal(run.results.filter(({ level }) => level === "error").length, 2 * files.length);
  assert.match(
    JSON.stringify(run.invocations[0].toolExecutionNotifications),
    /500 of the mildest results were left out/,
  );
  assert.equal(JSON.stringify(runOf(sample).invocations).includes("left out"), false);
});
