import assert from "node:assert/strict";
import test from "node:test";
import { parseDockerfile } from "../../../server/src/documents/dockerfile/parse";
import { parseYaml } from "../../../server/src/documents/yaml/parse";
import {
  maxBrokenEntries,
  maxBrokenYamlLength,
  maxChain,
  maxDividedYamlLength,
  maxEngineCommands,
  maxEngineOptions,
  maxExpandedLength,
  maxExpansionDepth,
  maxFindingsPerFile,
  maxIgnoreCommentLength,
  maxReferences,
  maxScriptDepth,
  maxSecretStages,
  maxServices,
  maxShellNesting,
  maxShellWrappers,
  maxStages,
  maxTextLength,
  maxYamlDepth,
  maxYamlProblems,
} from "../../../server/src/limits";
import { type TellInput, tell, times } from "../../support/gaps";

/** A bound on a text: just within it all is checked, just beyond it that is said, and nothing else is lost. */
interface Edge {
  readonly what: string;
  readonly within: TellInput;
  readonly beyond: TellInput;
  readonly gap: RegExp;
  /** A rule that finds something on both sides; `undefined` where a text beyond the bound is not read at all. */
  readonly still: string | undefined;
}

const dockerfile = (text: string, ...rules: readonly string[]): TellInput => ({
  kind: "dockerfile",
  text,
  ...(rules.length > 0 && { rules }),
});
const compose = (text: string, ...rules: readonly string[]): TellInput => ({
  kind: "compose",
  text,
  ...(rules.length > 0 && { rules }),
});

const filled = (start: string, length: number): string =>
  (start + "#\n".repeat(Math.ceil((length - start.length) / 2))).slice(0, length);
const nestedList = (depth: number): string =>
  `services:\n  a:\n    privileged: true\nx-deep: ${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}\n`;
const broken = (length: number): string =>
  `services:\n  a:\n    privileged: true\n${filled("  b: {\n", length)}`;
const brokenIn = (length: number): string =>
  filled("services:\n  b: {\n  a:\n    privileged: true\n", length);
