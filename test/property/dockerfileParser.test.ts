import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import type {
  DockerfileDocument,
  EffectiveUser,
  Instruction,
  Stage,
} from "../../server/src/documents/dockerfile/model";
import { parseDockerfile } from "../../server/src/documents/dockerfile/parse";
import { createDockerfileParser } from "../../server/src/documents/dockerfile/parser";
import { rules } from "../../server/src/rules/index";
import { applyEdits } from "../../server/src/text/edit";
import { parseMarks } from "../../server/src/text/marks";

/** The lines of all Dockerfile examples, and others that change what the lines around them mean. */
const lines = [
  ...rules
    .filter((rule) => rule.language === "dockerfile")
    .flatMap((rule) => [...rule.bad, ...rule.good])
    .flatMap((example) => parseMarks(example.source).text.split("\n"))
    .filter((line) => line.trim() !== ""),
  ..."# comment|FROM scratch AS one|FROM one AS two|ARG USER_ID=5|ENV A=$USER_ID|USER $A|WORKDIR sub|RUN <<EOF|EOF|".split(
    "|",
  ),
  ...'ONBUILD RUN x|CMD ["a"]|ENTRYPOINT b|HEALTHCHECK CMD c|COPY --from=one --chown=$A a b/|EXPOSE 80 $A|SHELL ["cmd"]'.split(
    "|",
  ),
  ...'LABEL a="b \\\n  c"|RUN --mount=type=cache,target=/x --network=host y|COPY <<A <<B /d/\nx\nA\ny\nB|STOPSIGNAL 9|VOLUME ["/a"]'.split(
    "|",
  ),
];
const line = fc.constantFrom(...lines);
const source = fc
  .array(line, { minLength: 5, maxLength: 40 })
  .map((some) => `ARG BASE=debian:12.5\nFROM $BASE AS start\n${some.join("\n")}\n`);
const edit = fc.record({
  at: fc.nat(),
  length: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(60)),
  text: fc.oneof(
    fc.constantFrom(
      "",
      " ",
      "x",
      "\n",
      "\r",
      "\r\n",
      "\\\n",
      "#",
      "\nUSER root\n",
      "\nFROM a AS b\n",
      '"',
      "EOF",
    ),
    line.map((one) => `\n${one}\n`),
  ),
});

test("after any edits, a document read again around the edit is the one read as a whole", () => {
  let kept = 0;
  fc.assert(
    fc.property(source, fc.array(edit, { minLength: 1, maxLength: 12 }), (first, edits) => {
      const parser = createDockerfileParser();
      let text = first;
      let before = parser.parse(text).document;
      for (const { at, length, text: inserted } of edits) {
        const start = at % (text.length + 1);
        text = applyEdits(text, [{ start, end: Math.min(text.length, start + length), text: inserted }]);
        const again = parser.parse(text);
        assert.deepEqual(plainDocument(again.document), plainDocument(parseDockerfile(text)));
        if (again.kept !== undefined) {
          kept++;
          const { region, by, replaced } = again.kept;
          const unchanged = [...before.instructions].filter((one) => !replaced.includes(one));
          assert.equal(unchanged.length, again.kept.before + again.kept.after);
          assert.equal(before.text.slice(0, region.start), text.slice(0, region.start));
          assert.equal(before.text.slice(region.end), text.slice(region.end + by));
        }
        before = again.document;
      }
    }),
    { numRuns: 300 },
  );
  assert.ok(kept > 200, `only ${kept} edits kept anything, so that this tests little`);
});

/** All that a document says, without getters and classes. */
function plainDocument(document: DockerfileDocument): unknown {
  const { text, comments, problems, directives, instructions, globalArgs, stages } = document;
  return {
    text,
    comments,
    problems,
    escape: document.escape,
    directives,
    instructions: instructions.map(plainInstruction),
    globalArgs: globalArgs.map((arg) => arg.span),
    stages: stages.map(plainStage),
    finalStage: document.finalStage?.index,
  };
}

function plainInstruction(instruction: Instruction): unknown {
  const plain: Record<string, unknown> = {};
  const names = [...Object.keys(instruction)];
  for (
    let proto = Object.getPrototypeOf(instruction);
    proto !== Object.prototype;
    proto = Object.getPrototypeOf(proto)
  ) {
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(proto)))
      if (property.get !== undefined) names.push(name);
  }
  for (const name of names.sort()) {
    const value = (instruction as unknown as Record<string, unknown>)[name];
    if (name === "trigger")
      plain[name] = value === undefined ? undefined : plainInstruction(value as Instruction);
    else if (name === "script") {
      const { dialect, span, incomplete, commands } = (
        instruction as Extract<Instruction, { keyword: "RUN" }>
      ).script;
      const told = commands.map((command) => [
        command.span,
        command.program,
        command.arguments.map((word) => word.span),
      ]);
      plain[name] = { dialect, span, incomplete, told };
    } else plain[name] = value;
  }
  return plain;
}

function plainStage(stage: Stage): unknown {
  const { index, name, from, instructions, parent, base, os, effectiveUser, command, entrypoint } = stage;
  const states = [...instructions.keys(), instructions.length].map((position) => {
    const { user, workdir, shell, environment } = stage.stateAt(position);
    return { user: plainUser(user), workdir, shell, environment: [...environment].sort() };
  });
  return {
    index,
    name,
    from: from.span,
    instructions: instructions.map(({ span }) => span),
    parent: parent?.index,
    base,
    os,
    user: plainUser(effectiveUser),
    command: command?.span,
    entrypoint: entrypoint?.span,
    states,
  };
}

function plainUser(user: EffectiveUser): unknown {
  if (user.source === "base") return user;
  return { span: user.instruction.span, user: user.user, stage: user.stage.index };
}
