import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { buildOptions, bundles, root } from "../../scripts/bundles";
import { writeRuleFiles } from "../../scripts/rulesForServer";
import { rules } from "../../server/src/rules/index";

let installed: Promise<string> | undefined;

/**
 * The command line as npm installs it, built once: only what `files` of the manifest names lies beside it, so that a part
 * that is not shipped is missed by tests, not by users.
 * @returns the path of its program
 */
export function installedCommandLine(): Promise<string> {
  installed ??= install();
  return installed;
}

async function install(): Promise<string> {
  const made = mkdtempSync(join(tmpdir(), "plimsoll-made-"));
  const target = mkdtempSync(join(tmpdir(), "plimsoll-installed-"));
  process.once("exit", () => rmSync(target, { recursive: true, force: true }));
  try {
    for (const bundle of bundles)
      if (bundle.outfile.startsWith("server/")) await build(buildOptions(bundle, true, made));
    writeRuleFiles(rules, join(made, "server/out"));
    const { files } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { files: string[] };
    // Translations are the editor's, and made by the build of the extension.
    for (const file of files.filter((name) => name.startsWith("server/") && name !== "server/out/l10n")) {
      mkdirSync(dirname(join(target, file)), { recursive: true });
      cpSync(join(made, file), join(target, file), { recursive: true });
    }
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  return join(target, "server/out/cli.js");
}
