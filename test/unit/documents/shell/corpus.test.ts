import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import type { Instruction } from "../../../../server/src/documents/dockerfile/model";
import { parseDockerfile } from "../../../../server/src/documents/dockerfile/parse";
import type { ShellScript } from "../../../../server/src/documents/shell/model";

const folder = join(import.meta.dirname, "../../../../../shared/corpus/dockerfile");

interface CorpusScript {
  readonly place: string;
  readonly text: string;
  readonly instruction: Instruction;
  readonly script: ShellScript;
}

function corpusScripts(): readonly CorpusScript[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const text = readFileSync(join(entry.parentPath, entry.name), "utf8");
      return parseDockerfile(text).instructions.flatMap((instruction) =>
        "script" in instruction && instruction.script.dialect === "posix"
          ? [
              {
                place: `${entry.name}:${instruction.startLine + 1}`,
                text,
                instruction,
                script: instruction.script,
              },
            ]
          : [],
      );
    });
}

test("scripts of real files", async (t) => {
  if (!existsSync(folder)) {
    t.skip(`../shared is missing: ${folder}`);
    return;
  }
  const scripts = corpusScripts();

  await t.test("are many", () => {
    assert.ok(scripts.length > 7_000);
  });

  await t.test("are read in full, but for templates and a string without its end", () => {
    const incomplete = scripts.filter(({ script }) => script.incomplete).map(({ place }) => place);
    assert.deepEqual(incomplete.sort(), [
      "Dockerfile-alpine.template:5",
      "Dockerfile-debian.template:8",
      "Dockerfile-linux.template:44",
      "Dockerfile-slim.template:8",
      "frontend__dockerfile__parser__testfiles__jeztah-invalid-json-unterminated-string__Dockerfile:1",
    ]);
  });

  await t.test("have commands, but for empty exec forms", () => {
    const empty = scripts.filter(({ script }) => script.commands.length === 0);
    for (const { text, instruction, place } of empty) {
      assert.match(
        text.slice(instruction.argumentsSpan.start, instruction.argumentsSpan.end),
        /\[ *\]$/,
        place,
      );
    }
  });

  await t.test("have words at their exact places", () => {
    for (const { text, script, place } of scripts) {
      for (const word of script.commands.flatMap((command) => command.arguments)) {
        if (!word.exact) continue;
        const there = text.slice(word.span.start, word.span.end).replaceAll(/\\[ \t\r]*\n|\r/g, "");
        assert.equal(there, word.text, place);
      }
    }
  });

  await t.test("have every common program that follows an operator as a command", () => {
    const programs = "apt-get|curl|wget|chmod|pip3?|apk|yum|rm|tar|make|gpg";
    const call = new RegExp(
      `(?:&&|\\|\\||;|\\|)[ \\t]*(?:\\\\[ \\t]*\\r?\\n[ \\t]*)?(${programs})(?=\\s)`,
      "g",
    );
    let found = 0;
    for (const { text, instruction, script, place } of scripts) {
      if (instruction.keyword !== "RUN" || instruction.form !== "shell") continue;
      const names = new Set(script.commands.map(({ name }) => name?.span.start));
      const source = text.slice(instruction.span.start, instruction.span.end);
      for (const match of source.matchAll(call)) {
        const line = source.slice(source.lastIndexOf("\n", match.index) + 1, match.index);
        if (line.trimStart().startsWith("#")) continue;
        const start = instruction.span.start + match.index + match[0].length - match[1]!.length;
        assert.ok(names.has(start), `${place}: ${text.slice(start, start + 40)}`);
        found += 1;
      }
    }
    assert.ok(found > 4_500);
  });
});
