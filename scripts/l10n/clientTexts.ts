import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type AnyNode, parse } from "acorn";
import { transformSync } from "esbuild";
import type { Texts } from "./catalogue";
import { eachChild } from "./sources";

/** The texts that the client hands to `l10n.t`, each with the file that it is in. */
export function clientTexts(root: string): Texts {
  const folder = join(root, "client/src");
  const found = new Map<string, string>();
  for (const name of readdirSync(folder).sort()) {
    const { code } = transformSync(readFileSync(join(folder, name), "utf8"), { loader: "ts", format: "esm" });
    const visit = (node: AnyNode): void => {
      if (node.type === "CallExpression" && isTranslation(node.callee)) {
        const [first] = node.arguments;
        if (first?.type !== "Literal" || typeof first.value !== "string")
          throw new Error(`${name}: l10n.t takes a text that is written out`);
        if (!found.has(first.value)) found.set(first.value, name.slice(0, -".ts".length));
      }
      eachChild(node, visit);
    };
    visit(parse(code, { ecmaVersion: "latest", sourceType: "module" }));
  }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isTranslation(callee: AnyNode): boolean {
  if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return false;
  const { object, property } = callee;
  const owner = object.type === "MemberExpression" ? object.property : object;
  return property.name === "t" && owner.type === "Identifier" && owner.name === "l10n";
}
