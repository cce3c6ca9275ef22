/**
 * Builds for production, packs `plimsoll.vsix`, and writes `plimsoll.cdx.json`, which says what is in it.
 *
 * The manifest's `files` says what the npm package of the command line holds, and vsce would take it for the
 * extension's. So the extension is packed from a folder of its own, into which only what it ships is copied.
 */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { billOfMaterials } from "./billOfMaterials";

const root = path.join(import.meta.dirname, "..");
const staging = path.join(root, ".cache/vsix");
const vsix = path.join(root, "plimsoll.vsix");
const bom = path.join(root, "plimsoll.cdx.json");
const maxBytes = 1.5 * 1024 * 1024;

/** Files and folders without which the extension would not work, or not be accepted. */
const required = [
  "README.md",
  "LICENSE",
  "THIRD-PARTY-NOTICES.txt",
  "client/out/extension.js",
  "client/out/desktop.js",
  "client/out/extension.web.js",
  "server/out/server.js",
  "server/out/features.js",
  "server/out/platform/nodePrograms.js",
  "server/out/platform/nodeRegistry.js",
  "server/out/reports.js",
  "server/out/server.web.js",
  "server/out/examples.json",
  "server/out/ruleTexts.js",
  "server/out/l10n",
  "package.nls.json",
  "media/activity.svg",
  "media/icon.png",
  "media/walkthrough",
  "schemas/plimsoll.schema.json",
  "schemas/daemon.schema.json",
  "snippets",
  "syntaxes",
];

/** What is shipped where it exists. */
const optional = ["CHANGELOG.md", "client/out/l10n"];

/** Parts of the manifest that mean nothing to an installed extension. */
const developmentKeys: ReadonlySet<string> = new Set(["bin", "devDependencies", "files", "scripts"]);

async function main(): Promise<void> {
  run("tsx", ["scripts/build.ts", "--production"], root);
  const missing = required.filter((file) => !existsSync(path.join(root, file)));
  if (missing.length > 0) throw new Error(`the package lacks ${missing.join(", ")}`);

  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  const languages = readdirSync(root).filter((name) => /^package\.nls\.[a-z-]+\.json$/.test(name));
  for (const file of [...required, ...optional, ...languages]) {
    if (existsSync(path.join(root, file)))
      cpSync(path.join(root, file), path.join(staging, file), { recursive: true });
  }
  const manifest = Object.entries(readManifest()).filter(([key]) => !developmentKeys.has(key));
  // With this, vsce takes the folder as it is.
  const shipped = { ...Object.fromEntries(manifest), files: ["**"] };
  writeFileSync(path.join(staging, "package.json"), JSON.stringify(shipped));

  run("vsce", ["package", "--no-dependencies", "-o", vsix], staging);
  const { size } = statSync(vsix);
  console.log(`${path.basename(vsix)}: ${(size / 1024).toFixed(0)} KiB`);
  if (size > maxBytes) throw new Error(`the package is larger than ${maxBytes} bytes`);
  writeFileSync(bom, await billOfMaterials(readFileSync(vsix)));
  console.log(`${path.basename(bom)}: what it is made of`);
}

function readManifest(): object {
  const manifest: unknown = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  if (typeof manifest !== "object" || manifest === null) throw new Error("package.json is no object");
  return manifest;
}

/** Runs a program of the project's own dependencies. */
function run(program: string, args: readonly string[], cwd: string): void {
  execFileSync(path.join(root, "node_modules/.bin", program), args, { cwd, stdio: "inherit" });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
