import assert from "node:assert/strict";
import test from "node:test";
import type { EngineCommand } from "../../../../server/src/documents/commands/model";
import { parseCommands } from "../../../../server/src/documents/commands/parse";
import { applyEdits } from "../../../../server/src/text/edit";

function commandsOf(text: string): readonly EngineCommand[] {
  const document = parseCommands(text, "powershell");
  for (const { span, options } of document.commands) {
    assert.ok(span.start >= 0 && span.end <= text.length, "a command lies in the text");
    for (const option of options) assert.ok(option.span.end <= text.length, "an option lies in the text");
  }
  return document.commands;
}

/** Each command as its options with their values (`?` where a variable decides) and its image. */
function read(text: string): readonly string[] {
  return commandsOf(text).map(({ action, options, image, open }) =>
    [
      action,
      ...options.map(({ name, value }) => (value === undefined ? name : `${name}=${value.value ?? "?"}`)),
      ...(open ? ["…"] : []),
      image?.value ?? "?",
    ].join(" "),
  );
}

test("commands are found where PowerShell begins one", () => {
  assert.deepEqual(read("docker run --privileged alpine\n"), ["run privileged alpine"]);
  assert.deepEqual(read("if ($x) { docker run -d a } else { docker run -d b }"), [
    "run detach a",
    "run detach b",
  ]);
  assert.deepEqual(read("$id = docker run -d a; podman run b | Out-Null"), ["run detach a", "run b"]);
  assert.deepEqual(read("& docker.exe run a && docker run b"), ["run a", "run b"]);
  assert.deepEqual(read("foreach ($n in 1..3) {\r\n  docker run -d a\r\n}\r\n"), ["run detach a"]);
  assert.deepEqual(read("$x = (docker run a)"), ["run a"]);
});

test("texts, comments and arguments are no commands", () => {
  assert.deepEqual(read("# docker run a\n<#\ndocker run b\n#>\nWrite-Host 'docker run c'\n"), []);
  assert.deepEqual(read('Write-Host docker run a\n$t = @"\ndocker run b\n"@\n'), []);
  assert.deepEqual(read("docker run a # docker run b\n"), ["run a"]);
});

test("backticks join lines, whatever ends them", () => {
  const lines = ["docker run `", "  --privileged `", "  -v C:\\data:C:\\x `", "  alpine sh"];
  for (const end of ["\n", "\r\n"])
    assert.deepEqual(read(lines.join(end)), ["run privileged volume=C:\\data:C:\\x alpine"]);
});

test("variables, splats and quotes are what PowerShell makes of them", () => {
  assert.deepEqual(read('docker run -e "A=`"b`" $c" -v $env:USERPROFILE\\.ssh:/k a'), [
    "run env=? volume=? a",
  ]);
  assert.deepEqual(read('docker run -e \'A=it\'\'s $5\' -e "B=""q""" a'), ['run env=A=it\'s $5 env=B="q" a']);
  assert.deepEqual(read("docker run @options a"), ["run … a"]);
  assert.deepEqual(read("docker run -v ${PWD}:/w a"), ["run volume=? a"]);
});

test("an option is taken away with its line, and a comment stands before the first one", () => {
  const text = "# first\ndocker run `\n  --privileged `\n  alpine\n";
  const [command] = commandsOf(text);
  const option = command?.options[0];
  assert.ok(command && option);
  assert.equal(applyEdits(text, option.removal), "# first\ndocker run `\n  alpine\n");
  assert.equal(command.commentLine, 1);
});

test("any text is read without an error", () => {
  const pieces = [
    "docker run ",
    "`",
    '"',
    "'",
    "@'",
    "\n'@",
    '@"',
    "<#",
    "#>",
    "{",
    "}",
    "$env:",
    "\r\n",
    "\\",
    "(",
    "x",
  ];
  let state = 7;
  for (let round = 0; round < 3_000; round++) {
    let text = "";
    for (let length = 0; length < 12; length++) {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      text += pieces[state % pieces.length];
    }
    commandsOf(text);
  }
});
