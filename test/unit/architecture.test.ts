import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";
import test from "node:test";

const root = join(__dirname, "../..");

/** Bounds, which every part of the server may import: they import nothing themselves. */
const bounds = ["server/src/limits.ts", "server/src/ruleLimits.ts", "server/src/shown.ts"];

/** What each layer may import of the others, itself and the bounds always included. The first matching row counts. */
const layers: readonly { readonly path: string; readonly may: readonly string[] }[] = [
  { path: "server/src/text/", may: [] },
  { path: "server/src/documents/", may: ["server/src/text/"] },
  { path: "server/src/engine/", may: ["server/src/text/", "server/src/documents/"] },
  { path: "server/src/knowledge/", may: ["server/src/text/", "server/src/documents/"] },
  {
    path: "server/src/rules/",
    may: ["server/src/text/", "server/src/documents/", "server/src/engine/", "server/src/knowledge/"],
  },
  {
    path: "server/src/completion/",
    may: [
      ...["server/src/text/", "server/src/documents/", "server/src/engine/"],
      ...["server/src/knowledge/", "server/src/rules/shared/"],
    ],
  },
  { path: "server/src/docs/", may: ["server/src/text/", "server/src/documents/", "server/src/engine/"] },
  {
    path: "server/src/platform/",
    may: ["server/src/text/", "server/src/lsp/protocol.ts"],
  },
  {
    path: "server/src/registry/",
    may: [
      ...["server/src/text/", "server/src/documents/", "server/src/engine/"],
      ...["server/src/platform/ports.ts", "server/src/rules/shared/imageUses.ts"],
      ...["server/src/rules/shared/composeImageUses.ts", "server/src/rules/shared/namedImages.ts"],
    ],
  },
  {
    path: "server/src/scanners/",
    may: [
      ...["server/src/documents/", "server/src/engine/"],
      ...["server/src/platform/ports.ts", "server/src/registry/json.ts", "server/src/registry/unknown.ts"],
      "server/src/registry/client.ts",
    ],
  },
  {
    path: "server/src/audit/",
    may: [
      ...["server/src/text/", "server/src/documents/", "server/src/engine/"],
      ...["server/src/platform/ports.ts", "server/src/rules/index.ts"],
      "server/src/knowledge/secretFileNames.ts",
    ],
  },
  {
    path: "server/src/report/",
    may: [
      "server/src/text/",
      "server/src/documents/",
      "server/src/engine/",
      "server/src/audit/",
      "server/src/docs/",
    ],
  },
  {
    path: "server/src/mcp/",
    may: [
      ...["server/src/text/", "server/src/documents/", "server/src/engine/"],
      ...["server/src/audit/", "server/src/docs/"],
      ...["server/src/platform/ports.ts", "server/src/platform/withText.ts"],
    ],
  },
  {
    path: "server/src/exports/",
    may: ["server/src/text/", "server/src/documents/", "server/src/engine/"],
  },
  { path: "server/src/lsp/protocol", may: [] },
  { path: "server/src/", may: ["server/src/"] },
  { path: "client/src/", may: ["server/src/lsp/protocol.ts"] },
];

/** Packages and built-in modules that only these places may import. */
const packages: readonly { readonly name: RegExp; readonly only: readonly string[] }[] = [
  { name: /^vscode$|^vscode-languageclient/, only: ["client/src/"] },
  {
    name: /^vscode-languageserver/,
    only: ["server/src/lsp/", "server/src/main.ts", "server/src/main.web.ts"],
  },
  { name: /^vscode-uri$/, only: ["server/src/lsp/", "server/src/platform/", "client/src/"] },
  {
    name: /^node:|^(fs|path|child_process|http|https|net|os|crypto)$/,
    only: [
      "server/src/platform/node",
      "server/src/cli.ts",
      "server/src/cli/",
      "server/src/main.ts",
      "client/src/extension.ts",
    ],
  },
  { name: /^@modelcontextprotocol\//, only: ["server/src/mcp/serve.ts"] },
  { name: /^unbash$/, only: ["server/src/documents/shell/parse.ts"] },
  { name: /^js-yaml$/, only: ["server/src/documents/yaml/events.ts"] },
  { name: /^yaml$/, only: ["server/src/documents/yaml/tolerant.ts"] },
  { name: /^ignore$/, only: ["server/src/audit/"] },
  { name: /^jsonc-parser(?:\/|$)/, only: ["server/src/documents/daemon/parse.ts"] },
  { name: /^smol-toml$/, only: ["server/src/cli/init/"] },
  { name: /^dockerfile-ast$/, only: [] },
];

const maxRuleLines = 150;
const maxFileLines = 400;

interface SourceFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly text: string;
}

const sources = ["server/src", "client/src", "scripts", "test"].flatMap(filesBelow);

