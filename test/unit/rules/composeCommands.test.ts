import assert from "node:assert/strict";
import test from "node:test";
import { parseCompose } from "../../../server/src/documents/compose/parse";
import { startedCommands } from "../../../server/src/rules/shared/composeCommands";

/** Each command as its program, and its words as they stand in the file. */
function started(service: string): readonly string[] {
  const text = `services:\n  a:\n    image: redis:8\n${service.replace(/^/gm, "    ")}\n`;
  return startedCommands(parseCompose(text)).map(({ command, placeOf }) =>
    [
      command.program,
      ...command.arguments.map(({ span }) => {
        const { start, end } = placeOf(span);
        return text.slice(start, end);
      }),
    ].join(" | "),
  );
}

const cases: readonly (readonly [service: string, commands: readonly string[]])[] = [
  ["command: redis-server --save 60", ["redis-server | --save | 60"]],
  ['command: "redis-server  --save 60"', ["redis-server | --save | 60"]],
  ["command: --save 60", ["redis-server | --save | 60"]],
  ["command: [--save, '60']", ["redis-server | --save | 60"]],
  ["command: [app, --a, 'b c']", ["app | --a | b c"]],
  ["command:\n  - app\n  - --a", ["app | --a"]],
  ["entrypoint: [sh, -c, 'app --b']", ["sh | -c | app --b", "app | --b"]],
  ["command: |\n  first x\n  second --y", ["first | x", "second | --y"]],
  ["healthcheck: { test: [CMD, app, ping] }", ["app | ping"]],
  ["healthcheck: { test: [CMD-SHELL, app ping] }", ["app | ping"]],
  ["healthcheck:\n  test: app ping", ["app | ping"]],
  ["healthcheck: { test: [NONE] }", []],
  ["healthcheck: { test: [] }", []],
  ["post_start:\n  - command: chown -R x\n    user: root", ["chown | -R | x"]],
  ["command: []", []],
  ["command:", []],
];

for (const [service, commands] of cases)
  test(`${JSON.stringify(service)} starts ${commands.length} commands`, () => {
    assert.deepEqual(started(service), commands);
  });

test("Compose's escaped dollar is the shell's, and its own variables are not known", () => {
  const text = "services:\n  a:\n    image: x:1\n    command: app --a=$$HOME --b=${B:-c} --d='$$x'\n";
  const [only] = startedCommands(parseCompose(text));
  assert.deepEqual(
    only?.command.arguments.map(({ value, literalPrefix }) => [value, literalPrefix]),
    [
      [undefined, "--a=_"],
      [undefined, "--b="],
      ["--d=_$x", "--d=_$x"],
    ],
  );
});

test("a command that services share is read once", () => {
  const text =
    "x-a: &a\n  command: app --a\nservices:\n  a:\n    <<: *a\n    image: x:1\n  b:\n    <<: *a\n    image: x:1\n";
  assert.equal(startedCommands(parseCompose(text)).length, 1);
});
