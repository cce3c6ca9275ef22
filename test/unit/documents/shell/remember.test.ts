import assert from "node:assert/strict";
import test from "node:test";
import { parseDockerfile } from "../../../../server/src/documents/dockerfile/parse";
import type { ShellScript } from "../../../../server/src/documents/shell/model";
import { type CommandTest, hasCommand } from "../../../../server/src/documents/shell/remember";

test("each of many tests is asked once for a script, and has an answer of its own", () => {
  const script = scriptOf("RUN p3 && p17 && p31\n");
  let asked = 0;
  const tests = Array.from({ length: 40 }, (_, number): CommandTest => {
    return ({ program }) => {
      asked++;
      return program === `p${number}`;
    };
  });
  const found = (): readonly number[] =>
    tests.flatMap((one, number) => (hasCommand(script, one) ? [number] : []));
  assert.deepEqual(found(), [3, 17, 31]);
  const before = asked;
  assert.deepEqual(found(), [3, 17, 31]);
  assert.equal(asked, before);
});

test("a test that asks another one about the script leaves both answers", () => {
  const script = scriptOf("RUN inner\n");
  const inner: CommandTest = ({ program }) => program === "inner";
  const outer: CommandTest = () => !hasCommand(script, inner);
  assert.equal(hasCommand(script, outer), false);
  assert.equal(hasCommand(script, inner), true);
  assert.equal(hasCommand(script, outer), false);
});

function scriptOf(run: string): ShellScript {
  const last = parseDockerfile(`FROM debian:12\n${run}`).instructions.at(-1);
  assert.ok(last !== undefined && "script" in last);
  return last.script;
}
