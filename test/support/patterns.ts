import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { type Node, SyntaxKind } from "typescript/unstable/ast";
import {
  isArrowFunction,
  isFunctionDeclaration,
  isFunctionExpression,
  isMethodDeclaration,
  isNewExpression,
  isRegularExpressionLiteral,
} from "typescript/unstable/ast/is";
import { API } from "typescript/unstable/sync";

const root = join(__dirname, "../..");

/** A regular expression, and where it was first seen. */
export interface Pattern {
  readonly source: string;
  readonly flags: string;
  /** A path relative to the root, with `/`, and a line; `made at run time` for one put together from pieces. */
  readonly place: string;
}

/**
 * Every regular expression of the product: the literals, from the syntax trees of all sources, those of the schema of
 * Compose files, and those that are put together when a module is loaded, by loading all modules of the server that need neither an editor nor a connection.
 */
export async function allPatterns(): Promise<readonly Pattern[]> {
  const { literals } = readSources();
  const all = new Map<string, Pattern>();
  for (const pattern of [...literals, ...schemaPatterns(), ...(await patternsMade())]) {
    const key = `/${pattern.source}/${pattern.flags}`;
    if (!all.has(key)) all.set(key, pattern);
  }
  return [...all.values()];
}

/** Where functions call `new RegExp`, as `path: argument`: when they run cannot be told from here. */
export function constructionsInFunctions(): readonly string[] {
  return readSources().constructed;
}

interface Read {
  readonly literals: readonly Pattern[];
  readonly constructed: readonly string[];
}

let read: Read | undefined;

function readSources(): Read {
  if (read !== undefined) return read;
  const literals: Pattern[] = [];
  const constructed: string[] = [];
  const api = new API({ cwd: root });
  try {
    const [project] = api.updateSnapshot({ openProject: join(root, "tsconfig.json") }).getProjects();
    if (project === undefined) throw new Error("the compiler knows no project");
    for (const name of project.program.getSourceFileNames()) {
      const path = relative(root, name).split(sep).join("/");
      if (!/^(?:server|client)\/src\//.test(path)) continue;
      const file = project.program.getSourceFile(name);
      if (file === undefined) throw new Error(`${path} could not be read`);
      const visit = (node: Node, inFunction: boolean): void => {
        if (isRegularExpressionLiteral(node)) {
          const line = file.text.slice(0, node.end).split("\n").length;
          literals.push({ ...partsOf(node.text), place: `${path}:${line}` });
        }
        if (inFunction && isNewExpression(node) && nameOf(node.expression) === "RegExp") {
          const [first] = node.arguments ?? [];
          constructed.push(`${path}: ${first === undefined ? "" : first.getText(file)}`);
        }
        const within = inFunction || isFunction(node);
        node.forEachChild((child) => visit(child, within));
      };
      file.forEachChild((child) => visit(child, false));
    }
  } finally {
    api.close();
  }
  read = { literals, constructed };
  return read;
}

function isFunction(node: Node): boolean {
  return (
    isFunctionDeclaration(node) ||
    isArrowFunction(node) ||
    isMethodDeclaration(node) ||
    isFunctionExpression(node)
  );
}

function nameOf(node: Node): string | undefined {
  return node.kind === SyntaxKind.Identifier ? (node as Node & { readonly text: string }).text : undefined;
}

function partsOf(literal: string): { readonly source: string; readonly flags: string } {
  const end = literal.lastIndexOf("/");
  return { source: literal.slice(1, end), flags: literal.slice(end + 1) };
}

const composeSchema = "server/src/knowledge/composeSchema.json";

/** The values of `pattern` and the names in `patternProperties`, at any depth. */
function schemaPatterns(): readonly Pattern[] {
  const found: Pattern[] = [];
  const add = (source: string): void => void found.push({ source, flags: "", place: composeSchema });
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === "pattern" && typeof inner === "string") add(inner);
      if (key === "patternProperties") Object.keys(inner as object).forEach(add);
      visit(inner);
    }
  };
  visit(JSON.parse(readFileSync(join(root, composeSchema), "utf8")));
  return found;
}

/** Loads every module that can be loaded by itself, and notes what it gives to `RegExp`. */
async function patternsMade(): Promise<readonly Pattern[]> {
  const made: Pattern[] = [];
  const ours = join(root, "server/src");
  const original = globalThis.RegExp;
  globalThis.RegExp = new Proxy(original, {
    construct(target, parameters: [string | RegExp, string?]) {
      const pattern = new target(...parameters);
      // Libraries make patterns of their own while they are loaded.
      const [, , caller = ""] = (new Error().stack ?? "").split("\n");
      if (caller.includes(ours))
        made.push({ source: pattern.source, flags: pattern.flags, place: "made at run time" });
      return pattern;
    },
  });
  try {
    for (const folder of [
      "text",
      "documents",
      "engine",
      "knowledge",
      "rules",
      "completion",
      "audit",
      "report",
      "registry",
    ]) {
      for (const name of readdirSync(join(root, "server/src", folder), { recursive: true, encoding: "utf8" }))
        if (name.endsWith(".ts")) await import(join(root, "server/src", folder, name));
    }
  } finally {
    globalThis.RegExp = original;
  }
  return made;
}
