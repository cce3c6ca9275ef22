import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import type { CommandFormat, EngineCommand, EngineText } from "../../server/src/documents/commands/model";
import { parseCommands } from "../../server/src/documents/commands/parse";
import { analyse } from "../../server/src/engine/analyse";
import { defaultConfig } from "../../server/src/engine/config";
import { unknownFacts } from "../../server/src/engine/facts";
import { rules } from "../../server/src/rules/index";
import { applyEdits } from "../../server/src/text/edit";
import { parseMarks } from "../../server/src/text/marks";
import { exampleDay } from "../support/check";
import { corpusFiles, corpusMissing } from "../support/corpus";

const formats: readonly CommandFormat[] = [
  "shell",
  "makefile",
  "workflow",
  "gitlab",
  "devcontainer",
  "markdown",
];

/** Values as they are written in a script, with what they mean. */
const values = fc.constantFrom(
  ["/var/run/docker.sock:/s", "/var/run/docker.sock:/s"],
  ['"/a b:/c"', "/a b:/c"],
  ["'A=b c'", "A=b c"],
  ["8080:80", "8080:80"],
  ["A=b", "A=b"],
  ["é😀", "é😀"],
) as fc.Arbitrary<readonly [string, string]>;

interface Given {
  readonly name: string;
  readonly written: string;
  readonly value: string | undefined;
}

const option: fc.Arbitrary<Given> = fc.oneof(
  fc
    .constantFrom("privileged", "read-only", "init")
    .map((name) => ({ name, written: `--${name}`, value: undefined })),
  fc
    .tuple(fc.constantFrom("volume", "env", "publish", "security-opt"), fc.constantFrom("=", " "), values)
    .map(([name, sign, [written, value]]) => ({ name, written: `--${name}${sign}${written}`, value })),
  fc
    .tuple(fc.constantFrom(["v", "volume"], ["e", "env"], ["p", "publish"]), fc.constantFrom("", " "), values)
    .map(([[letter = "", name = ""], sign, [written, value]]) => ({
      name,
      written: `-${letter}${sign}${written}`,
      value,
    })),
);

/** The ways in which lines of a script stand in a file of each format; `exact` where every character does. */
const frames: readonly {
  readonly format: CommandFormat;
  readonly exact: boolean;
  put(lines: readonly string[]): string;
}[] = [
  { format: "shell", exact: true, put: (lines) => `#!/bin/sh\nset -e\n${lines.join(" \\\n  ")}\n` },
  { format: "makefile", exact: true, put: (lines) => `up: a\n\t@-${lines.join(" \\\n\t  ")}\n` },
  {
    format: "gitlab",
    exact: true,
    put: (lines) => `a:\n  script:\n    - |\n      x\n      ${lines.join(" \\\n        ")}\n`,
  },
  { format: "gitlab", exact: true, put: (lines) => `a:\n  script: >-\n    ${lines.join("\n    ")}\n` },
  {
    format: "workflow",
    exact: true,
    put: (lines) =>
      `jobs:\n  a:\n    steps:\n      - run: |2\n          y\n          ${lines.join(" \\\n          ")}\n`,
  },
  {
    format: "workflow",
    exact: false,
    put: (lines) => `jobs: { a: { steps: [{ run: ${JSON.stringify(`x\n${lines.join(" ")}`)} }] } }\n`,
  },
  {
    format: "workflow",
    exact: false,
    put: (lines) =>
      `jobs: { a: { steps: [{ run: '${lines.join("\n\n  ").replaceAll("'", "''").replaceAll("\n\n", "\n")}' }] } }\n`,
  },
  {
    format: "markdown",
    exact: true,
    put: (lines) => `# A\n\n> \`\`\`console\n> $ ${lines.join(" \\\n>   ")}\n> out\n> \`\`\`\n`,
  },
  { format: "markdown", exact: true, put: (lines) => `- a\n  ~~~sh\n  ${lines.join(" \\\n    ")}\n  ~~~\n` },
  {
    format: "devcontainer",
    exact: false,
    put: (lines) => `{ "postCreateCommand": ${JSON.stringify(lines.join(" "))} }`,
  },
];

