import assert from "node:assert/strict";
import test from "node:test";
import { read, readOne, values } from "./reading";

test("words lose their quotes and keep their text", () => {
  const command = readOne(`echo plain 'single $x' "double" mixed'a b'"c" back\\ slash`);
  assert.deepEqual(values(command.arguments), ["plain", "single $x", "double", "mixeda bc", "back slash"]);
  assert.deepEqual(
    command.arguments.map((word) => word.text),
    ["plain", "'single $x'", '"double"', `mixed'a b'"c"`, "back\\ slash"],
  );
  assert.deepEqual(
    command.arguments.map((word) => word.quoted),
    [false, true, true, true, false],
  );
});

test("a word with an expansion has no value but its literal beginning and its variables", () => {
  const { commands, at } = read('curl https://x/$V"$W"/a ${Y:-$Z} $(id) $1 "a$@"');
  const [first, second, third, fourth, fifth] = commands[0]!.arguments;
  assert.equal(first?.value, undefined);
  assert.equal(first?.literalPrefix, "https://x/");
  assert.deepEqual(first?.variables, ["V", "W"]);
  assert.deepEqual(second?.variables, ["Y", "Z"]);
  assert.equal(third?.value, undefined);
  assert.equal(at(third!), "$(id)");
  assert.deepEqual(fourth?.variables, []);
  assert.equal(fifth?.literalPrefix, "a");
});

test("patterns, braces and the home directory count as text", () => {
  const command = readOne("rm -rf /var/lib/* /tmp/{a,b} ~/x [a-z]? {1,$n}");
  assert.deepEqual(values(command.arguments), [
    "-rf",
    "/var/lib/*",
    "/tmp/{a,b}",
    "~/x",
    "[a-z]?",
    undefined,
  ]);
  assert.deepEqual(command.arguments.at(-1)?.variables, ["n"]);
});

test("continuations are no part of a word, and spans are exact through them", () => {
  const { commands, at } = read("apt-get \\\n  install \\\r\n    -y cu\\\nrl\\\n    git");
  const words = commands[0]!.arguments;
  assert.deepEqual(values(words), ["install", "-y", "curl", "git"]);
  assert.deepEqual(words.map(at), ["install", "-y", "cu\\\nrl", "git"]);
  assert.deepEqual(
    words.map((word) => word.text),
    ["install", "-y", "curl", "git"],
  );
});

test("a continued line inside quotes is joined before the shell sees it", () => {
  const { commands, at } = read("echo 'a\\\nb' \"c\\\nd\"");
  assert.deepEqual(values(commands[0]!.arguments), ["ab", "cd"]);
  assert.deepEqual(commands[0]!.arguments.map(at), ["'a\\\nb'", '"c\\\nd"']);
});

test("a comment reaches over continued lines, since they are one line to the shell", () => {
  assert.deepEqual(
    read("a # b \\\n && c").commands.map(({ program }) => program),
    ["a"],
  );
});

test("where lines end for the shell itself, it joins them and a comment ends with its line", () => {
  const { commands, at } = read("# first\na \\\n  b # c\r\nd 'e\\\nf'\n");
  assert.deepEqual(
    commands.map((command) => [command.program, ...values(command.arguments)]),
    [
      ["a", "b"],
      ["d", "e\\\nf"],
    ],
  );
  assert.deepEqual(commands.map(at), ["a \\\n  b", "d 'e\\\nf'"]);
});

test("a program is named without its path, even where the path starts with a variable", () => {
  const { commands } = read('/usr/bin/apt-get; "$HOME/.cargo/bin/cargo"; ${VENV}/bin/pip3; $CMD; ./x.sh');
  assert.deepEqual(
    commands.map(({ program }) => program),
    ["apt-get", "cargo", "pip3", "", "x.sh"],
  );
});
