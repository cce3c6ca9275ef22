import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import ignore from "ignore";
import { parseGitignore } from "../../../server/src/audit/gitignore";
import { compileGlob } from "../../../server/src/text/glob";

const cases: readonly (readonly [string, string, boolean, boolean | undefined])[] = [
  ["build", "build", true, true],
  ["build", "a/build", false, true],
  ["/build", "a/build", true, undefined],
  ["build/", "build", false, undefined],
  ["build/", "a/build", true, true],
  ["a/b", "x/a/b", false, undefined],
  ["**/a/b", "x/a/b", false, true],
  ["a/**", "a", true, undefined],
  ["a/**", "a/b/c", false, true],
  ["a/**/z", "a/z", false, true],
  ["a/**/z", "a/b/c/z", false, true],
  ["*.log", "deep/x.log", false, true],
  ["*.log\n!keep.log", "keep.log", false, false],
  ["# no\n\\#yes", "#yes", false, true],
  ["\\!x", "!x", false, true],
  ["x  ", "x", false, true],
  ["x\\ ", "x ", false, true],
  ["[a-c]?", "bz", false, true],
  ["[!a-c]z", "bz", false, undefined],
  ["[", "[", false, true],
  ["build\r\ndist", "build", true, true],
  ["", "a", false, undefined],
];

for (const [text, path, isFolder, decision] of cases) {
  test(`${JSON.stringify(text)} on ${path}${isFolder ? "/" : ""} gives ${decision}`, () => {
    assert.equal(parseGitignore(text).decides(path, isFolder), decision);
  });
}

test("agrees with another implementation on random patterns and paths", () => {
  const part = fc.constantFrom("a", "b", "ab", "*", "a*", "*b", "?", "**", "[ab]");
  const pattern = fc
    .tuple(
      fc.constantFrom("", "!"),
      fc.constantFrom("", "/"),
      fc.array(part, { minLength: 1, maxLength: 4 }),
      fc.constantFrom("", "/"),
    )
    .map(([negation, root, parts, end]) => negation + root + parts.join("/") + end);
  const path = fc
    .array(fc.constantFrom("a", "b", "ab", "aab", "c"), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join("/"));
  fc.assert(
    fc.property(fc.array(pattern, { maxLength: 4 }), path, (patterns, name) => {
      const text = patterns.join("\n");
      // Folders above are asked one by one, as the walk does.
      const own = parseGitignore(text);
      const names = name.split("/");
      const ignored = names.some(
        (_, index) => own.decides(names.slice(0, index + 1).join("/"), index < names.length - 1) === true,
      );
      assert.equal(ignored, ignore().add(text).ignores(name), `${text} on ${name}`);
    }),
    { numRuns: 1000 },
  );
});

test("a glob that is made to be slow is not", () => {
  const glob = compileGlob(`${"**/*a".repeat(200)}/b`);
  const steps = 2_000;
  assert.equal(glob.matches(`${"a".repeat(steps)}/${"a/".repeat(steps)}c`), false);
  assert.equal(compileGlob(`${"*a".repeat(100)}b`).matches("a".repeat(20_000)), false);
});

test("a glob takes escapes and unclosed sets as they stand", () => {
  assert.equal(compileGlob("a\\*b").matches("a*b"), true);
  assert.equal(compileGlob("a\\*b").matches("axb"), false);
  assert.equal(compileGlob("[a").matches("[a"), true);
  assert.equal(compileGlob("[]a]x").matches("]x"), true);
  assert.equal(compileGlob("a\\").matches("a\\"), true);
});
