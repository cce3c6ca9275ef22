import assert from "node:assert/strict";
import test from "node:test";
import { parseShell } from "../../../../server/src/documents/shell/parse";
import { maxShellCommands, maxShellLength } from "../../../../server/src/limits";
import { programs, read } from "./reading";

test("half-typed text gives the commands that are there", () => {
  for (const [text, expected] of [
    ["curl $(", ["curl"]],
    ["echo 'abc", ["echo"]],
    ['a && b "', ["a", "b"]],
    ["if a; then b", ["a", "b"]],
    ["a |", ["a"]],
    ["a && ; b ) c", ["a", "b"]],
    ["bash -c 'curl x", ["bash", "curl"]],
    ["for x in; do a", ["a"]],
  ] as const) {
    const { commands, script } = read(text);
    assert.deepEqual(programs(commands).slice(0, expected.length), expected, text);
    assert.equal(script.incomplete, true, text);
  }
});

test("a heredoc without its end still has its body", () => {
  const { commands, at } = read("cat <<EOF\nabc");
  assert.equal(at(commands[0]!.redirections[0]!.body!), "abc");
});

test("empty text and comments have no commands and are complete", () => {
  for (const text of ["", "  ", "# a", "\\\n", ":".repeat(0)]) {
    const { script } = read(text);
    assert.deepEqual(script.commands, []);
    assert.equal(script.incomplete, false);
  }
});

test("other dialects are left alone", () => {
  for (const dialect of ["powershell", "cmd", "unknown"] as const) {
    const script = parseShell("curl x", 3, dialect);
    assert.deepEqual(script, { dialect, span: { start: 3, end: 9 }, commands: [], incomplete: false });
  }
});

test("a script's first line decides its language", () => {
  for (const [text, dialect] of [
    ["#!/bin/bash -e\na", "posix"],
    ["#!/usr/bin/env -S bash -e\na", "posix"],
    ["#!/usr/bin/env python3\na", "unknown"],
    ["#! /usr/bin/pwsh\na", "powershell"],
    ["#!\na", "unknown"],
  ] as const) {
    const script = parseShell(text, 0, "posix");
    assert.equal(script.dialect, dialect, text);
    assert.equal(script.commands.length, dialect === "posix" ? 1 : 0, text);
  }
});

test("thousands of nested substitutions end at a bound", () => {
  for (const open of ['"$(', "$(a ", "`", "<(a ", "${x:-", "(", "{ ", "if ", "$((1+$("]) {
    const { script } = read(open.repeat(1_999));
    assert.ok(script.commands.length <= 2_001, open);
    assert.equal(script.incomplete, true, open);
  }
});

test("more commands, or a longer text, than the bounds allow is incomplete", () => {
  const many = parseShell("a\n".repeat(maxShellCommands + 5), 0, "posix");
  assert.equal(many.commands.length, maxShellCommands);
  assert.equal(many.incomplete, true);
  const long = parseShell("a".repeat(maxShellLength + 1), 0, "posix");
  assert.deepEqual([long.commands, long.incomplete], [[], true]);
});

test("the same text at another place gives the same script there", () => {
  const text = "a | { b; c; } && sudo sh -c 'd $(e)' <<X\nx $(f)\nX\nexport G=h";
  const first = parseShell(text, 0, "posix");
  assert.equal(parseShell(text, 0, "posix"), first);
  const moved = parseShell(text, 50, "posix");
  assert.deepEqual(moved.span, { start: 50, end: 50 + text.length });
  for (const [index, command] of moved.commands.entries()) {
    const original = first.commands[index]!;
    assert.equal(command.span.start, original.span.start + 50);
    assert.equal(command.program, original.program);
    assert.equal(command.pipeline[command.pipelineIndex], command);
    for (const list of ["pipeline", "inputs"] as const) {
      assert.deepEqual(programs(command[list]), programs(original[list]));
      assert.ok(command[list].every((other) => moved.commands.includes(other)));
    }
    for (const reference of ["feeds", "runBy"] as const) {
      const target = original[reference];
      assert.equal(command[reference], target && moved.commands[first.commands.indexOf(target)]);
    }
  }
});
