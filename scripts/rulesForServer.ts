import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type Plugin, type PluginBuild, transform } from "esbuild";
import type { BadExample, GoodExample, Rule } from "../server/src/engine/rule";

/**
 * Makes the rules that a server's bundle holds cheap to load. They go without their examples, which are a third of them
 * and which only the rules' pages show: the extension ships them once, in a file of their own, for its desktop and its web
 * server. And functions stand in place of arrow functions. V8 reads ahead over the body of a function until it is first
 * called; within a function, as all of a CommonJS file is, it must build the whole tree of an arrow function's body at
 * once, which costs some 6 MB of memory. Rules are declarations without `this`, so that the two mean the same. `why` and
 * the references are left out too, and read from the file of {@link textsFile} beside the bundle when they are first
 * asked for.
 */
export const rulesForServer: Plugin = leanRules("left out");

/**
 * The same for the command line, whose check needs none of these texts either. It reads the examples from the file of
 * {@link examplesFile} beside the bundle, since some of its reports show them.
 */
export const rulesForCommandLine: Plugin = leanRules("read when asked for");

function leanRules(examples: "left out" | "read when asked for"): Plugin {
  return { name: `rules, examples ${examples}`, setup: (build) => lean(build, examples === "left out") };
}

function lean(build: PluginBuild, withoutExamples: boolean): void {
  build.onLoad({ filter: /[/\\]server[/\\]src[/\\]rules[/\\].*\.ts$/ }, async ({ path }) => {
    const source = readFileSync(path, "utf8");
    const rest = isRule.test(path) ? stripTexts(stripExamples(source, path, withoutExamples), path) : source;
    const { code } = await transform(rest, {
      loader: "ts",
      sourcefile: path,
      sourcemap: "inline",
      supported: { arrow: false },
    });
    return { contents: code, loader: "js" };
  });
  build.onResolve({ filter: /^rule-texts$/ }, ({ path }) => ({ path, namespace: "rule-texts" }));
  build.onLoad({ filter: /.*/, namespace: "rule-texts" }, () => ({
    contents: `let texts, examples;
export function textsOf(id) { return (texts ??= require("./${textsFileName}"))[id]; }
export function examplesOf(id) { return (examples ??= require("./${examplesFileName}"))[id]; }`,
  }));
  build.onResolve(
    { filter: /^\.\/(?:ruleTexts\.js|examples\.json)$/, namespace: "rule-texts" },
    ({ path }) => ({
      path,
      external: true,
    }),
  );
}

const isRule = /[/\\]rules[/\\](?:dockerfile|compose|comments|configuration|daemon|project|commands)[/\\]/;

/** The examples of a rule file are two lists of the definition, as the formatter lays them out. */
const lists = /^ {2}(bad|good): \[(?:\n[\s\S]*?\n {2}\],|[^\n]*\],)$/gm;

function stripExamples(source: string, path: string, leftOut: boolean): string {
  const found = [...source.matchAll(lists)].map((match) => match[1]).join(" ");
  if (found !== "bad good") throw new Error(`${path}: the examples are not where they are expected`);
  if (leftOut) return source.replace(lists, "  $1: [],");
  const id = JSON.stringify(basename(path, ".ts"));
  return source.replace(lists, (_, name) => `  get ${name}() { return examplesOf(${id}).${name}; },`);
}

/** The long texts as the formatter lays them out. */
const texts =
  /^ {2}(why): `(?:[^`\\]|\\[\s\S])*`,$|^ {2}(references): \[(?:\n[\s\S]*?\n {2}\],|[^\n]*\],)$/gm;

function stripTexts(source: string, path: string): string {
  const found = [...source.matchAll(texts)].map(([, why, references]) => why ?? references).join(" ");
  if (found !== "why references") throw new Error(`${path}: the texts are not where they are expected`);
  const id = JSON.stringify(basename(path, ".ts"));
  const getters = source.replace(texts, (_, why, references) => {
    const name = why ?? references;
    return `  get ${name}() { return textsOf(${id}).${name}; },`;
  });
  return `import { textsOf, examplesOf } from "rule-texts";\n${getters}`;
}

/** Where the bundle looks for its rules' texts and examples: beside itself. */
const textsFileName = "ruleTexts.js";
const examplesFileName = "examples.json";

/** Writes the two files beside the bundles that ask for them. */
export function writeRuleFiles(rules: readonly Rule[], folder: string): void {
  writeFileSync(join(folder, textsFileName), textsFile(rules));
  writeFileSync(join(folder, examplesFileName), examplesFile(rules));
}

/** What stands around a file that is loaded by `require` or as a script, so that its names are its own in both cases. */
export const partStart = "(function(){";
export const partEnd = "})();";

/** The file of the texts that only pages show: by rule id. */
function textsFile(rules: readonly Rule[]): string {
  const texts = Object.fromEntries(rules.map(({ id, why, references }) => [id, { why, references }]));
  return `${partStart}module.exports=JSON.parse(${JSON.stringify(JSON.stringify(texts))});${partEnd}`;
}

/**
 * The file of examples: by rule id. Some hold tokens that are assembled when the rules are loaded, so that no scanner
 * finds one in the sources; in the file, characters that all forms of tokens have are escaped for the same reason.
 */
function examplesFile(rules: readonly Rule[]): string {
  const examples: Record<string, { bad: readonly BadExample[]; good: readonly GoodExample[] }> = {};
  for (const { id, bad, good } of rules) examples[id] = { bad, good };
  return JSON.stringify(examples).replace(
    /[_@.A-]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
