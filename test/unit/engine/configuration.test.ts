import assert from "node:assert/strict";
import test from "node:test";
import { defaultConfig, overlay } from "../../../server/src/engine/config";
import { parseConfiguration } from "../../../server/src/engine/configuration";
import { effectiveRules } from "../../../server/src/engine/levels";
import { defineRule, type Rule } from "../../../server/src/engine/rule";

const rule = (id: string, profiles: Rule["profiles"]): Rule =>
  defineRule({
    id,
    language: "dockerfile",
    title: id,
    why: "",
    category: "hygiene",
    severity: "medium",
    profiles,
    since: "0.1.0",
    aliases: [],
    references: [],
    options: {
      most: { type: "number", default: 3, description: "", minimum: 1 },
      names: { type: "strings", default: [], description: "" },
    },
    messages: { found: () => "" },
    bad: [],
    good: [],
    check() {},
  });

const rules = [rule("bad-thing", ["recommended"]), rule("odd-thing", ["strict"]), rule("other", [])];

const idsOf = (text: string): readonly string[] =>
  effectiveRules(rules, parseConfiguration(text, rules).config).map((effective) => effective.rule.id);

test("profiles hold what they say", () => {
  assert.deepEqual(idsOf(""), ["bad-thing"]);
  assert.deepEqual(idsOf("profile: strict"), ["bad-thing", "odd-thing"]);
  assert.deepEqual(idsOf("profile: all"), ["bad-thing", "odd-thing", "other"]);
  assert.deepEqual(idsOf("profile: cis"), []);
});

test("settings switch rules on and off, later ones win", () => {
  assert.deepEqual(idsOf("rules: { bad-thing: off }"), []);
  assert.deepEqual(idsOf("rules: { bad-thing: false, other: true }"), ["other"]);
  assert.deepEqual(idsOf('rules:\n  "*": off\n  odd-thing: low\n'), ["odd-thing"]);
});

test("severities are set, raised and lowered", () => {
  const severity = (level: string): string | undefined => {
    const { config } = parseConfiguration(`rules: { bad-thing: ${level} }`, rules);
    return effectiveRules(rules, config)[0]?.severityOf("medium");
  };
  assert.equal(severity("critical"), "critical");
  assert.equal(severity("upgrade"), "high");
  assert.equal(severity("downgrade"), "low");
  assert.equal(severity("on"), "medium");
});

test("options are read, checked, and keep their defaults", () => {
  const options = (text: string): Readonly<Record<string, unknown>> | undefined =>
    effectiveRules(rules, parseConfiguration(text, rules).config)[0]?.options;
  assert.deepEqual({ ...options("") }, { most: 3, names: [] });
  assert.deepEqual(
    { ...options("rules: { bad-thing: { most: 5, names: [a, b] } }") },
    { most: 5, names: ["a", "b"] },
  );
  const wrong = parseConfiguration("rules: { bad-thing: { most: 0, __proto__: 1 } }", rules);
  assert.equal(wrong.issues.length, 2);
});

test("what cannot be read is an issue at its place, and the rest counts", () => {
  const text = "profile: strickt\nrules:\n  bad-thin: off\n  odd-thing: low\n";
  const { issues, config } = parseConfiguration(text, rules);
  assert.deepEqual(
    issues.map((issue) => [text.slice(issue.span.start, issue.span.end), issue.near]),
    [
      ["strickt", "strict"],
      ["bad-thin", "bad-thing"],
    ],
  );
  assert.deepEqual(config.rules, [{ pattern: "odd-thing", level: "low", options: {} }]);
});

test("broken, deep and odd texts give a configuration, never an exception", () => {
  for (const text of [
    "rules: [",
    "- - -",
    `${"- ".repeat(1000)}x\n`,
    "\t",
    "profile: &a [*a]",
    "{",
    "rules: 5",
    "ignore: x",
  ]) {
    assert.equal(parseConfiguration(text, rules).config.profile, undefined, text);
  }
});

test("one configuration over another", () => {
  const lower = { ...defaultConfig, profile: "strict" as const, exclude: ["a"] };
  const upper = { ...defaultConfig, exclude: ["b"], requireReason: true };
  assert.deepEqual(overlay(lower, upper), {
    ...defaultConfig,
    profile: "strict",
    exclude: ["a", "b"],
    requireReason: true,
  });
});
