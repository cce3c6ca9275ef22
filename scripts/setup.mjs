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

/** What tests of real registries run, and the packages of Debian that bring it. */
const systemPrograms = [
  ["docker-registry", "docker-registry"],
  ["skopeo", "skopeo"],
  ["umoci", "umoci"],
  ["htpasswd", "apache2-utils"],
  ["openssl", "openssl"],
];

/** Installs those that are missing, on a machine that is there for tests; elsewhere the tests say what they lack. */
function installPrograms() {
  const has = (program) => spawnSync("which", [program], { stdio: "ignore" }).status === 0;
  const missing = systemPrograms.filter(([program]) => !has(program));
  if (missing.length === 0) return;
  const names = missing.map(([program]) => program).join(", ");
  if (process.getuid?.() !== 0 || !has("apt-get")) {
    console.log(`Not installed, so tests of real registries are skipped: ${names}`);
    return;
  }
  console.log(`Installing for tests of real registries: ${names} …`);
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args) => spawnSync("apt-get", ["-qq", ...args], { stdio: "inherit", env: environment });
  const packages = missing.map(([, name]) => name);
  apt("update");
  const installed = apt("install", "--yes", "--no-install-recommends", ...packages);
  if (installed.status !== 0) console.log("They could not be installed: tests of real registries are skipped.");
}

if (process.argv.includes("--programs")) installPrograms();
