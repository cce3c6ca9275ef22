// Run before the README's commands: installs the exact packages of package-lock.json where they are missing or old.
// With --programs, as the gate runs it, also what tests of real registries need, where it may.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

if (Number(process.versions.node.split(".")[0]) < 20) {
  console.error(`Plimsoll needs Node 20 or newer; this is ${process.version}.`);
  process.exit(2);
}

/** npm leaves a copy of what it installed: equal versions there and in our lock file mean that nothing is to be done. */
function isInstalled() {
  const installed = join(root, "node_modules/.package-lock.json");
  if (!existsSync(installed)) return false;
  const have = JSON.parse(readFileSync(installed, "utf8")).packages;
  const want = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  return Object.entries(want).every(
    ([path, entry]) => path === "" || entry.optional === true || have[path]?.version === entry.version,
  );
}

if (!isInstalled()) {
  console.log("Installing packages (npm ci) …");
  const result = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (result.status !== 0) process.exit(result.status ?? 1);
}

if (process.argv.includes("--programs")) (await import("./programs.mjs")).installPrograms(root);
