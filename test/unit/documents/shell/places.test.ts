import assert from "node:assert/strict";
import test from "node:test";
import { commandOf, programs, read } from "./reading";

test("lists tell what joins each command to the one before", () => {
  const { commands } = read("a && b || c; d & e\nf");
  assert.deepEqual(programs(commands), ["a", "b", "c", "d", "e", "f"]);
  assert.deepEqual(
    commands.map(({ joinedBy }) => joinedBy),
    ["start", "&&", "||", ";", "&", "newline"],
  );
});

test("a pipeline knows its commands and what each one reads", () => {
  const { commands } = read("a | b |& c && d");
  const [a, b, c, d] = commands;
  assert.deepEqual(programs(b!.pipeline), ["a", "b", "c"]);
  assert.equal(b?.pipelineIndex, 1);
  assert.equal(a?.pipeline[2], c);
  assert.deepEqual(programs(c!.inputs), ["b"]);
  assert.deepEqual(a?.inputs, []);
  assert.deepEqual(programs(d!.pipeline), ["d"]);
  assert.equal(d?.joinedBy, "&&");
});

test("groups in a pipeline: the first command stands for the group, all of them read and write", () => {
  const { commands } = read("{ a; b; } | (c; d) | while read x; do e; done");
  assert.deepEqual(programs(commands[0]!.pipeline), ["a", "c", "read"]);
  assert.deepEqual(programs(commandOf(commands, "d").inputs), ["a", "b"]);
  assert.deepEqual(programs(commandOf(commands, "e").inputs), ["c", "d"]);
  assert.deepEqual(programs(commandOf(commands, "d").pipeline), ["d"]);
});

test("negation and the keyword time are no commands", () => {
  assert.deepEqual(programs(read("! a; time -p b | c").commands), ["a", "b", "c"]);
});

test("substitutions say which command they feed", () => {
  const { commands } = read('a "$(b | c)" `d`; e <(f) > >(g); X="$(h)"; i <<< $(j)');
  const placeOf = (program: string) => {
    const { context, feeds } = commandOf(commands, program);
    return [context, feeds?.program];
  };
  assert.deepEqual(placeOf("b"), ["substitution", "a"]);
  assert.deepEqual(placeOf("c"), ["substitution", "a"]);
  assert.deepEqual(placeOf("d"), ["substitution", "a"]);
  assert.deepEqual(placeOf("f"), ["process-substitution", "e"]);
  assert.deepEqual(placeOf("g"), ["process-substitution", "e"]);
  assert.deepEqual(placeOf("h"), ["substitution", ""]);
  assert.deepEqual(placeOf("j"), ["substitution", "i"]);
});

test("substitutions nest, in backquotes with escapes too", () => {
  const { commands, at } = read('a "$(b "$(c)")" `d \\`e x\\`` ${X:-$(f)} $((1 + $(g)))');
  assert.deepEqual(programs(commands), ["a", "b", "c", "d", "e", "f", "g"]);
  assert.equal(commandOf(commands, "c").feeds?.program, "b");
  assert.equal(at(commandOf(commands, "e")), "e x");
});

test("compound commands hold commands", () => {
  const text = `if a; then b; elif c; then d; else e; fi
for i in $(f); do g; done
while h; do i; done
until j; do k; done
case $(l) in m) n;; *) o; esac
p() { q; (r); }
(s)
{ t; }
[[ -f $(u) ]] && (( $(v) ))`;
  const { commands, script } = read(text);
  assert.equal(programs(commands).join(""), "abcdefghijklnoqrstuv");
  assert.equal(script.incomplete, false);
  assert.equal(commandOf(commands, "q").context, "function");
  assert.equal(commandOf(commands, "r").context, "function");
  assert.equal(commandOf(commands, "s").context, "subshell");
  assert.equal(commandOf(commands, "t").context, "top");
});

test("assignments stand before a command, alone, or as arguments of export", () => {
  const { commands, at } = read('A=1 B="$x" cmd; C=2; export D=3 E; F=(a $(g))');
  assert.deepEqual(
    commands.map(({ assignments }) => assignments.map(({ name, value }) => [name, value?.value])),
    [
      [
        ["A", "1"],
        ["B", undefined],
      ],
      [["C", "2"]],
      [["D", "3"]],
      [["F", undefined]],
      [],
    ],
  );
  assert.equal(at(commands[0]!.assignments[1]!), 'B="$x"');
  assert.equal(commands[1]?.name, undefined);
  assert.deepEqual(
    commands[2]?.arguments.map(({ value }) => value),
    ["D=3", "E"],
  );
});

test("redirections have operator, target and place", () => {
  const { commands, at } = read("a >out 2>&1 <in; >only; b >>'x y'");
  assert.deepEqual(
    commands.map(({ redirections }) => redirections.map((r) => [r.operator, r.target?.value, at(r)])),
    [
      [
        [">", "out", ">out"],
        [">&", "1", "2>&1"],
        ["<", "in", "<in"],
      ],
      [[">", "only", ">only"]],
      [[">>", "x y", ">>'x y'"]],
    ],
  );
});

test("heredocs have a body, whose substitutions feed the command", () => {
  const { commands, at } = read("cat <<EOF >x && a\nhi $(b)\nEOF\ncat <<-'E F'\n\t$(no)\n\tE F\nc");
  assert.deepEqual(programs(commands), ["cat", "a", "b", "cat", "c"]);
  const [first, second] = commands.filter(({ program }) => program === "cat");
  assert.equal(at(first!.redirections[0]!.body!), "hi $(b)\n");
  assert.equal(first?.redirections[0]?.target?.value, "EOF");
  assert.equal(commandOf(commands, "b").feeds, first);
  assert.equal(at(second!.redirections[0]!.body!), "\t$(no)\n");
});