test("options are what is written, at their places, in every format and with any line breaks", () => {
  fc.assert(
    fc.property(
      fc.array(option, { maxLength: 6 }),
      fc.constantFrom(...frames),
      fc.constantFrom("\n", "\r\n"),
      (given, frame, lineBreak) => {
        const lines = ["docker run", ...given.map(({ written }) => written), "app:1 --privileged"];
        const text = frame.put(lines).replaceAll("\n", lineBreak);
        const { commands, problems } = parseCommands(text, frame.format);
        assert.deepEqual(problems, [], text);
        const found = commands.filter(({ written }) => written);
        assert.equal(found.length, 1, text);
        const command = found[0]!;
        assert.deepEqual(
          command.options.map(({ name, value }) => [name, value?.value]),
          given.map(({ name, value }) => [name, value]),
          text,
        );
        assert.equal(command.image?.value, "app:1");
        for (const one of textsOf(command)) {
          if (frame.exact) assert.ok(one.exact, `${one.text} in ${text}`);
          checkPlace(one, text);
        }
      },
    ),
    { numRuns: 600 },
  );
});

test("to remove an option leaves the others as they are", () => {
  fc.assert(
    fc.property(
      fc.array(option, { minLength: 1, maxLength: 5 }),
      fc.constantFrom(...frames),
      fc.nat(),
      (given, frame, at) => {
        const lines = ["docker run", ...given.map(({ written }) => written), "app:1"];
        const text = frame.put(lines);
        const before = parseCommands(text, frame.format).commands.find(({ written }) => written)!;
        const index = at % given.length;
        const { removal } = before.options[index]!;
        if (removal.length === 0) return;
        const after = parseCommands(applyEdits(text, removal), frame.format);
        assert.deepEqual(
          after.commands
            .find(({ written }) => written)
            ?.options.map(({ name, value }) => [name, value?.value]),
          given.flatMap(({ name, value }, other) => (other === index ? [] : [[name, value]])),
          text,
        );
      },
    ),
    { numRuns: 300 },
  );
});

const examples = rules.flatMap((rule) =>
  rule.language === "commands"
    ? [...rule.bad, ...rule.good].map(({ source }) => parseMarks(source).text)
    : [],
);

const shreds = fc.constantFrom(
  ...[
    "\n",
    "\r\n",
    "\t",
    " ",
    "\\",
    "\\\n",
    "'",
    '"',
    "`",
    "```sh\n",
    "$(",
    "${",
    "}",
    ")",
    "<<EOF\n",
    "EOF\n",
    "|",
    ">",
    "- ",
    ": ",
  ],
  ...[
    "\uFEFF",
    "é😀",
    "\0",
    "docker run ",
    "-v",
    "--mount=type=bind,source=",
    "-itp",
    "--",
    "=",
    "$$",
    "{",
    "[",
    ",",
    "run: |\n  ",
  ],
  ...examples,
);

test("whatever the text, nothing is thrown and every place lies within it", () => {
  fc.assert(
    fc.property(
      fc.array(shreds, { maxLength: 12 }),
      fc.constantFrom(...formats),
      fc.nat(400),
      (parts, format, cut) => {
        const text = parts.join("").slice(cut % 50);
        const analysis = analyse({
          kind: "commands",
          format,
          text,
          rules,
          facts: unknownFacts(exampleDay),
          config: { ...defaultConfig, profile: "all" },
        });
        assert.deepEqual(analysis.failures, []);
        for (const { span, fixes } of analysis.findings) {
          assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length);
          for (const { edits } of fixes) applyEdits(text, edits);
        }
      },
    ),
    { numRuns: 800 },
  );
});

test("in real files the text at each place is what the option says", (t) => {
  if (corpusMissing !== undefined) return t.skip(corpusMissing);
  let checked = 0;
  for (const kind of ["script", "workflow", "devcontainer"] as const) {
    for (const { path, text } of corpusFiles(kind)) {
      const format = kind === "script" ? (/makefile$|\.mk$/i.test(path) ? "makefile" : "shell") : kind;
      for (const command of parseCommands(text, format).commands)
        for (const one of textsOf(command)) {
          checkPlace(one, text);
          checked += 1;
        }
    }
  }
  assert.ok(checked > 500, `only ${checked} texts were found`);
});

function textsOf({ image, options }: EngineCommand): readonly EngineText[] {
  return [...(image === undefined ? [] : [image]), ...options.flatMap(({ value }) => value ?? [])];
}

/** Expressions of pipelines and placeholders of documentation are read as variables of the same length. */
function checkPlace({ exact, text, span }: EngineText, document: string): void {
  assert.ok(span.start >= 0 && span.start <= span.end && span.end <= document.length);
  if (!exact) return;
  const written = document.slice(span.start, span.end);
  assert.equal(written.length, text.length);
  if (!/\$\{\{|<[A-Za-z]/.test(written)) assert.equal(written, text);
}
