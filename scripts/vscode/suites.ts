/** Bundles the suites that run inside VS Code, one for each kind of extension host. */
import { cpSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { projectRoot } from "./install";
import { temporaryFolder } from "./temporaryFolder";

const outputFolder = ".vscode-test/suites";

/** The bundled suites, relative to the project. */
export const suites = {
  node: `${outputFolder}/node.js`,
  many: `${outputFolder}/many.js`,
  web: `${outputFolder}/web.js`,
} as const;

export async function buildSuites(): Promise<void> {
  await build({
    absWorkingDir: projectRoot,
    entryPoints: ["test/vscode/node.ts", "test/vscode/many.ts"],
    outdir: outputFolder,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: ["vscode", "mocha"],
    logLevel: "warning",
  });
  await build({
    absWorkingDir: projectRoot,
    entryPoints: ["test/vscode/web.ts"],
    outfile: suites.web,
    bundle: true,
    platform: "browser",
    target: "es2022",
    format: "iife",
    globalName: "suite",
    // Mocha's browser bundle assigns module.exports for itself; the suite's exports have to win.
    footer: { js: "module.exports = suite;" },
    define: { global: "globalThis" },
    external: ["vscode"],
    logLevel: "warning",
  });
}

/**
 * Runs something on a copy of the fixture workspace, since suites edit files.
 *
 * @param use gets the absolute path of the copy, which is removed afterwards
 */
export async function withWorkspace<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const parent = temporaryFolder("plimsoll-workspace-");
  try {
    const folder = path.join(parent.path, "workspace");
    cpSync(path.join(projectRoot, "test/vscode/workspace"), folder, { recursive: true });
    return await use(folder);
  } finally {
    parent.remove();
  }
}
