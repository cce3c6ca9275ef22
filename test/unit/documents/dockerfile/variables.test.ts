import assert from "node:assert/strict";
import test from "node:test";
import type { Expansion } from "../../../../server/src/documents/dockerfile/model";
import { parseDockerfile } from "../../../../server/src/documents/dockerfile/parse";
import { expand } from "../../../../server/src/documents/dockerfile/variables";

const values = new Map([
  ["x", "abcabc"],
  ["path", "/usr/local/bin"],
  ["empty", ""],
  ["star", "a*c"],
]);
const variables = {
  work: { left: 1_000_000 },
  lookup: (name: string): Expansion | undefined => {
    if (name === "later") return { state: "unknown", variables: ["B", "C"] };
    const value = values.get(name);
    return value === undefined ? undefined : { state: "known", value };
  },
};

/** The value, or the names that keep it unknown. */
function expanded(text: string, escapeChar = "\\"): string | readonly string[] {
  const result = expand(text, variables, escapeChar);
  return result.state === "known" ? result.value : result.variables;
}

test("plain variables, quotes and escapes", () => {
  assert.equal(expanded("a-$x-${x}b"), "a-abcabc-abcabcb");
  assert.equal(expanded("\"$x y\"'$x'"), "abcabc y$x");
  assert.equal(expanded('\\$x "\\$x" "\\a" \\a'), "$x $x \\a a");
  assert.equal(expanded("`$x $x", "`"), "$x abcabc");
  assert.equal(expanded("C:\\a\\$x", "`"), "C:\\a\\abcabc");
  assert.equal(expanded("100$ $(date) $"), "100$ $(date) $");
});

test("defaults and alternatives", () => {
  assert.equal(expanded("${x:-y}${none:-y}${none-y}${empty:-y}"), "abcabcyyy");
  assert.equal(expanded("[${empty-y}]"), "[]");
  assert.equal(expanded("${x:+y}[${none:+y}][${empty:+y}]${empty+y}"), "y[][]y");
  assert.equal(expanded("${none:-${also:-$x}}"), "abcabc");
  assert.equal(expanded('${none:-"a b"}'), "a b");
  assert.equal(expanded("${x:?must be set}"), "abcabc");
});

test("patterns are removed from either end, short or long, and replaced once or everywhere", () => {
  assert.equal(expanded("${x#a}|${x#*b}|${x##*b}|${x#z}"), "bcabc|cabc|c|abcabc");
  assert.equal(expanded("${x%c}|${x%b*}|${x%%b*}"), "abcab|abca|a");
  assert.equal(expanded("${x/b/-}|${x//b/-}|${x//?c/}|${x/b*/}"), "a-cabc|a-ca-c|aa|a");
  assert.equal(expanded("${path//\\//_}|${path##*/}|${path%/*}"), "_usr_local_bin|bin|/usr/local");
  assert.equal(expanded("${star#a\\*}"), "c");
  assert.deepEqual(expanded("${x#\\a}"), ["x"]);
});

test("what has no value keeps the word unknown, by name", () => {
  assert.deepEqual(expanded("$none/$x/${other}"), ["none", "other"]);
  assert.deepEqual(expanded("$later"), ["B", "C"]);
  assert.deepEqual(expanded("${later:-y}"), ["B", "C"]);
  assert.deepEqual(expanded("${none:?}"), ["none"]);
});

test("what BuildKit refuses is unknown", () => {
  for (const text of ["${", "${}", "${x", "${x^^}", "${x:", "${x:z}", '"$x', "'$x", "${x/a", "${:-a}"]) {
    assert.equal(expand(text, variables, "\\").state, "unknown", text);
  }
});

test("nesting, length and work have bounds", () => {
  const deep = `${"${none:-".repeat(60)}y${"}".repeat(60)}`;
  assert.equal(expand(deep, variables, "\\").state, "unknown");
  const long = { ...variables, lookup: (): Expansion => ({ state: "known", value: "x".repeat(40_000) }) };
  assert.equal(expand("$a", long, "\\").state, "known");
  assert.equal(expand("$a$a", long, "\\").state, "unknown");
  const tired = { ...variables, work: { left: 100 } };
  assert.equal(expand("${x//*a*b*c*d/}".repeat(20), tired, "\\").state, "unknown");
});

/** Every value that the last stage's last instruction shows. */
function lastValue(text: string): string | readonly string[] {
  const instruction = parseDockerfile(text).instructions.at(-1)!;
  assert.ok(instruction.keyword === "EXPOSE");
  const { expanded: value } = instruction.values[0]!;
  return value.state === "known" ? value.value : value.variables;
}

test("a stage sees a global ARG only after declaring it", () => {
  assert.deepEqual(lastValue("ARG A=1\nFROM a\nEXPOSE $A"), ["A"]);
  assert.equal(lastValue("ARG A=1\nFROM a\nARG A\nEXPOSE $A"), "1");
  assert.equal(lastValue("ARG A=1\nFROM a\nARG A=2\nEXPOSE $A"), "2");
  assert.equal(lastValue("FROM a\nARG A\nEXPOSE ${A:-3}"), "3");
});

test("ENV wins over ARG, and both are inherited through FROM", () => {
  assert.equal(lastValue("FROM a\nENV A=env\nARG A=arg\nEXPOSE $A"), "env");
  assert.equal(lastValue("FROM a AS b\nENV A=env\nARG B=arg\nFROM b\nEXPOSE $A$B"), "envarg");
  assert.equal(lastValue("FROM a AS b\nENV A=env\nFROM b\nARG A=arg\nEXPOSE $A"), "env");
  assert.deepEqual(lastValue("FROM a AS b\nENV A=env\nFROM a\nEXPOSE $A"), ["A"]);
});

test("an ENV sees the values from before its own instruction", () => {
  assert.equal(lastValue("FROM a\nENV A=1\nENV A=2 B=$A\nEXPOSE $B"), "1");
  assert.equal(lastValue("FROM a\nENV A 1 2\nEXPOSE $A"), "1 2");
});

test("an ONBUILD trigger sets nothing here", () => {
  assert.deepEqual(lastValue("FROM a\nONBUILD ENV A=1\nONBUILD ARG B=1\nEXPOSE $A$B"), ["A", "B"]);
});

test("FROM sees global and platform arguments, and those only", () => {
  const image = (text: string) => parseDockerfile(text).finalStage?.from.image?.expanded;
  assert.deepEqual(image("ARG V=1 W=$V\nFROM a:$W"), { state: "known", value: "a:1" });
  assert.deepEqual(image("ARG V\nFROM a:${V:-2}"), { state: "known", value: "a:2" });
  assert.deepEqual(image("FROM a:$TARGETARCH"), { state: "unknown", variables: ["TARGETARCH"] });
  assert.deepEqual(image("FROM a:${TARGETARCH:-amd64}"), { state: "unknown", variables: ["TARGETARCH"] });
  assert.deepEqual(image("ARG TARGETARCH=arm64\nFROM a:$TARGETARCH"), { state: "known", value: "a:arm64" });
  assert.deepEqual(image("FROM x\nENV V=1\nFROM a:$V"), { state: "unknown", variables: ["V"] });
});

test("a document that costs too much to expand says so", () => {
  const text = `FROM a\nENV A=${"a".repeat(10_000)}\n${"ENV B=${A//*a*a*b/}\n".repeat(50)}`;
  assert.ok(parseDockerfile(text).problems.some(({ effect }) => effect === "unchecked"));
});
