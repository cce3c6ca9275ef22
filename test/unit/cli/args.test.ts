import assert from "node:assert/strict";
import test from "node:test";
import { readArgs } from "../../../server/src/cli/args";
import { UsageError } from "../../../server/src/cli/terminal";

test("check has the promised defaults", () => {
  assert.deepEqual(readArgs(["check"]), {
    command: "check",
    paths: ["."],
    config: undefined,
    noConfig: false,
    profile: undefined,
    rules: [],
    noIgnore: false,
    format: "text",
    output: undefined,
    minSeverity: undefined,
    failOn: undefined,
    stdin: false,
    stdinFilename: undefined,
    strict: false,
    scanResults: [],
    scan: undefined,
    since: undefined,
    remember: false,
    online: false,
    registries: [],
    baseline: undefined,
    noBaseline: false,
    updateBaseline: false,
    shrinkOnly: false,
    reason: undefined,
    shard: undefined,
    cache: false,
    cacheLocation: undefined,
  });
});

test("options may be written with = or without, and rules may be several", () => {
  const args = readArgs([
    "check",
    "a",
    "--format=json",
    "--rule",
    "x",
    "--rule=y",
    "--fail-on",
    "never",
    "b",
  ]);
  assert.equal(args.command, "check");
  assert.deepEqual(args.command === "check" && [args.paths, args.format, args.rules, args.failOn], [
    ["a", "b"],
    "json",
    ["x", "y"],
    "never",
  ]);
});

test("what follows -- is a path", () => {
  const args = readArgs(["fix", "--dry-run", "--", "--strict"]);
  assert.deepEqual(args.command === "fix" && args.paths, ["--strict"]);
});

test("help and version", () => {
  assert.deepEqual(readArgs(["--help"]), { command: "help" });
  assert.deepEqual(readArgs(["check", "-h"]), { command: "help" });
  assert.deepEqual(readArgs(["--version"]), { command: "version" });
});

const wrong: readonly (readonly [readonly string[], RegExp])[] = [
  [[], /command is missing/],
  [["chek"], /did you mean check/],
  [["--strict"], /a command comes first/],
  [["check", "--nonsense"], /nonsense/],
  [
    ["check", "--format", "xml"],
    /--format is one of text, json, sarif, html, markdown, csv, junit, github, gitlab, compact, not "xml"/,
  ],
  [["check", "--format"], /format/],
  [["check", "--fail-on", "bad"], /--fail-on is one of .*never/],
  [["check", "--min-severity", "never"], /--min-severity is one of/],
  [["check", "--profile", "lax"], /--profile is one of recommended/],
  [["check", "--strict=yes"], /strict/],
  [["check", "--shard", "1/2", "--update-baseline"], /leave out --shard/],
  [["check", "--jobs=4"], /--jobs is not available in this version/],
  [["check", "--stdin", "Dockerfile"], /name no path/],
  [["check", "--stdin-filename", "x"], /goes with --stdin/],
  [["check", "--config", "x", "--no-config"], /exclude each other/],
  [["explain"], /takes one rule/],
  [["rules", "--format", "sarif"], /text or json/],
];

for (const [args, message] of wrong) {
  test(`plimsoll ${args.join(" ")} is wrong`, () => {
    assert.throws(
      () => readArgs(args),
      (error) => error instanceof UsageError && message.test(error.message) && !error.message.includes("\n"),
    );
  });
}
