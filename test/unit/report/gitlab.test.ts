import assert from "node:assert/strict";
import test from "node:test";
import { renderGitlab } from "../../../server/src/report/gitlab";
import { auditedFile, fileWithMessage, resultWith, troubled } from "./sample";

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: {
    readonly path: string;
    readonly lines: { readonly begin: number; readonly end: number };
  };
}

function issuesOf(result: typeof troubled): readonly Issue[] {
  return JSON.parse(renderGitlab(result)) as readonly Issue[];
}

test("every issue has what GitLab requires, and a fingerprint of its own", () => {
  const issues = issuesOf(troubled);
  assert.ok(issues.length > 8);
  for (const issue of issues) {
    assert.deepEqual(Object.keys(issue), [
      "description",
      "check_name",
      "fingerprint",
      "severity",
      "location",
    ]);
    assert.notEqual(issue.description, "");
    assert.match(issue.fingerprint, /^[0-9a-f]{16}(?:[0-9a-f]{16})?$/);
    assert.match(issue.severity, /^(?:info|minor|major|critical|blocker)$/);
    assert.doesNotMatch(issue.location.path, /^(?:\.?\/|$)/);
    assert.ok(issue.location.lines.begin >= 1 && issue.location.lines.end >= issue.location.lines.begin);
  }
  assert.equal(new Set(issues.map(({ fingerprint }) => fingerprint)).size, issues.length);
});

test("the same text in two files makes different issues, and lines above change no fingerprint", () => {
  const text = "FROM busybox:1.37\nUSER root\n";
  const fingerprints = (path: string, content: string) =>
    issuesOf(resultWith([auditedFile(path, content)])).map(({ fingerprint }) => fingerprint);
  const [print] = fingerprints("a/Dockerfile", text);
  assert.notEqual(print, undefined);
  assert.deepEqual(fingerprints("a/Dockerfile", `# a comment\n${text}`), [print]);
  assert.notDeepEqual(fingerprints("b/Dockerfile", text), [print]);
});

test("severities are GitLab's", () => {
  assert.deepEqual(
    issuesOf(resultWith([fileWithMessage("Dockerfile", "m")])).map(({ severity }) => severity),
    ["blocker", "critical", "major", "minor", "info"],
  );
});

test("what failed or was not checked is an issue, and what is silenced is none", () => {
  const issues = issuesOf(troubled);
  const of = (name: string) =>
    issues
      .filter(({ check_name }) => check_name === name)
      .map(({ severity, location }) => `${severity} ${location.path}:${location.lines.begin}`);
  assert.deepEqual(of("failure"), ["critical .:1", "critical plimsoll.yaml:3"]);
  assert.deepEqual(of("broken-rule"), ["critical x/Dockerfile:1"]);
  assert.deepEqual(of("not-checked"), [
    "major latin/Dockerfile:1",
    "major linked/Dockerfile:1",
    "major folder-that-is-closed:1",
  ]);
  assert.ok(of("final-stage-user-root").includes("info clean/Dockerfile:3"));
  assert.deepEqual(of("sudo-in-run"), []);
});
