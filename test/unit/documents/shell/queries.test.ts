import assert from "node:assert/strict";
import test from "node:test";
import {
  findOption,
  findOptions,
  hasFlag,
  operandsOf,
  removalOfOption,
  spanOfOption,
  valueOfOption,
} from "../../../../server/src/documents/shell/queries";
import { commandOf, read, readOne, values } from "./reading";

test("flags are found by letter, in clusters, and by long name", () => {
  for (const text of [
    "curl -k x",
    "curl -fsSLk x",
    "curl --insecure x",
    "curl -ksSL",
    'curl "-k"',
    "curl -k$X",
  ]) {
    assert.equal(hasFlag(readOne(text), "k", "insecure"), true, text);
  }
});

test("the value of an option is no flag", () => {
  for (const text of [
    "curl -o -k x",
    "curl -ok x",
    "curl -H '-k' x",
    "curl --output -k x",
    "curl -- -k",
    "curl x-k",
    "curl --insecure-not",
  ]) {
    assert.equal(hasFlag(readOne(text), "k", "insecure"), false, text);
  }
});

test("an empty name matches nothing", () => {
  assert.equal(hasFlag(readOne("curl --=x"), "", ""), false);
});

test("values are attached or the next word", () => {
  assert.equal(valueOfOption(readOne("curl -ofile x"), "o", "output"), "file");
  assert.equal(valueOfOption(readOne("curl -fo file x"), "o", "output"), "file");
  assert.equal(valueOfOption(readOne("curl --output=file x"), "o", "output"), "file");
  assert.equal(
    valueOfOption(readOne("pip install --index-url http://a --index-url http://b x"), "i", "index-url"),
    "http://b",
  );
  assert.equal(valueOfOption(readOne('curl -o "$f" x'), "o", "output"), undefined);
  assert.equal(valueOfOption(readOne("curl -o"), "o", "output"), undefined);
  assert.equal(findOptions(readOne("curl -H a -H b"), "H", "header").length, 2);
});

test("operands are what is left", () => {
  const packages = operandsOf(readOne("apt-get -qq install -y -t stable --no-install-recommends curl git"));
  assert.deepEqual(values(packages), ["install", "curl", "git"]);
  assert.deepEqual(values(operandsOf(readOne("rm -rf -- -x y"))), ["-x", "y"]);
});

test("a wrapped command is asked through what it wraps", () => {
  const command = readOne("sudo -E curl -sk x");
  assert.equal(hasFlag(command, "k", "insecure"), false);
  assert.equal(hasFlag(command.unwrapped, "k", "insecure"), true);
});

test("spans: the letter of a cluster, or the word", () => {
  const { commands, at } = read('curl -fsSLk x; curl -k x; curl --insecure x; curl "-sk" x');
  assert.deepEqual(
    commands.map((command) => at(spanOfOption(findOption(command, "k", "insecure")!))),
    ["k", "-k", "--insecure", "k"],
  );
});

test("removal: what is left is the same command without the option", () => {
  const before = "RUN ";
  for (const [text, left] of [
    ["curl -fsSLk x", "curl -fsSL x"],
    ["curl -kfsSL x", "curl -fsSL x"],
    ["curl  -k x", "curl x"],
    ["curl \\\n  -k \\\n  x", "curl \\\n \\\n  x"],
    ["sh -c 'curl -sk x'", "sh -c 'curl -s x'"],
    ["curl -fsS\\\nk x", undefined],
    ['sh -c "curl \\"-k\\" x"', undefined],
  ] as const) {
    const { commands } = read(text);
    const option = findOption(commandOf(commands, "curl"), "k", "insecure")!;
    const document = `FROM debian:12\n${before}${text}\n`;
    const removal = removalOfOption(option, document);
    const result = removal && document.slice(0, removal.start) + document.slice(removal.end);
    assert.equal(result, left && `FROM debian:12\n${before}${left}\n`, text);
  }
});
