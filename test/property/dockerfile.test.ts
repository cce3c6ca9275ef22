import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import fc from "fast-check";
import type { DockerfileDocument, Instruction } from "../../server/src/documents/dockerfile/model";
import { parseDockerfile } from "../../server/src/documents/dockerfile/parse";
import type { Span } from "../../server/src/text/span";
import { sharedMissing } from "../unit/documents/dockerfile/sharedFiles";

const corpus = join(__dirname, "../../../shared/corpus/dockerfile");
const runs = 300;

/** Pieces that meet the scanner's branches; random text alone hardly ever makes an instruction. */
const pieces = [
  ...'FROM a AS b\n|FROM b\n|ARG X=1\n|ENV A=$X B="c d"\n|ENV old value\n|RUN x \\\n y\n|RUN <<EOF\n|EOF\n|COPY <<-A <<"B" /d\n|\tA\n|B\n'.split(
    "|",
  ),
  ...'USER ${U:-x}:y\n|CMD ["a","b"]\n|CMD ["a"\n|HEALTHCHECK CMD x\n|ONBUILD RUN y\n|SHELL ["pwsh"]\n|LABEL a=b \\\n|# c\n|# escape=`\n'.split(
    "|",
  ),
  ..."\\\n|`\n|\r\n|\r|\n|\uFEFF|\u00a0|\u000b|'|\"|$|${|}|<<|--mount=type=bind,from=b|--x|=|\\|`|\u{1f600}|\ud800".split(
    "|",
  ),
];
const dockerfile = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...pieces) },
      { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 8 }) },
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(""));

function readFolder(): readonly string[] {
  return readdirSync(corpus, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => readFileSync(path, "utf8"));
}

function assertWithin(outer: Span, inner: Span, what: string): void {
  assert.ok(outer.start <= inner.start && inner.start <= inner.end && inner.end <= outer.end, what);
}

function assertOrdered(spans: readonly Span[], what: string): void {
  for (let i = 1; i < spans.length; i++) assert.ok(spans[i - 1]!.end <= spans[i]!.start, what);
}

function checkInstruction(document: DockerfileDocument, instruction: Instruction): void {
  const { span, keywordSpan, argumentsSpan, flags, words, heredocs } = instruction;
  assertWithin(span, keywordSpan, "keyword");
  assertWithin(span, argumentsSpan, "arguments");
  assertOrdered([keywordSpan, ...flags.map((flag) => flag.span), argumentsSpan], "parts");
  assertOrdered(
    words.map((word) => word.span),
    "words",
  );
  assertOrdered(
    heredocs.map(({ bodySpan }) => bodySpan),
    "heredoc bodies",
  );
  for (const word of words) assertWithin(argumentsSpan, word.span, "word");
  for (const flag of flags) {
    assertWithin(flag.span, flag.nameSpan, "flag name");
    assertWithin(flag.span, flag.valueSpan, "flag value");
  }
  for (const { bodySpan } of heredocs)
    assertWithin({ start: argumentsSpan.end, end: document.text.length }, bodySpan, "body");
  if ("assignments" in instruction) {
    for (const assignment of instruction.assignments) {
      assertWithin(argumentsSpan, assignment.span, "assignment");
      assertOrdered([assignment.nameSpan, assignment.valueSpan], "name and value");
    }
  }
  if ("mounts" in instruction) {
    for (const mount of instruction.mounts) {
      for (const option of mount.options) assertWithin(mount.flag.valueSpan, option.span, "mount option");
    }
  }
  if ("script" in instruction) {
    for (const command of instruction.script.commands) assertWithin(span, command.span, "command");
  }
  assert.ok(instruction.startLine <= instruction.endLine && instruction.endLine < document.lines.count);
  if (instruction.keyword === "ONBUILD" && instruction.trigger !== undefined) {
    assertWithin(argumentsSpan, instruction.trigger.argumentsSpan, "trigger");
    checkInstruction(document, instruction.trigger);
  }
}

