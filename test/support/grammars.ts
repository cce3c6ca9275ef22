import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createOnigScanner, createOnigString, loadWASM } from "vscode-oniguruma";
import { type IGrammar, INITIAL, type IRawGrammar, parseRawGrammar, Registry } from "vscode-textmate";

const root = join(__dirname, "../..");

/** Where VS Code's own extensions lie, in the newest server that the tests have installed; undefined without one. */
export function builtInExtensions(): string | undefined {
  const installed = join(root, ".vscode-test");
  const names = existsSync(installed) ? readdirSync(installed).sort().reverse() : [];
  return names
    .map((name) => join(installed, name, "node_modules/code-server/lib/vscode/extensions"))
    .find((folder) => existsSync(join(folder, "docker")));
}

/** A token: its text and its scopes, the outermost first, without that of the language. */
export interface Token {
  readonly text: string;
  readonly scopes: readonly string[];
}

interface GrammarContribution {
  readonly scopeName: string;
  readonly path: string;
  readonly injectTo?: readonly string[];
}

/**
 * Reads texts as VS Code colours them.
 * @param extensions the folder of VS Code's own extensions
 * @param injected whether with our grammars
 */
export async function tokenizer(
  extensions: string,
  injected: boolean,
): Promise<(scopeName: string, text: string) => Promise<readonly (readonly Token[])[]>> {
  loaded ??= loadWASM(readFileSync(join(root, "node_modules/vscode-oniguruma/release/onig.wasm")));
  await loaded;
  const paths = new Map<string, string>();
  for (const name of ["docker", "yaml", "shellscript", "python", "json"]) {
    for (const grammar of contributed(join(extensions, name)))
      paths.set(grammar.scopeName, join(extensions, name, grammar.path));
  }
  const own = injected ? contributed(root) : [];
  for (const grammar of own) paths.set(grammar.scopeName, join(root, grammar.path));
  const registry = new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: async (scopeName): Promise<IRawGrammar | null> => {
      const path = paths.get(scopeName);
      return path === undefined ? null : parseRawGrammar(readFileSync(path, "utf8"), path);
    },
    getInjections: (scopeName) =>
      own.filter(({ injectTo }) => injectTo?.includes(scopeName)).map((grammar) => grammar.scopeName),
  });
  return async (scopeName, text) => {
    const grammar: IGrammar | null = await registry.loadGrammar(scopeName);
    if (grammar === null) throw new Error(`${scopeName} is not among VS Code's grammars`);
    let state = INITIAL;
    return text.split(/\r?\n/).map((line) => {
      const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
      state = ruleStack;
      return tokens
        .filter(({ startIndex }) => startIndex < line.length)
        .map(({ startIndex, endIndex, scopes }) => ({
          text: line.slice(startIndex, endIndex),
          scopes: scopes.slice(1),
        }));
    });
  };
}

let loaded: Promise<void> | undefined;

function contributed(extension: string): readonly GrammarContribution[] {
  const manifest = JSON.parse(readFileSync(join(extension, "package.json"), "utf8"));
  return manifest.contributes.grammars;
}
