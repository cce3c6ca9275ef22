import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";
import type { BadExample, GoodExample, Rule } from "../server/src/engine/rule";

/**
 * Leaves the examples out of the rules that a bundle holds: they are a third of it, and only the rules' pages show them.
 * The extension ships them once, in a file of their own, for its desktop and its web server.
 */
export const withoutExamples: Plugin = {
  name: "without-examples",
  setup(build) {
    build.onLoad(
      { filter: /[/\\]rules[/\\](?:dockerfile|compose|comments|configuration|daemon)[/\\]/ },
      ({ path }) => ({
        contents: stripExamples(readFileSync(path, "utf8"), path),
        loader: "ts",
      }),
    );
  },
};

/** The examples of a rule file are two lists of the definition, as the formatter lays them out. */
const lists = /^ {2}(bad|good): \[(?:\n[\s\S]*?\n {2}\],|[^\n]*\],)$/gm;

function stripExamples(source: string, path: string): string {
  const found = [...source.matchAll(lists)].map((match) => match[1]).join(" ");
  if (found !== "bad good") throw new Error(`${path}: the examples are not where they are expected`);
  return source.replace(lists, "  $1: [],");
}

/**
 * The file of examples: by rule id. Some hold tokens that are assembled when the rules are loaded, so that no scanner
 * finds one in the sources; in the file, characters that all forms of tokens have are escaped for the same reason.
 */
export function examplesFile(rules: readonly Rule[]): string {
  const examples: Record<string, { bad: readonly BadExample[]; good: readonly GoodExample[] }> = {};
  for (const { id, bad, good } of rules) examples[id] = { bad, good };
  return JSON.stringify(examples).replace(
    /[_@.A-]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
