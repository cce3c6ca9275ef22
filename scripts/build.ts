/**
 * Bundles the client, the server and the command line. Nothing is resolved from node_modules at run time.
 *
 *   tsx scripts/build.ts [--production] [--watch]
 */
import { chmodSync, existsSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { type BuildOptions, build, context } from "esbuild";

const root = path.join(import.meta.dirname, "..");

interface Bundle {
  readonly entry: string;
  readonly outfile: string;
  readonly options: BuildOptions;
}

const nodeOptions: BuildOptions = { platform: "node", target: "node20", format: "cjs" };

// The web worker hosts give no `global`; the protocol libraries ask for it.
const webOptions: BuildOptions = {
  platform: "browser",
  target: "es2022",
  mainFields: ["browser", "module", "main"],
};

const bundles: readonly Bundle[] = [
  {
    entry: "client/src/extension.ts",
    outfile: "client/out/extension.js",
    options: { ...nodeOptions, external: ["vscode"] },
  },
  {
    entry: "client/src/extension.web.ts",
    outfile: "client/out/extension.web.js",
    options: { ...webOptions, format: "cjs", external: ["vscode"] },
  },
  { entry: "server/src/main.ts", outfile: "server/out/server.js", options: nodeOptions },
  {
    entry: "server/src/main.web.ts",
    outfile: "server/out/server.web.js",
    options: { ...webOptions, format: "iife" },
  },
  {
    entry: "server/src/cli.ts",
    outfile: "server/out/cli.js",
    options: { ...nodeOptions, banner: { js: "#!/usr/bin/env node" } },
  },
];

async function main(args: readonly string[]): Promise<void> {
  const unknown = args.find((arg) => arg !== "--production" && arg !== "--watch");
  if (unknown !== undefined) throw new Error(`unknown option ${unknown}`);
  const production = args.includes("--production");
  const watch = args.includes("--watch");

  // A bundle of an earlier build must not survive the removal of its entry.
  for (const folder of new Set(bundles.map((bundle) => path.dirname(bundle.outfile)))) {
    rmSync(path.join(root, folder), { recursive: true, force: true });
  }
  for (const bundle of bundles) {
    if (!existsSync(path.join(root, bundle.entry))) {
      console.log(`skipped ${bundle.outfile}: ${bundle.entry} does not exist`);
      continue;
    }
    const options = buildOptions(bundle, production);
    if (watch) {
      await (await context(options)).watch();
      continue;
    }
    await build(options);
    const file = path.join(root, bundle.outfile);
    if (bundle.options.banner !== undefined) chmodSync(file, 0o755);
    console.log(`${bundle.outfile}: ${(statSync(file).size / 1024).toFixed(0)} KiB`);
  }
}

function buildOptions(bundle: Bundle, production: boolean): BuildOptions {
  return {
    ...bundle.options,
    absWorkingDir: root,
    entryPoints: [bundle.entry],
    outfile: bundle.outfile,
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

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
