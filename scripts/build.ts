/**
 * Bundles the client, the server and the command line. Nothing is resolved from node_modules at run time.
 *
 *   tsx scripts/build.ts [--production] [--watch]
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build, context } from "esbuild";
import { buildOptions, bundles, root } from "./bundles";
import { shippedFiles } from "./l10n/languages";
import { noticesFile, thirdPartyNotices } from "./notices";
import { writeRuleFiles } from "./rulesForServer";

const commandLine = "server/out/cli.js";

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
    if (bundle.outfile === commandLine) chmodSync(file, 0o755);
    // One other character, in a pattern for example, and V8 holds the whole file at twice its size.
    if (production && bundle.outfile.startsWith("server/") && /[^\0-\x7f]/.test(readFileSync(file, "latin1")))
      throw new Error(`${bundle.outfile} holds characters beyond ASCII`);
    console.log(`${bundle.outfile}: ${(statSync(file).size / 1024).toFixed(0)} KiB`);
  }
  await writeTexts();
  writeLanguages();
  if (production) writeFileSync(path.join(root, noticesFile), await thirdPartyNotices());
}

/** Writes what the servers' bundles leave out of the rules. */
async function writeTexts(): Promise<void> {
  const { rules } = await import("../server/src/rules/index");
  writeRuleFiles(rules, path.join(root, "server/out"));
}

/** Writes the texts of every language to where the editor and the servers look for them. */
function writeLanguages(): void {
  for (const [file, text] of shippedFiles(root)) {
    const target = path.join(root, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
