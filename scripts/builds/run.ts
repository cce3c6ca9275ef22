/**
 * Builds the Dockerfiles of `test/builds/cases` before and after `plimsoll fix`, and compares the images.
 *
 *   tsx scripts/builds/run.ts [--write] [case]...
 *
 * `--write` writes the results to docs/builds.md. Needs Linux and root; what else it needs it installs into the ignored
 * folder `.cache/builds/`.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { readCases } from "./cases";
import { projectRoot } from "./folders";
import { reportOf } from "./report";
import { type Result, runCase } from "./runCase";
import { lacking, openWorkshop } from "./workshop";

/** Says that this process is the one with a mount namespace of its own. */
const insideFlag = "--inside";

async function main(args: readonly string[]): Promise<number> {
  const missing = lacking();
  if (missing.length > 0) {
    console.error(`Dockerfiles cannot be built on this machine. It lacks: ${missing.join("; ")}.`);
    return 2;
  }
  if (!args.includes(insideFlag)) return runInside(args);
  const names = args.filter((arg) => !arg.startsWith("--"));
  const cases = readCases().filter(({ name }) => names.length === 0 || names.includes(name));
  if (cases.length === 0 || (names.length > 0 && cases.length < names.length))
    throw new Error(`no such case: ${names.join(", ")}`);
  const start = Date.now();
  await openWorkshop();
  const opened = Date.now();
  const results: Result[] = [];
  for (const testCase of cases) {
    const result = await runCase(testCase);
    results.push(result);
    console.log(`${result.faults.length === 0 ? "ok  " : "FAIL"} ${testCase.name}`);
    for (const fault of result.faults) console.log(fault.replace(/^/gm, "       "));
  }
  console.log(`\nworkshop ${seconds(opened - start)}, builds ${seconds(Date.now() - opened)}`);
  if (args.includes("--write")) {
    writeFileSync(path.join(projectRoot, "docs/builds.md"), reportOf(results));
    console.log("wrote docs/builds.md");
  }
  const failed = results.filter(({ faults }) => faults.length > 0).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** Starts this script again with a mount namespace of its own: whatever it mounts goes away with it. */
function runInside(args: readonly string[]): number {
  const command = [process.execPath, "--import", "tsx", import.meta.filename, insideFlag, ...args];
  const { status } = spawnSync("unshare", ["--mount", "--propagation", "private", "--", ...command], {
    cwd: projectRoot,
    stdio: "inherit",
  });
  return status ?? 1;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  },
);
