import assert from "node:assert/strict";
import test from "node:test";
import { parseDockerfile } from "../../../../server/src/documents/dockerfile/parse";
import type { Span } from "../../../../server/src/text/span";

const slice = (text: string, span: Span) => text.slice(span.start, span.end);

test("keyword, arguments and whole instruction have exact spans through a continuation", () => {
  const text = "FROM a\n  RUN --network=none one \\\n  # why\n\n two  \\\n\t\\\nthree \nUSER b\n";
  const { instructions } = parseDockerfile(text);
  const run = instructions[1]!;
  assert.equal(slice(text, run.keywordSpan), "RUN");
  assert.equal(slice(text, run.argumentsSpan), "one \\\n  # why\n\n two  \\\n\t\\\nthree");
  assert.equal(slice(text, run.span), "RUN --network=none one \\\n  # why\n\n two  \\\n\t\\\nthree");
  assert.deepEqual([run.startLine, run.endLine], [1, 6]);
  assert.deepEqual(
    run.words.map((word) => word.text),
    ["one", "two", "three"],
  );
});

test("a word that is broken by a continuation is one word", () => {
  const text = "FROM a\nRUN apt\\\n-get x\nENV A=b\\\nc\n";
  const [, run, env] = parseDockerfile(text).instructions;
  assert.deepEqual(
    run!.words.map((word) => word.text),
    ["apt-get", "x"],
  );
  assert.equal(slice(text, run!.words[0]!.span), "apt\\\n-get");
  assert.equal(env!.keyword === "ENV" && env.assignments[0]!.value, "bc");
});

test("flags have spans for name and value, without quotes in the value", () => {
  const text = 'FROM a\nCOPY --link --chown="x:y" --FROM=b /a /b\n';
  const copy = parseDockerfile(text).instructions[1]!;
  assert.deepEqual(
    copy.flags.map(({ name, value }) => [name, value]),
    [
      ["link", undefined],
      ["chown", "x:y"],
      ["from", "b"],
    ],
  );
  assert.deepEqual(
    copy.flags.map((flag) => slice(text, flag.nameSpan)),
    ["--link", "--chown", "--FROM"],
  );
  assert.deepEqual(
    copy.flags.map((flag) => slice(text, flag.valueSpan)),
    ["", '"x:y"', "b"],
  );
});

test("white space is BuildKit's own: wide for lines, ASCII before flags, JSON's in arrays", () => {
  const text =
    '\u00a0FROM a\n\u000bRUN\u000b--network=none\u000bx\nRUN \u00a0--network=none\nCMD ["a",\u000b"b"]\n';
  const [from, run, noFlag, cmd] = parseDockerfile(text).instructions;
  assert.equal(from!.keyword, "FROM");
  assert.equal(run!.flags.length, 1);
  assert.equal(slice(text, run!.argumentsSpan), "x");
  assert.equal(noFlag!.flags.length, 0);
  assert.equal(cmd!.keyword === "CMD" && cmd!.form, "shell");
});

test("directives count at the top only, each once, in any case, after a byte-order mark", () => {
  const read = (text: string) => {
    const { directives, problems, ...document } = parseDockerfile(text);
    return {
      names: directives.map(({ name, value }) => `${name}=${value}`),
      escape: document.escape,
      problems: problems.length,
    };
  };
  assert.deepEqual(read("\uFEFF# Syntax = docker/dockerfile:1 \r\n#escape=`\r\nFROM a"), {
    names: ["syntax=docker/dockerfile:1", "escape=`"],
    escape: "`",
    problems: 0,
  });
  assert.deepEqual(read("#!/usr/bin/env build\n# check=skip=all\n# escape=`\nFROM a").names, [
    "check=skip=all",
  ]);
  assert.deepEqual(read("\n# escape=`\nFROM a").escape, "\\");
  assert.deepEqual(read("# foo=bar\n# escape=`\nFROM a").escape, "\\");
  assert.equal(read("# escape=x\nFROM a").problems, 1);
  assert.equal(read("# syntax=a\n# syntax=b\nFROM a").problems, 1);
});

test("directives are no comments, and comments inside a continuation are", () => {
  const text = "# syntax=a\n# one\nFROM a\nRUN x \\\n  # two\n y # not one\n";
  const { comments, directives } = parseDockerfile(text);
  assert.deepEqual(
    comments.map(({ span, line }) => [slice(text, span), line]),
    [
      ["# one", 1],
      ["# two", 4],
    ],
  );
  assert.equal(slice(text, directives[0]!.valueSpan), "a");
});

