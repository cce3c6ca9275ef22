import assert from "node:assert/strict";
import test from "node:test";
import type { Instruction, RunInstruction } from "../../../../server/src/documents/dockerfile/model";
import { parseDockerfile } from "../../../../server/src/documents/dockerfile/parse";
import type { ShellScript } from "../../../../server/src/documents/shell/model";
import type { Span } from "../../../../server/src/text/span";

const slice = (text: string, span: Span) => text.slice(span.start, span.end);

/** The kinds of instruction that may have a keyword. */
type InstructionOf<K, I = Instruction> = I extends { readonly keyword: infer Q }
  ? K extends Q
    ? I
    : never
  : never;

function last<K extends Instruction["keyword"]>(text: string, keyword: K): InstructionOf<K> {
  const instruction = parseDockerfile(text).instructions.at(-1)!;
  assert.equal(instruction.keyword, keyword);
  return instruction as InstructionOf<K>;
}

function commandsOf(script: ShellScript): readonly string[] {
  return script.commands.map((command) =>
    [command.program, ...command.arguments.map((word) => word.text)].join(" "),
  );
}

function runIn(text: string): RunInstruction {
  const run = parseDockerfile(text).instructions.find((instruction) => instruction.keyword === "RUN");
  assert.ok(run?.keyword === "RUN");
  return run;
}

test("ENV and LABEL have names and values with spans, in both forms", () => {
  const text = 'FROM a\nENV A="b c" D=e\\ f G= "H"=\'i\'\n';
  const env = last(text, "ENV");
  assert.deepEqual(
    env.assignments.map(({ name, value }) => [name, value]),
    [
      ["A", "b c"],
      ["D", "e f"],
      ["G", ""],
      ["H", "i"],
    ],
  );
  assert.deepEqual(
    env.assignments.map(({ valueSpan }) => slice(text, valueSpan)),
    ['"b c"', "e\\ f", "", "'i'"],
  );
  assert.deepEqual(
    env.assignments.map(({ span }) => slice(text, span)),
    ['A="b c"', "D=e\\ f", "G=", "\"H\"='i'"],
  );
  const old = 'FROM a\nLABEL name the "value"\n';
  const label = last(old, "LABEL");
  assert.equal(label.legacy, true);
  assert.deepEqual(
    label.assignments.map(({ name, value, valueSpan }) => [name, value, slice(old, valueSpan)]),
    [["name", "the value", 'the "value"']],
  );
});

test("ARG has a default or none", () => {
  const { assignments } = last("ARG A=1\nFROM x\nARG A B=2 C\n", "ARG");
  assert.deepEqual(
    assignments.map(({ name, value, expanded }) => [
      name,
      value,
      expanded?.state === "known" && expanded.value,
    ]),
    [
      ["A", undefined, "1"],
      ["B", "2", "2"],
      ["C", undefined, false],
    ],
  );
});

test("COPY has sources, a destination and where it copies from", () => {
  const text = 'FROM a AS b\nFROM x\nARG D=/srv\nCOPY --from=B a "c" $D/\n';
  const copy = last(text, "COPY");
  assert.deepEqual(
    copy.sources.map((source) => source.text),
    ["a", '"c"'],
  );
  assert.deepEqual(copy.sources[1]!.expanded, { state: "known", value: "c" });
  assert.deepEqual(copy.destination?.expanded, { state: "known", value: "/srv/" });
  assert.deepEqual(copy.from?.target, { kind: "stage", index: 0 });
  assert.equal(slice(text, copy.from!.span), "B");
  const exec = last('FROM a\nADD ["a b", "/c"]\n', "ADD");
  assert.deepEqual([exec.exec, exec.sources[0]?.text, exec.destination?.text], [true, "a b", "/c"]);
  assert.deepEqual(last("FROM a\nCOPY x\n", "COPY").destination, undefined);
  const heredoc = last("FROM a\nCOPY << A b /d/\nx\nA\n", "COPY");
  assert.deepEqual(
    [heredoc.sources.map(({ text: source }) => source), heredoc.destination?.text],
    [["b"], "/d/"],
  );
});

test("--from takes the index of an earlier stage, an image, or what is not known", () => {
  const target = (from: string) => {
    const { target: found } = last(`FROM a\nFROM b\nCOPY --from=${from} x y\n`, "COPY").from!;
    return found.kind === "stage" ? found.index : found.kind;
  };
  assert.deepEqual(["0", "1", "9", "nginx:1", "$X"].map(target), [
    0,
    "unknown",
    "unknown",
    "image",
    "unknown",
  ]);
});

test("mounts have their options with spans", () => {
  const text =
    'FROM a\nRUN --mount=type=secret,id=x,required --mount=from=b,"source=a b",Target=/t --network=none y\n';
  const run = runIn(text);
  assert.deepEqual(
    run.mounts.map(({ type }) => type),
    ["secret", "bind"],
  );
  assert.deepEqual(
    run.mounts[1]!.options.map(({ key, value }) => [key, value]),
    [
      ["from", "b"],
      ["source", "a b"],
      ["target", "/t"],
    ],
  );
  assert.deepEqual(
    run.mounts[0]!.options.map(({ span }) => slice(text, span)),
    ["type=secret", "id=x", "required"],
  );
  assert.deepEqual(
    run.mounts[0]!.options.map(({ valueSpan }) => slice(text, valueSpan)),
    ["secret", "x", ""],
  );
  assert.equal(run.mounts[1]!.from?.target.kind, "image");
  assert.equal(run.network?.value, "none");
});

