import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type AnyNode, type Node, type Program, parse } from "acorn";
import { transformSync } from "esbuild";
import { templatesOf } from "./templates";

/** The English texts of one source file. */
export interface SourceTexts {
  readonly path: string;
  /** The messages of a rule. */
  readonly messages: readonly string[];
  /** All other sentences and phrases: titles of fixes, related places, what is put into messages. */
  readonly phrases: readonly string[];
}

/** The texts of every TypeScript file of a folder, or of one file. */
export function textsOf(path: string): readonly SourceTexts[] {
  return filesOf(path).map((file) => textsOfFile(file));
}

function filesOf(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => {
      const inner = join(path, name);
      if (statSync(inner).isDirectory()) return filesOf(inner);
      return name.endsWith(".ts") ? [inner] : [];
    });
}

/** Parts of a rule that stay English, or that are read from the rule itself. */
const notRead: ReadonlySet<string> = new Set(
  "why references bad good aliases id category severity profiles since options description".split(" "),
);

function textsOfFile(path: string): SourceTexts {
  const { code } = transformSync(readFileSync(path, "utf8"), { loader: "ts", format: "esm" });
  const program = parse(code, { ecmaVersion: "latest", sourceType: "module" });
  const constants = constantsOf(program);
  const messages: string[] = [];
  const phrases: string[] = [];
  const visit = (node: AnyNode, isRule: boolean): void => {
    switch (node.type) {
      case "ImportDeclaration":
      case "ExportAllDeclaration":
        return;
      case "Property": {
        const name = node.key.type === "Identifier" ? node.key.name : undefined;
        if (isRule && name === "messages") {
          messages.push(...messagesOf(node.value, constants));
          return;
        }
        if (isRule && name !== undefined && (notRead.has(name) || name === "title")) return;
        visit(node.value, false);
        return;
      }
      case "CallExpression": {
        // A list of words that is written as one text.
        if (node.callee.type === "MemberExpression" && node.callee.object.type === "Literal") return;
        if (node.callee.type === "Identifier" && node.callee.name === "words") return;
        const isDefinition = node.callee.type === "Identifier" && node.callee.name === "defineRule";
        for (const argument of node.arguments) visitChildren(argument, isDefinition);
        if (!isDefinition) visit(node.callee, false);
        return;
      }
      case "NewExpression":
        if (node.callee.type === "Identifier" && /Error$|^RegExp$/.test(node.callee.name)) return;
        break;
      case "Literal":
      case "TemplateLiteral":
        for (const text of templatesOf(node, constants)) if (isPhrase(text)) phrases.push(text);
        if (node.type === "TemplateLiteral") for (const inner of node.expressions) visit(inner, false);
        return;
    }
    eachChild(node, (child) => visit(child, isRule));
  };
  const visitChildren = (node: AnyNode, isRule: boolean): void => {
    if (isRule && node.type === "ObjectExpression") {
      for (const property of node.properties) visit(property, true);
    } else visit(node, false);
  };
  visit(program, false);
  return { path, messages: distinct(messages), phrases: distinct(phrases) };
}

function messagesOf(value: Node, constants: ReadonlyMap<string, string>): readonly string[] {
  const found: string[] = [];
  const visit = (node: AnyNode): void => {
    if (node.type === "ArrowFunctionExpression" && node.body.type !== "BlockStatement")
      found.push(...templatesOf(node.body, constants).filter(hasWords));
    else eachChild(node, visit);
  };
  visit(value as AnyNode);
  return found;
}

/** The texts that the file's own constants hold, by name. */
function constantsOf({ body }: Program): ReadonlyMap<string, string> {
  const constants = new Map<string, string>();
  for (const statement of body) {
    if (statement.type !== "VariableDeclaration") continue;
    for (const { id, init } of statement.declarations)
      if (id.type === "Identifier" && init?.type === "Literal" && typeof init.value === "string")
        constants.set(id.name, init.value);
  }
  return constants;
}

/** Calls `visit` with each node right below another. */
export function eachChild(node: AnyNode, visit: (child: AnyNode) => void): void {
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value])
      if (typeof child === "object" && child !== null && "type" in child) visit(child as AnyNode);
  }
}

/**
 * Whether a text is English for a person: a sentence, or some words of which one is no name, number, command or key.
 * What is missed or taken by mistake is told apart by `exceptions.ts`.
 */
function isPhrase(text: string): boolean {
  if (/[\n\\<>^|=]|:\/\/|\/\*|\$\{|^(?:RUN|COPY) .* -/.test(text)) return false;
  const words = text.replace(/\{\w+\}/g, "").trim();
  if (!/[a-z]{2}/.test(words) || !/[a-z"'}\d,;:] [a-z("{\d`]|^[A-Z][a-z]/i.test(text)) return false;
  if (!/ /.test(text)) return false;
  if (/^[A-Z]/.test(words))
    return words.split(/[\s/-]+/).some((word) => /^[a-z]/.test(word)) || text.includes("{");
  return functionWords.test(text);
}

/** Words that bind others together: a list of commands or of keys has none of them. */
const functionWords =
  /(?:^|[ (])(?:a|an|the|of|to|in|on|its|it|is|are|was|for|by|with|without|not|no|nor|and|or|from|that|has|have|every|only|other|others'?|more|what|which|whether|could|cannot|after|as|at|than|there|this|beside|below|all|long|gave|did|may|can|runs|found|known)(?:$|[ ,.;:)])/;

function hasWords(text: string): boolean {
  return /[a-z]{2}/.test(text.replace(/\{\w+\}/g, ""));
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