test("layers import only what they may", () => {
  const wrong: string[] = [];
  for (const { path, text } of sources) {
    const layer = layers.find((candidate) => path.startsWith(candidate.path));
    if (layer === undefined) continue;
    for (const name of importsOf(text)) {
      if (!name.startsWith(".")) continue;
      const target = resolved(path, name);
      const everywhere = path.startsWith("server/") ? [layer.path, ...bounds] : [layer.path];
      if (![...everywhere, ...layer.may].some((allowed) => target.startsWith(allowed)))
        wrong.push(`${path} -> ${target}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("the engine never imports the rules", () => {
  const wrong = sources
    .filter(({ path }) => path.startsWith("server/src/engine/"))
    .flatMap(({ path, text }) =>
      importsOf(text)
        .filter((name) => name.includes("rules/"))
        .map((name) => `${path} -> ${name}`),
    );
  assert.deepEqual(wrong, []);
});

test("packages are imported only where they belong", () => {
  const wrong: string[] = [];
  for (const { path, text } of sources) {
    if (!path.startsWith("server/src/") && !path.startsWith("client/src/")) continue;
    for (const name of importsOf(text)) {
      const restriction = packages.find((candidate) => candidate.name.test(name));
      if (restriction !== undefined && !restriction.only.some((place) => path.startsWith(place)))
        wrong.push(`${path} -> ${name}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("nothing but the platform reaches for the network or a clock", () => {
  const wrong = sources
    .filter(({ path }) =>
      /^server\/src\/(text|documents|engine|rules|knowledge|completion|docs|report|registry|scanners|exports)\//.test(
        path,
      ),
    )
    .filter(({ text }) =>
      /\bfetch\(|\bnew Date\(\)|\bDate\.now\(|\bXMLHttpRequest\b|\bWebSocket\b/.test(text),
    )
    .map(({ path }) => path);
  assert.deepEqual(wrong, []);
});

/** Numbers that are no choice of ours: what a format, a system or another program fixes. */
const fixedElsewhere: Readonly<Record<string, readonly string[]>> = {
  "server/src/audit/gitIndex.ts": ["longestNamed"],
  "server/src/documents/dockerfile/longLines.ts": ["longestLine", "mostBytesPerUnit"],
  "server/src/documents/dockerfile/scan.ts": ["longestInstructionStart"],
  "server/src/documents/dockerfile/stages.ts": ["longestPath"],
  "server/src/documents/imageReference.ts": ["longestReference", "longestPath", "longestTag"],
  "server/src/rules/commands/swarm-settings.ts": ["longestLife"],
  "server/src/rules/dockerfile/long-or-unsorted-run.ts": ["longestPrefix"],
  "server/src/rules/shared/layerPaths.ts": ["longestPath"],
  "server/src/rules/shared/runLayout.ts": ["longestIndent"],
};

test("bounds stand together", () => {
  const found = new Map<string, string[]>();
  const homes = [...bounds, "client/src/limits.ts"];
  for (const { path, text } of sources) {
    if (!/^(server|client)\/src\//.test(path) || homes.includes(path)) continue;
    const names = [
      ...text.matchAll(/^(?:export )?const ((?:max|most|longest|deepest|largest)[A-Z]\w*) = [\d(]/gm),
    ];
    if (names.length > 0)
      found.set(
        path,
        names.map(([, name = ""]) => name),
      );
  }
  assert.deepEqual(Object.fromEntries([...found].sort()), fixedElsewhere);
});

test("files stay small", () => {
  const written = sources.filter(({ path }) => path !== "server/src/rules/index.ts");
  const wrong = written.flatMap(({ path, text }) => {
    const lines = text.split("\n").length - 1;
    const most = isRule(path) ? maxRuleLines + exampleLines(text) : maxFileLines;
    return lines > most ? [`${path}: ${lines} lines, at most ${most}`] : [];
  });
  assert.deepEqual(wrong, []);
});

test("a rule's id is its file name", () => {
  const wrong = sources.filter(({ path, text }) => {
    if (!isRule(path)) return false;
    const id = path.slice(path.lastIndexOf("/") + 1, -3);
    return !text.includes(`id: "${id}"`);
  });
  assert.deepEqual(
    wrong.map(({ path }) => path),
    [],
  );
});

function isRule(path: string): boolean {
  return /^server\/src\/rules\/(dockerfile|compose|daemon|commands|comments|configuration)\//.test(path);
}

/** Examples and explanations are documentation: only the code counts towards a rule's size. */
function exampleLines(text: string): number {
  const examples = /\n {2}bad: \[[\s\S]*?\n {2}good: \[[\s\S]*?\n {2}\],\n/.exec(text)?.[0] ?? "";
  const why = /\n {2}why: `[\s\S]*?`,\n/.exec(text)?.[0] ?? "";
  return examples.split("\n").length + why.split("\n").length;
}

function filesBelow(folder: string): readonly SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => ({
      path: `${folder}/${name.split(sep).join("/")}`,
      text: readFileSync(join(root, folder, name), "utf8"),
    }));
}

function importsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?:\bfrom|\bimport|\brequire\()\s*\(?["']([^"'\n]+)["']/g)].map(
    (match) => match[1]!,
  );
}

function resolved(path: string, name: string): string {
  const target = relative(root, normalize(join(root, dirname(path), name)))
    .split(sep)
    .join("/");
  return target.endsWith(".json") ? target : `${target}.ts`;
}
