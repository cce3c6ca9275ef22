/**
 * Shows what Plimsoll does: checks the deliberately unsafe application in `examples/`, prints what it finds and
 * writes the report that a browser shows.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";

const root = path.join(import.meta.dirname, "..");
const cli = path.join(root, "server/out/cli.js");
const report = path.join(root, "reports/examples.html");

function main(): void {
  // Always, so that what is shown is what the sources say.
  run(["--import", "tsx", "scripts/build.ts"], [0]);
  mkdirSync(path.dirname(report), { recursive: true });
  // The examples are full of findings, so 1 is what is expected.
  run([cli, "check", "examples"], [0, 1]);
  run([cli, "check", "examples", "--format", "html", "--output", report], [0, 1]);
  console.log(`
The report for a browser:   ${path.relative(process.cwd(), report)}
In VS Code, from sources:   code --extensionDevelopmentPath="${root}" "${path.join(root, "examples")}"
In VS Code, as packaged:    npm run package, then code --install-extension plimsoll.vsix
`);
}

function run(args: readonly string[], expected: readonly number[]): void {
  const { status, error } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (error !== undefined) throw error;
  if (status === null || !expected.includes(status))
    throw new Error(`${args.join(" ")} ended with ${status}`);
}

main();