test("a shell form is parsed with spans in the document, through continuations and comments", () => {
  const text = "FROM a\r\nRUN one \\\r\n  # no\r\n\r\n  && tw\\\r\no | sh\r\n";
  const { script } = runIn(text);
  assert.deepEqual(commandsOf(script), ["one", "two", "sh"]);
  assert.equal(slice(text, script.commands[1]!.span).replaceAll(/\\\r\n/g, ""), "two");
  assert.equal(script.incomplete, false);
});

test("a comment in a shell form reaches over continuations, as the lines are joined first", () => {
  assert.deepEqual(commandsOf(runIn("FROM a\nRUN one # two \\\n && three\n").script), ["one"]);
});

test("a heredoc that is all of RUN is the script, by its first line", () => {
  const text = "FROM a\nRUN <<EOF\ncurl x |\n  sh\nEOF\n";
  const { script } = runIn(text);
  assert.deepEqual(commandsOf(script), ["curl x", "sh"]);
  assert.equal(slice(text, script.commands[0]!.span), "curl x");
  assert.equal(runIn("FROM a\nRUN <<EOF\n#!/usr/bin/env python3\nx\nEOF\n").script.dialect, "unknown");
  assert.deepEqual(commandsOf(runIn("FROM a\nRUN <<-EOF\n\tone\n\tEOF\n").script), ["one"]);
});

test("other heredocs go to the shell with their line", () => {
  const { script } = runIn("FROM a\nRUN --network=none bash <<'A' && \\\n cat <<B\none\nA\ntwo\nB\nUSER x\n");
  assert.deepEqual(commandsOf(script), ["bash", "cat", "one"]);
});

test("exec forms name one command, with its arguments", () => {
  const text = 'FROM a\nCMD ["nginx", "-g", "daemon \\u006ff"]\n';
  const cmd = last(text, "CMD");
  assert.equal(cmd.form, "exec");
  assert.deepEqual(
    cmd.execArguments.map(({ value }) => value),
    ["nginx", "-g", "daemon of"],
  );
  assert.equal(slice(text, cmd.execArguments[1]!.span), '"-g"');
  assert.equal(cmd.script.commands[0]?.program, "nginx");
  assert.equal(last("FROM a\nENTRYPOINT ['a']\n", "ENTRYPOINT").form, "shell");
  assert.equal(last("FROM a\nENTRYPOINT []\n", "ENTRYPOINT").form, "exec");
  assert.equal(last("FROM a\nCMD\n", "CMD").form, "none");
});

test("SHELL and Windows images decide what reads a shell form", () => {
  const dialect = (head: string) => runIn(`FROM ${head}\nRUN x\n`).script.dialect;
  assert.equal(dialect("a"), "posix");
  assert.equal(dialect('a\nSHELL ["pwsh", "-c"]'), "powershell");
  assert.equal(dialect('a\nSHELL ["C:\\\\Windows\\\\System32\\\\cmd.exe", "/S"]'), "cmd");
  assert.equal(dialect('a\nSHELL ["/usr/bin/python3", "-c"]'), "unknown");
  assert.equal(dialect('a\nSHELL ["conda", "run", "bash", "-c"]'), "posix");
  assert.equal(dialect('a\nSHELL ["pwsh"]\nSHELL ["/bin/bash", "-c"]'), "posix");
  assert.equal(dialect("mcr.microsoft.com/windows/nanoserver:1809"), "cmd");
  assert.equal(runIn('FROM a AS b\nSHELL ["pwsh"]\nFROM b\nRUN x\n').script.dialect, "powershell");
});

test("HEALTHCHECK has a command, or none", () => {
  const check = last('FROM a\nHEALTHCHECK --interval=5s CMD ["curl", "x"]\n', "HEALTHCHECK");
  assert.deepEqual([check.disabled, check.form, commandsOf(check.script).length], [false, "exec", 1]);
  assert.deepEqual(commandsOf(last("FROM a\nHEALTHCHECK cmd curl x || exit 1\n", "HEALTHCHECK").script), [
    "curl x",
    "exit 1",
  ]);
  assert.equal(last("FROM a\nHEALTHCHECK NONE\n", "HEALTHCHECK").disabled, true);
});

test("ONBUILD has a trigger with its own spans", () => {
  const text = "FROM a\nONBUILD RUN --mount=type=ssh git \\\n clone x\n";
  const { trigger } = last(text, "ONBUILD");
  assert.ok(trigger?.keyword === "RUN");
  assert.equal(trigger.onbuild, true);
  assert.equal(slice(text, trigger.keywordSpan), "RUN");
  assert.deepEqual(commandsOf(trigger.script), ["git clone x"]);
  assert.equal(trigger.mounts[0]?.type, "ssh");
  assert.equal(last("FROM a\nONBUILD\n", "ONBUILD").trigger, undefined);
});

test("USER, WORKDIR and their like take all that follows as one value", () => {
  assert.equal(last("FROM a\nWORKDIR /a b\n", "WORKDIR").values[0]?.text, "/a b");
  assert.deepEqual(
    last('FROM a\nVOLUME ["/a", "/b"]\n', "VOLUME").values.map(({ text }) => text),
    ["/a", "/b"],
  );
  assert.deepEqual(
    last("FROM a\nEXPOSE 80 ${P:-443}/tcp\n", "EXPOSE").values.map(({ expanded }) => expanded),
    [
      { state: "known", value: "80" },
      { state: "known", value: "443/tcp" },
    ],
  );
});

test("scripts and words are still found in a frozen model, and once", () => {
  const run = Object.freeze(runIn("FROM a\nRUN x y\n"));
  assert.equal(run.script, run.script);
  assert.equal(run.words, run.words);
  assert.deepEqual(
    run.words.map(({ text }) => text),
    ["x", "y"],
  );
});
