import assert from "node:assert/strict";
import test from "node:test";
import type { DockerfileDocument, Instruction } from "../../../../server/src/documents/dockerfile/model";
import { parseDockerfile } from "../../../../server/src/documents/dockerfile/parse";
import { scan } from "../../../../server/src/documents/dockerfile/scan";
import { linesOf } from "../../../../server/src/text/lines";
import { readOtherwise, refusedByBuildkit } from "./buildkitDifferences";
import {
  type BuildkitFile,
  type BuildkitInstruction,
  buildkitCases,
  buildkitStructures,
  sharedMissing,
} from "./sharedFiles";

/** Keywords of which BuildKit takes all arguments as one text. */
const oneText = new Set(["RUN", "CMD", "ENTRYPOINT", "SHELL"]);

function writtenKeyword(document: DockerfileDocument, instruction: Instruction): string {
  const { start, end } = instruction.keywordSpan;
  return document.text
    .slice(start, end)
    .replaceAll(/\\\r?\n/g, "")
    .toUpperCase();
}

function structureOf(
  document: DockerfileDocument,
  instruction: Instruction,
): Omit<BuildkitInstruction, "args" | "joined"> {
  const flags = instruction.flags.map(
    ({ name, value }) => `--${name}${value === undefined ? "" : `=${value}`}`,
  );
  const exec =
    ("form" in instruction && instruction.form === "exec") ||
    ("exec" in instruction && instruction.exec) ||
    (instruction.keyword === "VOLUME" && instruction.words.some((word) => word.text.startsWith('"')));
  const heredocs = instruction.heredocs.map(({ name, expands, stripTabs, bodySpan }) => ({
    name,
    expand: expands,
    chomp: stripTabs,
    len: Buffer.byteLength(document.text.slice(bodySpan.start, bodySpan.end)),
  }));
  return {
    keyword: writtenKeyword(document, instruction),
    start: instruction.startLine + 1,
    end: instruction.endLine + 1,
    ...(flags.length > 0 ? { flags } : {}),
    ...(exec ? { exec } : {}),
    ...(heredocs.length > 0 ? { heredocs } : {}),
  };
}

function argumentsOf(
  document: DockerfileDocument,
  instruction: Instruction,
  joined: string,
): readonly string[] | undefined {
  const written = (span: { start: number; end: number }) => document.text.slice(span.start, span.end);
  switch (instruction.keyword) {
    case "ONBUILD":
      return undefined;
    case "UNKNOWN":
      return [""];
    case "ENV":
    case "LABEL":
      return instruction.assignments.flatMap(({ nameSpan, valueSpan }) => [
        written(nameSpan),
        written(valueSpan),
        instruction.legacy ? "" : "=",
      ]);
    case "HEALTHCHECK":
      return [instruction.words[0]!.text, ...instruction.execArguments.map(({ value }) => value)];
    default:
      if ("form" in instruction && instruction.form === "exec")
        return instruction.execArguments.map(({ value }) => value);
      if (oneText.has(instruction.keyword)) return [joined];
      return instruction.words.map((word) =>
        /^"(?:[^"\\]|\\.)*"$/.test(word.text) ? word.value : word.text,
      );
  }
}

function checkProblems(file: BuildkitFile, document: DockerfileDocument): boolean {
  if (file.error === undefined) return false;
  assert.equal(
    refusedByBuildkit.get(file.name),
    file.error,
    `${file.name}: not in the list of refused files`,
  );
  assert.ok(
    document.problems.some((problem) => problem.effect === "syntax"),
    `${file.name}: BuildKit refuses it (${file.error}), and no problem says so`,
  );
  return true;
}

test("small cases have BuildKit's keywords, lines, flags, arguments, heredocs and joined text", {
  skip: sharedMissing,
}, () => {
  const cases = buildkitCases();
  for (const file of cases) {
    const document = parseDockerfile(file.text);
    if (checkProblems(file, document)) continue;
    const commands = scan(file.text, linesOf(file.text)).instructions.map(
      (instruction) => instruction.command,
    );
    const got = document.instructions.map((instruction, i) => {
      const { line, argumentsStart, end } = commands[i]!;
      const args = argumentsOf(document, instruction, line.text.slice(argumentsStart, end));
      return {
        ...structureOf(document, instruction),
        ...(args === undefined ? {} : { args }),
        joined: line.text,
      };
    });
    const want = file.instructions.map((one) => ({ ...one, keyword: one.keyword.toUpperCase() }));
    assert.deepEqual(got, want, file.name);
  }
  assert.ok(cases.length >= 60);
});

test("real Dockerfiles have BuildKit's structure, without an exception", { skip: sharedMissing }, () => {
  const files = buildkitStructures();
  let instructions = 0;
  for (const file of files) {
    const document = parseDockerfile(file.text);
    if (checkProblems(file, document)) continue;
    assert.equal(document.escape, file.escape, file.name);
    const got = document.instructions.map((instruction) => structureOf(document, instruction));
    const want = file.instructions.map(({ trigger, ...rest }) => ({
      ...rest,
      keyword: rest.keyword.toUpperCase(),
    }));
    assert.deepEqual(got, want, file.name);
    for (const [i, { trigger }] of file.instructions.entries()) {
      const instruction = document.instructions[i]!;
      if (trigger === undefined || instruction.keyword !== "ONBUILD") continue;
      assert.equal(instruction.trigger?.keyword, trigger.kw, file.name);
      assert.equal(
        instruction.trigger !== undefined &&
          "form" in instruction.trigger &&
          instruction.trigger.form === "exec",
        trigger.json === true,
      );
    }
    instructions += got.length;
  }
  assert.ok(instructions > 20_000, `only ${instructions} instructions were compared`);
});

test("the list of refused files holds no file that BuildKit accepts", { skip: sharedMissing }, () => {
  const refused = [...buildkitCases(), ...buildkitStructures()].filter((file) => file.error !== undefined);
  assert.deepEqual(new Set(refusedByBuildkit.keys()), new Set(refused.map((file) => file.name)));
});

test("what is read otherwise than BuildKit does is listed with its reason", () => {
  for (const { text, flag, buildkit, reason } of readOtherwise) {
    const value = parseDockerfile(text).instructions[1]?.flags[0]?.value;
    assert.equal(value, flag, reason);
    assert.notEqual(value, buildkit);
  }
});