const brokenEntries = (count: number): string =>
  filled(
    `services:\n  a:\n    privileged: true\n${times(count, (i) => `  b${i}: {\n`)}`,
    maxBrokenYamlLength + 1,
  );
const stages = (count: number): string =>
  `FROM debian:latest AS s0\n${times(count - 1, (i) => `FROM s${i} AS s${i + 1}\n`)}`;
const manyServices = (count: number): string =>
  ` s: {privileged: true}\n${times(count - 1, (i) => ` s${i}: {}\n`)}`;
const wrapped = (count: number): string =>
  `FROM debian:12.5\nRUN sudo x\nRUN ${"nice ".repeat(count)}curl x\n`;
const substituted = (depth: number): string =>
  `FROM debian:12.5\nRUN sudo x\nRUN echo ${"$(echo ".repeat(depth)}x${")".repeat(depth)}\n`;
const variables = (count: number): string => times(count, (i) => `$V${i}`);
const secretBelow = (count: number): string =>
  `FROM node:22 AS s0\nCOPY .env /app/\n${times(count - 1, (i) => `FROM s${i} AS s${i + 1}\n`)}FROM node:22 AS other\nCOPY .env /x/\nFROM node:22\nCOPY --from=s${count - 1} /app /app\nCOPY --from=other /x /x\n`;

const edges: readonly Edge[] = [
  {
    what: "length of a text",
    within: dockerfile(filled("FROM debian:latest\n", maxTextLength), "base-image-latest-tag"),
    beyond: dockerfile(filled("FROM debian:latest\n", maxTextLength + 1), "base-image-latest-tag"),
    gap: /^the text is longer than \d+ characters$/,
    still: undefined,
  },
  {
    what: "depth of YAML",
    within: compose(nestedList(maxYamlDepth)),
    beyond: compose(nestedList(maxYamlDepth + 1)),
    gap: /^Collections are nested deeper than \d+ levels$/,
    still: undefined,
  },
  {
    what: "length of broken YAML",
    within: compose(broken(maxBrokenYamlLength), "compose-privileged"),
    beyond: compose(broken(maxBrokenYamlLength + 1), "compose-privileged"),
    gap: /^The file is too long to be read with its syntax error$/,
    still: undefined,
  },
  {
    what: "length of YAML with a broken entry",
    within: compose(brokenIn(maxDividedYamlLength), "compose-privileged"),
    beyond: compose(brokenIn(maxDividedYamlLength + 1), "compose-privileged"),
    gap: /^The file is too long to be read with its syntax error$/,
    still: undefined,
  },
  {
    what: "broken entries of a long YAML",
    within: compose(brokenEntries(maxBrokenEntries), "compose-privileged"),
    beyond: compose(brokenEntries(maxBrokenEntries + 1), "compose-privileged"),
    gap: /^The file is too long to be read with its syntax error$/,
    still: undefined,
  },
  {
    what: "stages",
    within: dockerfile("FROM debian:latest\n".repeat(maxStages), "base-image-latest-tag"),
    beyond: dockerfile("FROM debian:latest\n".repeat(maxStages + 1), "base-image-latest-tag"),
    gap: /^Too many stages: the rest is not checked/,
    still: "base-image-latest-tag",
  },
  {
    what: "stages that one is built on",
    within: dockerfile(stages(maxChain), "base-image-latest-tag"),
    beyond: dockerfile(stages(maxChain + 1), "base-image-latest-tag"),
    gap: /^this stage is built on more than \d+ others: not all of them are followed$/,
    still: "base-image-latest-tag",
  },
  {
    what: "services",
    within: compose(`services:\n${manyServices(maxServices)}`, "compose-privileged"),
    beyond: compose(`services:\n${manyServices(maxServices + 1)}`, "compose-privileged"),
    gap: /^Only the first \d+ services are looked at$/,
    still: "compose-privileged",
  },
  {
    what: "variables in one word",
    within: dockerfile(`FROM debian:12.5\nARG TOKEN\nRUN login "${variables(maxReferences - 1)}$TOKEN"\n`),
    beyond: dockerfile(`FROM debian:12.5\nARG TOKEN\nRUN login $TOKEN "${variables(maxReferences + 1)}"\n`),
    gap: /^a word or value names more than \d+ variables: the rest is not followed$/,
    still: "secret-arg-expanded-in-run",
  },
  {
    what: "variables in one value",
    within: dockerfile(`FROM debian:12.5\nARG TOKEN\nENV A=${variables(maxReferences - 1)}$TOKEN\n`),
    beyond: dockerfile(`FROM debian:12.5\nARG TOKEN\nENV A=$TOKEN${variables(maxReferences)}\n`),
    gap: /^a word or value names more than \d+ variables: the rest is not followed$/,
    still: "secret-arg-promoted-to-env",
  },
  {
    what: "stages in which secret files are followed",
    within: dockerfile(secretBelow(maxSecretStages), "secret-leaks-through-copy-from"),
    beyond: dockerfile(secretBelow(maxSecretStages + 1), "secret-leaks-through-copy-from"),
    gap: /^files with secrets are followed through \d+ stages, not further$/,
    still: "secret-leaks-through-copy-from",
  },
  {
    what: "programs that run programs",
    within: dockerfile(wrapped(maxShellWrappers), "sudo-in-run"),
    beyond: dockerfile(wrapped(maxShellWrappers + 1), "sudo-in-run"),
    gap: /^a part of this command could not be read$/,
    still: "sudo-in-run",
  },
  {
    what: "nested substitutions",
    within: dockerfile(substituted(maxShellNesting), "sudo-in-run"),
    beyond: dockerfile(substituted(maxShellNesting + 1), "sudo-in-run"),
    gap: /^a part of this command could not be read$/,
    still: "sudo-in-run",
  },
  {
    what: "scripts in scripts",
    within: dockerfile(`FROM debian:12.5\nRUN sudo x\nRUN ${scriptsIn(maxScriptDepth)}\n`, "sudo-in-run"),
    beyond: dockerfile(`FROM debian:12.5\nRUN sudo x\nRUN ${scriptsIn(maxScriptDepth + 1)}\n`, "sudo-in-run"),
    gap: /^a part of this command could not be read$/,
    still: "sudo-in-run",
  },
  {
    what: "commands of container engines",
    within: {
      kind: "commands",
      format: "shell",
      text: "docker run --privileged x\n".repeat(maxEngineCommands),
      rules: ["run-privileged"],
    },
    beyond: {
      kind: "commands",
      format: "shell",
      text: "docker run --privileged x\n".repeat(maxEngineCommands + 1),
      rules: ["run-privileged"],
    },
    gap: /^More than \d+ commands: the rest is not read$/,
    still: "run-privileged",
  },
  {
    what: "options of one such command",
    within: {
      kind: "commands",
      format: "shell",
      text: `docker run --privileged${" -e A=b".repeat(maxEngineOptions - 2)} x\n`,
      rules: ["run-privileged"],
    },
    beyond: {
      kind: "commands",
      format: "shell",
      text: `docker run --privileged${" -e A=b".repeat(maxEngineOptions)} x\n`,
      rules: ["run-privileged"],
    },
    gap: /^A part of this script could not be read$/,
    still: "run-privileged",
  },
  {
    what: "findings of one file",
    within: dockerfile("FROM debian:latest\n".repeat(maxFindingsPerFile), "base-image-latest-tag"),
    beyond: dockerfile("FROM debian:latest\n".repeat(maxFindingsPerFile + 1), "base-image-latest-tag"),
    gap: /^more than \d+ findings: the rest is not listed$/,
    still: "base-image-latest-tag",
  },
];

/** `sh -c 'sh -c "…"'`, as deep as is asked for, by ever more backslashes. */
function scriptsIn(depth: number): string {
  let script = "x";
  for (let level = 0; level < depth; level++) script = `eval ${JSON.stringify(script)}`;
  return script;
}

for (const { what, within, beyond, gap, still } of edges) {
  test(`${what}: just within the bound all is checked, just beyond it that is said`, () => {
    const inside = tell(within);
    assert.deepEqual(
      inside.gaps.filter((reason) => gap.test(reason)),
      [],
    );
    if (still !== undefined) assert.ok(inside.found.has(still));
    else assert.ok(inside.findings > 0);
    const outside = tell(beyond);
    assert.equal(outside.gaps.filter((reason) => gap.test(reason)).length, 1, outside.gaps.join("; "));
    if (still !== undefined) assert.ok(outside.found.has(still));
  });
}

test("findings beyond the bound are not listed, and those within it all are", () => {
  const { findings } = tell(
    dockerfile("FROM debian:latest\n".repeat(maxFindingsPerFile + 1), "base-image-latest-tag"),
  );
  assert.equal(findings, maxFindingsPerFile);
});

test("an ignore comment beyond its length silences nothing", () => {
  const comment = "# plimsoll-ignore base-image-latest-tag: ";
  const text = (length: number): string => `${comment.padEnd(length, "x")}\nFROM debian:latest\n`;
  assert.equal(tell(dockerfile(text(maxIgnoreCommentLength), "base-image-latest-tag")).findings, 0);
  assert.equal(tell(dockerfile(text(maxIgnoreCommentLength + 1), "base-image-latest-tag")).findings, 1);
});

test("YAML problems beyond their number are not listed, and the text is read all the same", () => {
  const text = (count: number): string => `a: 1\n${"a: 2\n".repeat(count)}services: {}\n`;
  assert.equal(parseYaml(text(maxYamlProblems)).problems.length, maxYamlProblems);
  const beyond = parseYaml(text(maxYamlProblems + 1));
  assert.equal(beyond.problems.length, maxYamlProblems);
  assert.equal(beyond.documents.length, 1);
});

test("a value that nests defaults too deeply, or grows too long, is unknown and not another", () => {
  const nested = (depth: number): string => `FROM ${"${X:-".repeat(depth)}debian${"}".repeat(depth)}\n`;
  const baseOf = (text: string): unknown => parseDockerfile(text).stages[0]?.base?.target.kind;
  assert.equal(baseOf(nested(maxExpansionDepth - 1)), "image");
  assert.notEqual(baseOf(nested(maxExpansionDepth + 1)), "image");
  const long = (length: number): string => {
    const [instruction] = parseDockerfile(
      `FROM x\nARG A=${"y".repeat(length)}\nWORKDIR /$A\n`,
    ).instructions.slice(2);
    assert.ok(instruction?.keyword === "WORKDIR");
    return instruction.values[0]?.expanded.state ?? "";
  };
  assert.equal(long(maxExpandedLength - 2), "known");
  assert.equal(long(maxExpandedLength + 1), "unknown");
});
