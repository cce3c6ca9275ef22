import assert from "node:assert/strict";
import test from "node:test";
import { nearestName } from "../../../server/src/engine/nearestName";
import { matchesGlob } from "../../../server/src/text/glob";

test("globs match whole names", () => {
  const cases: readonly [string, string, boolean][] = [
    ["docker.io/library/*", "docker.io/library/node", true],
    ["docker.io/library/*", "docker.io/library/a/b", false],
    ["docker.io/**", "docker.io/library/node", true],
    ["*.example.com", "registry.example.com", true],
    ["*.example.com", "example.com", false],
    ["**/Dockerfile", "a/b/Dockerfile", true],
    ["legacy/**", "legacy/a/compose.yaml", true],
    ["legacy/**", "other/compose.yaml", false],
    ["compose-*", "compose-privileged", true],
    ["a?c", "abc", true],
    ["**", "", true],
    ["", "a", false],
    ["a*b*c", "aXbYc", true],
    ["a*b*c", "aXbY", false],
  ];
  for (const [glob, name, expected] of cases)
    assert.equal(matchesGlob(glob, name), expected, `${glob} ${name}`);
});

test("a glob full of stars ends on a name that it does not match", () => {
  assert.equal(matchesGlob("*a".repeat(50), "a".repeat(10_000).concat("b")), false);
});

test("the nearest name is at most a third away", () => {
  const names = ["add-local-file", "sudo-in-run"];
  assert.equal(nearestName("add-local-fil", names), "add-local-file");
  assert.equal(nearestName("sudo-in-rnu", names), "sudo-in-run");
  assert.equal(nearestName("hihg", ["critical", "high", "info"]), "high");
  assert.equal(nearestName("ol", ["lo"]), undefined);
  assert.equal(nearestName("everything", names), undefined);
  assert.equal(nearestName("x".repeat(100_000), names), undefined);
});
