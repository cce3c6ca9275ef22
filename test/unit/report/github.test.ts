import assert from "node:assert/strict";
import test from "node:test";
import { renderGithub } from "../../../server/src/report/github";
import { fileWithMessage, resultWith, sample, troubled } from "./sample";

interface Command {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly message: string;
}

/** Reads a line as the runner of GitHub Actions does. */
function readCommand(line: string): Command | undefined {
  const match = /^::([a-z]+) ([^:]*)::(.*)$/.exec(line);
  if (match === null) return undefined;
  const parameters = match[2]!.split(",").map((parameter): [string, string] => {
    const [name, value, ...more] = parameter.split("=");
    return [name!, unescaped([value, ...more].join("="))];
  });
  return { name: match[1]!, parameters: Object.fromEntries(parameters), message: unescaped(match[3]!) };
}

function unescaped(text: string): string {
  return text.replace(/%(?:0D|0A|3A|2C|25)/g, (code) =>
    String.fromCharCode(Number.parseInt(code.slice(1), 16)),
  );
}

function commandsOf(report: string): readonly Command[] {
  const lines = report.trimEnd().split("\n");
  const summary = lines.pop() ?? "";
  assert.match(summary, /^Plimsoll: \d+ files? checked, /);
  return lines.map((line) => {
    const command = readCommand(line);
    assert.ok(command, line);
    return command;
  });
}

test("a finding stands on its line, with its rule, its fix and its page", () => {
  const command = commandsOf(renderGithub(sample)).find(({ parameters }) =>
    parameters.title?.startsWith("final-stage-user-root"),
  );
  assert.equal(command?.name, "error");
  const { file, ...place } = command.parameters;
  assert.match(file ?? "", /\/Dockerfile$/);
  assert.deepEqual(place, {
    line: "6",
    endLine: "6",
    col: "6",
    endColumn: "10",
    title: "final-stage-user-root (high)",
  });
  assert.match(command.message, /^.+\nFix: .+\nhttps:\/\/.+\/final-stage-user-root\.md$/);
});

test("severities have their level, and the worst come first", () => {
  const files = [fileWithMessage("a/Dockerfile", "m"), fileWithMessage("b/Dockerfile", "m")];
  const commands = commandsOf(renderGithub(resultWith(files)));
  assert.deepEqual(
    commands.map(({ name, parameters }) => `${name} ${parameters.file?.[0]}`),
    ["error", "error", "warning", "notice", "notice"].flatMap((name) => [`${name} a`, `${name} b`]),
  );
});

test("failures are errors and come first, what was not read is a warning", () => {
  const commands = commandsOf(renderGithub(troubled));
  assert.deepEqual(
    commands.slice(0, 3).map(({ name, parameters }) => [name, parameters.title, parameters.file]),
    [
      ["error", "Stopped early", undefined],
      ["error", "Failure", "x/Dockerfile"],
      ["error", "Failure", "plimsoll.yaml"],
    ],
  );
  const unread = commands.filter(({ parameters }) => parameters.title === "Not checked");
  assert.deepEqual(
    unread.map(({ name, parameters }) => [name, parameters.file]),
    [
      ["warning", "latin/Dockerfile"],
      ["warning", "linked/Dockerfile"],
      ["warning", "folder-that-is-closed"],
      ["notice", "clean/Dockerfile"],
    ],
  );
});

test("nothing from a file ends a message or begins a command", () => {
  const path = "a,b:c%d\r\n::error file=x::y/Dockerfile";
  const message = "100%0A done\n::add-mask::x, y: z";
  const commands = commandsOf(renderGithub(resultWith([fileWithMessage(path, message)])));
  assert.equal(commands.length, 5);
  for (const command of commands) {
    assert.equal(command.parameters.file, path);
    assert.ok(command.message.startsWith(message), command.message);
  }
  assert.doesNotMatch(renderGithub(sample), /[\u001b\u202e]/);
});

test("columns are left out where a finding spans lines", () => {
  const [file] = [fileWithMessage("Dockerfile", "m")];
  const findings = file.findings.map((finding) => ({
    ...finding,
    range: { ...finding.range, end: { line: 9, column: 1, offset: 99 } },
  }));
  const [command] = commandsOf(renderGithub(resultWith([{ ...file, findings }])));
  assert.deepEqual(Object.keys(command?.parameters ?? {}), ["file", "line", "endLine", "title"]);
});