/** Everything outside of instructions, comments and directives is white space, escape characters, or the mark. */
function checkCover(document: DockerfileDocument): void {
  const { text, instructions, comments, directives } = document;
  const covered = [...instructions, ...comments, ...directives]
    .map(({ span }) => span)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  let at = 0;
  for (const span of [...covered, { start: text.length, end: text.length }]) {
    if (span.start > at) {
      const between = text.slice(at, span.start);
      assert.match(between, /^[\s\u0085\uFEFF\\`]*$/, JSON.stringify(between));
    }
    at = Math.max(at, span.end);
  }
}

function check(text: string): DockerfileDocument {
  const document = parseDockerfile(text);
  assertOrdered(
    document.instructions.map(({ span }) => span),
    "instructions",
  );
  assertOrdered(
    document.comments.map(({ span }) => span),
    "comments",
  );
  for (const instruction of document.instructions) checkInstruction(document, instruction);
  for (const { span } of [...document.problems, ...document.comments, ...document.directives]) {
    assertWithin({ start: 0, end: text.length }, span, "span");
  }
  for (const stage of document.stages) {
    assert.equal(stage.instructions[0], stage.from);
    assert.ok(stage.parent === undefined || stage.parent.index < stage.index);
    const { environment } = stage.stateAt(stage.instructions.length);
    for (const [name, value] of environment) assert.deepEqual(environment.get(name), value);
  }
  checkCover(document);
  return document;
}

/** What must not depend on how lines end. */
function outline(document: DockerfileDocument) {
  return document.instructions.map((instruction) => ({
    keyword: instruction.keyword,
    lines: [instruction.startLine, instruction.endLine],
    flags: instruction.flags.map(({ name, value }) => [name, value]),
    words: instruction.words.map(({ value }) => value),
    heredocs: instruction.heredocs.map(({ name, terminated }) => [name, terminated]),
  }));
}

test("any text parses, with spans that nest, are in order and cover it", () => {
  fc.assert(
    fc.property(dockerfile, (text) => void check(text)),
    { numRuns: runs },
  );
});

test("every prefix of a text parses", () => {
  fc.assert(
    fc.property(dockerfile, (text) => {
      for (let length = 0; length < text.length; length++) parseDockerfile(text.slice(0, length));
    }),
    { numRuns: 60 },
  );
});

test("line breaks of either kind give the same structure", () => {
  fc.assert(
    fc.property(dockerfile, (text) => {
      const plain = text.replaceAll("\r", "");
      assert.deepEqual(
        outline(parseDockerfile(plain.replaceAll("\n", "\r\n"))),
        outline(parseDockerfile(plain)),
      );
    }),
    { numRuns: runs },
  );
});

test("a line that is appended changes no instruction before it", () => {
  fc.assert(
    fc.property(dockerfile, (text) => {
      const before = parseDockerfile(`${text}\n\n`);
      const last = before.instructions.at(-1);
      if (last === undefined) return;
      fc.pre(last.heredocs.every(({ terminated }) => terminated));
      fc.pre(before.lines.at(last.span.end).line === last.endLine);
      fc.pre(!/[\\`][ \t]*\s*$/.test(text));
      const after = parseDockerfile(`${text}\n\nUSER z\n`);
      assert.deepEqual(outline(after).slice(0, before.instructions.length), outline(before));
      assert.equal(after.instructions.length, before.instructions.length + 1);
    }),
    { numRuns: runs },
  );
});

test("real files keep the properties, whole and cut at 50 places", { skip: sharedMissing }, () => {
  const files = readFolder();
  assert.ok(files.length > 2_000);
  const cuts = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), { numRuns: 50, seed: 7 });
  for (const [i, text] of files.entries()) {
    check(text);
    if (i % 20 === 0) for (const cut of cuts) check(text.slice(0, Math.floor(text.length * cut)));
  }
});

test("real files have the same structure with either line break", { skip: sharedMissing }, () => {
  for (const text of readFolder()) {
    if (text.includes("\r")) continue;
    assert.deepEqual(outline(parseDockerfile(text.replaceAll("\n", "\r\n"))), outline(parseDockerfile(text)));
  }
});