test("heredoc bodies have spans, and the instruction spans them", () => {
  const text = "FROM a\r\nCOPY <<-'A' <<B /d/\r\n\tx $y\r\n\tA\r\nz\r\nB\r\nUSER b\r\n";
  const { instructions } = parseDockerfile(text);
  const copy = instructions[1]!;
  const [first, second] = copy.heredocs;
  assert.equal(slice(text, first!.bodySpan), "\tx $y\r\n");
  assert.equal(slice(text, second!.bodySpan), "z\r\n");
  assert.equal(slice(text, first!.wordSpan), "<<-'A'");
  assert.deepEqual(
    [first!.stripTabs, first!.expands, second!.stripTabs, second!.expands],
    [true, false, false, true],
  );
  assert.ok(slice(text, copy.span).endsWith("\r\nB"));
  assert.equal(instructions[2]!.keyword, "USER");
});

test("only RUN, COPY and ADD in shell form take heredocs, and a `<<` within a word is none", () => {
  const rest = (line: string) => parseDockerfile(`FROM a\n${line}\nUSER b\n`).instructions[2]?.keyword;
  const plain = [
    "ENV A <<EOF",
    'RUN ["<<EOF"]',
    "RUN cat<<EOF",
    "RUN cat <<<EOF",
    "RUN echo $((1<<2))",
    "RUN echo '<<EOF'",
    "RUN x=${y^^} <<EOF",
    'RUN echo "open <<EOF',
  ];
  for (const line of plain) {
    assert.equal(rest(line), "USER", line);
    assert.deepEqual(parseDockerfile(`FROM a\n${line}\nUSER b\n`).problems, [], line);
  }
});

test("a heredoc without an end is a problem, and the instructions after it are still read", () => {
  const text = "FROM a\nRUN <<EOF\necho hi\nUSER root\n";
  const { instructions, problems } = parseDockerfile(text);
  assert.deepEqual(
    instructions.map(({ keyword }) => keyword),
    ["FROM", "RUN", "USER"],
  );
  assert.equal(instructions[1]!.heredocs[0]!.terminated, false);
  assert.equal(slice(text, instructions[1]!.heredocs[0]!.bodySpan), "echo hi\n");
  assert.deepEqual(
    problems.map(({ effect }) => effect),
    ["syntax"],
  );
});

test("what BuildKit refuses is a problem at its place", () => {
  const problems = (text: string) =>
    parseDockerfile(text).problems.map((problem) => slice(text, problem.span));
  assert.deepEqual(problems("FROM a\nRUNN x\n"), ["RUNN"]);
  assert.deepEqual(problems("USER a\n"), ["USER", "USER"]);
  assert.deepEqual(problems('FROM a\nENV A="b\n'), ['A="b']);
  assert.deepEqual(problems("FROM a\nENV A\n"), ["A"]);
  assert.deepEqual(problems("FROM a\nENV A=1 b\n"), ["b"]);
  assert.deepEqual(problems("FROM a b\n"), ["b"]);
  assert.deepEqual(problems("FROM a\nRUN\n"), ["RUN"]);
  assert.deepEqual(problems('FROM a\nCMD ["a", 1]\n'), ['["a", 1]']);
  assert.deepEqual(problems("FROM a\nHEALTHCHECK curl x\n"), ["curl x"]);
  assert.deepEqual(problems("FROM a\nONBUILD ONBUILD RUN x\n"), ["ONBUILD"]);
  assert.deepEqual(problems(""), [""]);
  assert.equal(problems(`FROM a\nRUN ${"é".repeat(33_000)}\n`).length, 1);
});

test("a text beyond the limit is said to be unchecked, not clean", () => {
  const { problems, instructions } = parseDockerfile(`FROM a\n${"#".repeat(2_000_000)}`);
  assert.deepEqual(
    problems.map(({ effect }) => effect),
    ["unchecked"],
  );
  assert.equal(instructions.length, 0);
});

test("a lone carriage return before an instruction leaves its lines, and those of its trigger, in order", () => {
  const [onbuild] = parseDockerfile("\rONBUILD RUN y\nUSER a\rb\n").instructions;
  assert.ok(onbuild?.keyword === "ONBUILD" && onbuild.trigger !== undefined);
  assert.deepEqual([onbuild.startLine, onbuild.endLine], [0, 1]);
  assert.deepEqual([onbuild.trigger.startLine, onbuild.trigger.endLine], [1, 1]);
});
