import { readFileSync } from "node:fs";
import path from "node:path";
import type { BuildOptions, Plugin } from "esbuild";
import * as library from "vscode-languageserver/node";
import { partEnd, partStart, rulesForCommandLine, rulesForServer } from "./rulesForServer";

export const root = path.join(import.meta.dirname, "..");

/** One file that is built. */
export interface Bundle {
  readonly entry: string;
  readonly outfile: string;
  readonly options: BuildOptions;
}

// Without dynamic imports of its own, a file that is loaded later comes by `require`, as everything else does.
const nodeOptions: BuildOptions = {
  platform: "node",
  target: "node20",
  format: "cjs",
  supported: { "dynamic-import": false },
};

// The web worker hosts give no `global`; the protocol libraries ask for it.
const webOptions: BuildOptions = {
  platform: "browser",
  target: "es2022",
  mainFields: ["browser", "module", "main"],
};

/**
 * What the desktop's server and the one in a web worker both load later, so that it is shipped once: by `require` the one,
 * as a script the other (`platform/workerParts.ts`). Of scripts, all top-level names would be the worker's.
 */
const partOptions: BuildOptions = {
  ...webOptions,
  format: "cjs",
  supported: nodeOptions.supported!,
  banner: { js: partStart },
  footer: { js: partEnd },
};

/**
 * Leaves what the server loads after its greeting in a file of its own: a file costs its start even for what it does
 * not run, since all of it is read and parsed.
 */
const featuresApart = apart("./features");

/** The same for the reports, which only an audit makes. */
const reportsApart = apart("./reports");

/** The same for the command line: the protocol of agents is read only when it is spoken. */
const agentsApart: Plugin = {
  name: "apart: agents",
  setup(build) {
    build.onResolve({ filter: /\/mcp\/serve$/ }, () => ({ path: "./mcp.js", external: true }));
  },
};

/** The same for what asks registries, which most users never do. */
const registryApart = apart("./platform/nodeRegistry");

/** The same for what runs scanners. */
const programsApart = apart("./platform/nodePrograms");

/** The same for what verifies certificates of Sigstore, which a policy or the command line seldom names. */
const sigstoreApart = apart("./platform/nodeSigstore");

/** The same for the language server, which the command line has in the same file as the editor. */
const serverApart: Plugin = {
  name: "apart: server",
  setup(build) {
    build.onResolve({ filter: /^\.\/main$/ }, () => ({ path: "./server.js", external: true }));
  },
};

/** The same for the client: the library takes most of its start. */
const desktopApart = apart("./desktop");

function apart(module: string): Plugin {
  return {
    name: `apart: ${module}`,
    setup(build) {
      build.onResolve({ filter: /^\.\// }, ({ path }) =>
        path === module ? { path: `${module}.js`, external: true } : undefined,
      );
    },
  };
}

/**
 * Takes the protocol's library from the server's file, so that there is one copy of its classes. Its names are written
 * out: for a module whose names are not known, every file that imports it would get a copy of all of them.
 */
const libraryOfServer: Plugin = {
  name: "library-of-server",
  setup(build) {
    build.onResolve({ filter: /^vscode-languageserver$/ }, ({ path }) => ({ path, namespace: "library" }));
    build.onLoad({ filter: /.*/, namespace: "library" }, () => ({
      contents: `export const { ${Object.keys(library).join(", ")} } = require("./server.js").library;`,
    }));
    build.onResolve({ filter: /^\.\/server\.js$/, namespace: "library" }, ({ path }) => ({
      path,
      external: true,
    }));
  },
};

/** Everything that the extension and the command line consist of. */
export const bundles: readonly Bundle[] = [
  {
    entry: "client/src/extension.ts",
    outfile: "client/out/extension.js",
    options: { ...nodeOptions, external: ["vscode"], plugins: [desktopApart] },
  },
  {
    entry: "client/src/desktop.ts",
    outfile: "client/out/desktop.js",
    options: { ...nodeOptions, external: ["vscode"] },
  },
  {
    entry: "client/src/extension.web.ts",
    outfile: "client/out/extension.web.js",
    options: { ...webOptions, format: "cjs", external: ["vscode"] },
  },
  {
    entry: "server/src/main.ts",
    outfile: "server/out/server.js",
    options: { ...nodeOptions, plugins: [featuresApart, registryApart, programsApart, sigstoreApart] },
  },
  {
    entry: "server/src/platform/nodeRegistry.ts",
    outfile: "server/out/platform/nodeRegistry.js",
    options: nodeOptions,
  },
  {
    entry: "server/src/platform/nodePrograms.ts",
    outfile: "server/out/platform/nodePrograms.js",
    options: nodeOptions,
  },
  {
    entry: "server/src/platform/nodeSigstore.ts",
    outfile: "server/out/platform/nodeSigstore.js",
    options: nodeOptions,
  },
  {
    entry: "server/src/lsp/features.ts",
    outfile: "server/out/features.js",
    options: {
      ...partOptions,
      plugins: [libraryOfServer, reportsApart, rulesForServer],
    },
  },
  {
    entry: "server/src/lsp/reports.ts",
    outfile: "server/out/reports.js",
    options: partOptions,
  },
  {
    entry: "server/src/main.web.ts",
    outfile: "server/out/server.web.js",
    options: { ...webOptions, format: "iife", supported: nodeOptions.supported!, plugins: [featuresApart] },
  },
  {
    entry: "server/src/cli.ts",
    outfile: "server/out/cli.js",
    options: {
      ...nodeOptions,
      banner: { js: "#!/usr/bin/env node" },
      plugins: [
        ...[agentsApart, sigstoreApart, registryApart, programsApart, serverApart],
        rulesForCommandLine,
      ],
    },
  },
  {
    entry: "server/src/mcp/serve.ts",
    outfile: "server/out/mcp.js",
    options: nodeOptions,
  },
];

/**
 * How a file is built.
 * @param folder where it goes, in place of the project's root
 */
export function buildOptions(bundle: Bundle, production: boolean, folder = root): BuildOptions {
  return {
    ...bundle.options,
    absWorkingDir: root,
    entryPoints: [bundle.entry],
    outfile: path.join(folder, bundle.outfile),
    bundle: true,
    minify: production,
    sourcemap: production ? false : "linked",
    legalComments: "none",
    logLevel: "warning",
    define: {
      __VERSION__: JSON.stringify(version()),
      ...(bundle.options.platform === "browser" ? { global: "globalThis" } : {}),
    },
  };
}

/** The version of the extension and the command line, which share one manifest. */
function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  if (
    typeof manifest === "object" &&
    manifest !== null &&
    "version" in manifest &&
    typeof manifest.version === "string"
  ) {
    return manifest.version;
  }
  throw new Error("package.json has no version");
}
