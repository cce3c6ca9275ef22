import assert from "node:assert/strict";
import test from "node:test";
import { scriptOfExec } from "../../../../server/src/documents/shell/parse";
import { type Span, spanOf } from "../../../../server/src/text/span";
import { programs, values } from "./reading";

function readExec(json: string) {
  const text = `CMD ${json}\n`;
  const strings = [...text.matchAll(/"(?:[^"\\]|\\.)*"/g)].map((match) => ({
    value: JSON.parse(match[0]) as string,
    span: spanOf(match.index, match.index + match[0].length),
  }));
  const script = scriptOfExec(strings, spanOf(4, 4 + json.length));
  return {
    script,
    commands: script.commands,
    at: ({ span }: { span: Span }) => text.slice(span.start, span.end),
  };
}

test("an exec form is one command", () => {
  const { commands, at, script } = readExec('["/usr/sbin/nginx", "-g", "daemon off;"]');
  assert.equal(script.dialect, "posix");
  assert.deepEqual(programs(commands), ["nginx"]);
  assert.deepEqual(values(commands[0]!.arguments), ["-g", "daemon off;"]);
  assert.deepEqual(commands[0]!.arguments.map(at), ['"-g"', '"daemon off;"']);
  assert.equal(at(commands[0]!), '"/usr/sbin/nginx", "-g", "daemon off;"');
});

test("nothing expands in it", () => {
  const { commands } = readExec('["echo", "$HOME", "$(id)", "a b"]');
  assert.deepEqual(values(commands[0]!.arguments), ["$HOME", "$(id)", "a b"]);
  assert.equal(commands.length, 1);
});

test("the script of a shell in it is read, with exact spans", () => {
  for (const start of ['"sh","-c"', '"/bin/bash", "-xec"', '"tini","--","bash","-lc"', '"su","app","-c"']) {
    const { commands, at } = readExec(`[${start}, "curl -k $(x) | sh"]`);
    assert.deepEqual(programs(commands).slice(1), ["curl", "x", "sh"], start);
    assert.equal(at(commands[1]!), "curl -k $(x)");
    assert.equal(at(commands[1]!.arguments[0]!), "-k");
    assert.equal(commands[1]?.arguments[0]?.exact, true);
    assert.equal(commands[1]?.runBy, commands[0]);
  }
});

test("with escapes in the string, the string is the place of all in it", () => {
  const { commands, at } = readExec('["sh", "-c", "curl -k \\"x\\" | sh"]');
  assert.deepEqual(programs(commands), ["sh", "curl", "sh"]);
  const curl = commands[1]!;
  assert.equal(at(curl), '"curl -k \\"x\\" | sh"');
  assert.deepEqual(values(curl.arguments), ["-k", "x"]);
  assert.equal(curl.arguments[0]?.exact, false);
});

test("PowerShell and cmd are recognised and left alone", () => {
  for (const [json, dialect] of [
    ['["powershell", "-Command", "iwr x | iex"]', "powershell"],
    ['["C:\\\\ps\\\\PowerShell.EXE", "x"]', "powershell"],
    ['["pwsh", "-c", "x"]', "powershell"],
    ['["cmd", "/S", "/C", "x"]', "cmd"],
  ] as const) {
    const { script } = readExec(json);
    assert.equal(script.dialect, dialect);
    assert.deepEqual(script.commands, []);
    assert.equal(script.incomplete, false);
  }
});

test("an empty exec form has no command", () => {
  const { script } = readExec("[]");
  assert.deepEqual(script.commands, []);
  assert.equal(script.dialect, "posix");
});
