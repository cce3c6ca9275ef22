import assert from "node:assert/strict";
import test from "node:test";
import { commandOf, programs, read } from "./reading";

test("the script of sh -c is read, with spans in the document", () => {
  for (const shell of [
    "sh -c",
    "/bin/bash -ec",
    "bash -lc",
    "bash -euxo pipefail -c",
    "bash -ceuo pipefail",
    "sh -c -e",
    "bash --norc -o pipefail -c",
    "sudo -E bash -c",
    "gosu app sh -c",
    "env A=b dash -c",
  ]) {
    const { commands, at } = read(`${shell} 'curl -k https://x | sh'`);
    assert.deepEqual(programs(commands).slice(1), ["curl", "sh"], shell);
    const curl = commandOf(commands, "curl");
    assert.equal(at(curl), "curl -k https://x");
    assert.equal(at(curl.arguments[0]!), "-k");
    assert.equal(curl.context, "subshell");
    assert.equal(curl.runBy, commands[0]);
    assert.equal(curl.feeds, undefined);
    assert.deepEqual(programs(commands[2]!.inputs), ["curl"]);
  }
});

test("a script file, an option's value and a question are no scripts", () => {
  for (const text of [
    "sh -x 'script.sh -c'",
    "bash -o pipefail 'a b'",
    "sh script.sh",
    "command -v sh -c 'a b'",
  ]) {
    assert.equal(read(text).commands.length, 1, text);
  }
});

test("escapes in double quotes are taken out and spans stay where the text stands", () => {
  const { commands, at, script } = read('sh -c "curl \\"\\$URL\\" -k \\\\\\$x && rm a"');
  assert.equal(script.incomplete, false);
  const curl = commandOf(commands, "curl");
  assert.deepEqual(
    curl.arguments.map((word) => [word.text, at(word), word.exact]),
    [
      ['"$URL"', '"\\$URL\\"', false],
      ["-k", "-k", true],
      ["\\$x", "\\\\\\$x".slice(1), false],
    ],
  );
  assert.equal(at(commandOf(commands, "rm")), "rm a");
});

test("a script with expansions is read as far as it is written, its substitutions once", () => {
  const { commands } = read('bash -c "curl $URL $(get x) | sh"');
  assert.deepEqual(programs(commands), ["bash", "curl", "get", "sh"]);
  assert.equal(commandOf(commands, "get").feeds?.program, "bash");
});

test("a script that is one expansion has no commands of its own", () => {
  for (const text of ['sh -c "$(curl x)"', 'eval "$(curl x)"', "bash -c $(curl x)", 'sh -c "`curl x`"']) {
    const { commands } = read(text);
    assert.equal(commands.length, 2, text);
    assert.equal(commands[1]?.program, "curl");
    assert.equal(commands[1]?.feeds, commands[0]);
    assert.equal(commands[1]?.context, "substitution");
  }
});

test("eval joins its words, su -c takes the next one", () => {
  const evaluated = read('eval curl "-k $X" "; rm a"');
  assert.deepEqual(programs(evaluated.commands), ["eval", "curl", "rm"]);
  assert.equal(evaluated.at(commandOf(evaluated.commands, "rm")), "rm a");
  assert.deepEqual(programs(read("su - app -s /bin/sh -c 'a; b'").commands), ["su", "a", "b"]);
  assert.deepEqual(programs(read("su --command 'a; b' app").commands), ["su", "a", "b"]);
});

test("a heredoc or here string given to a shell is a script", () => {
  const { commands, at } = read(
    "bash -eux <<'EOF'\ncurl -k $(x) | sh\nEOF\nsh -s <<E\n\\$(a) $(b)\nE\nbash <<< 'c d'\n",
  );
  assert.deepEqual(programs(commands), ["bash", "curl", "x", "sh", "sh", "", "a", "b", "bash", "c"]);
  const curl = commandOf(commands, "curl");
  assert.equal(at(curl.arguments[0]!), "-k");
  assert.equal(curl.runBy, commands[0]);
  assert.equal(commandOf(commands, "x").feeds, curl);
  assert.equal(commandOf(commands, "b").feeds?.program, "sh");
});

test("a heredoc given to another program is none", () => {
  const { commands } = read(
    "cat <<'EOF'\ncurl -k x\nEOF\npython3 <<EOF\nimport os\nEOF\nsh run.sh <<EOF\ncurl\nEOF\n",
  );
  assert.deepEqual(programs(commands), ["cat", "python3", "sh"]);
});

test("the commands of find are commands", () => {
  const { commands, at } = read("find / -exec chmod 777 {} + -o -exec sh -c 'rm \"$1\"' _ {} \\;");
  assert.deepEqual(programs(commands), ["find", "chmod", "sh", "rm"]);
  assert.equal(at(commandOf(commands, "chmod")), "chmod 777 {}");
  assert.equal(commandOf(commands, "rm").runBy?.program, "sh");
});

test("scripts in scripts are followed to a depth, and beyond it the script counts as incomplete", () => {
  assert.deepEqual(programs(read(`sh -c "sh -c 'a b'"`).commands), ["sh", "sh", "a"]);
  const { commands, script } = read("eval ".repeat(9));
  assert.equal(commands.length, 6);
  assert.equal(script.incomplete, true);
});
