// Installs what tests of real registries run, where this machine lacks it: as root by apt-get, else by unpacking Debian's packages
// into .cache/programs, which changes nothing else on the machine.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The programs, and the packages of Debian that bring each. */
const systemPrograms = [
  ["docker-registry", "docker-registry"],
  ["skopeo", "skopeo"],
  ["umoci", "umoci"],
  ["htpasswd", "apache2-utils"],
  ["openssl", "openssl"],
];

/** Libraries that those need and that a small Debian lacks, by the names of Debian 12, and what later ones call otherwise. */
const libraries = {
  bookworm: [
    ...["libapr1", "libaprutil1", "libexpat1", "libuuid1"],
    ...["libgpgme11", "libassuan0", "libdevmapper1.02.1"],
  ],
  later: ["libapr1t64", "libaprutil1t64", "libgpgme11t64", "libassuan9", "libsubid5"],
};

const has = (program) => spawnSync("which", [program], { stdio: "ignore" }).status === 0;

/**
 * Installs those that are missing; where that cannot be done the tests say what they lack.
 * @param root the folder of the project
 */
export function installPrograms(root) {
  const own = join(root, ".cache/programs");
  const isThere = (program) => has(program) || existsSync(join(own, "bin", program));
  const missing = systemPrograms.filter(([program]) => !isThere(program));
  if (missing.length === 0) return;
  console.log(`Installing for tests of real registries: ${missing.map(([program]) => program).join(", ")} …`);
  if (!has("apt-get")) return console.log("There is no apt-get here: tests of real registries are skipped.");
  if (process.getuid?.() === 0) installAsRoot(missing.map(([, name]) => name));
  const left = systemPrograms.filter(([program]) => !isThere(program));
  if (left.length > 0) unpack(own, left);
  const lacking = systemPrograms.filter(([program]) => !isThere(program)).map(([program]) => program);
  if (lacking.length > 0)
    console.log(`Not to be had, so that tests of real registries are skipped: ${lacking.join(", ")}`);
}

function installAsRoot(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args) => spawnSync("apt-get", ["-qq", ...args], { stdio: "inherit", env });
  apt("update");
  apt("install", "--yes", "--no-install-recommends", ...packages);
}

/** Unpacks packages into a folder, with lists and caches of its own, and writes programs that find their libraries there. */
function unpack(own, wanted) {
  const files = join(own, "root");
  const downloads = join(own, "packages");
  for (const folder of [files, downloads, join(own, "bin"), join(own, "lists/partial"), join(own, "archives/partial")])
    mkdirSync(folder, { recursive: true });
  const settings = [
    ...["-o", `Dir::State::lists=${join(own, "lists")}`, "-o", `Dir::Cache=${own}`],
    ...["-o", "Dir::Cache::archives=archives", "-o", "Debug::NoLocking=1", "-o", "APT::Sandbox::User="],
  ];
  const apt = (...args) =>
    spawnSync("apt-get", ["-qq", ...settings, ...args], { cwd: downloads, stdio: "ignore" }).status === 0;
  apt("update");
  const packages = wanted.map(([, name]) => name);
  // One name that this release does not know makes the whole command fail.
  if (!apt("download", ...packages, ...libraries.bookworm))
    for (const name of [...packages, ...libraries.bookworm, ...libraries.later]) apt("download", name);
  for (const file of readdirSync(downloads))
    if (file.endsWith(".deb")) spawnSync("dpkg-deb", ["-x", join(downloads, file), files], { stdio: "ignore" });
  const folders = ["usr/lib", "lib"].flatMap((name) => [name, ...triples(join(files, name)).map((one) => join(name, one))]);
  const path = folders.map((name) => join(files, name)).join(":");
  for (const [program] of wanted) {
    const file = join(own, "bin", program);
    writeFileSync(file, `#!/bin/sh\nLD_LIBRARY_PATH='${path}' exec '${join(files, "usr/bin", program)}' "$@"\n`);
    chmodSync(file, 0o755);
    // One that does not start, for want of a library or of itself, is as good as missing.
    if (!starts(file)) rmSync(file);
  }
}

function triples(folder) {
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.includes("-linux-")) : [];
}

/** Whether a program is there and finds its libraries: the shell and the loader end with 126 or 127 where it does not. */
function starts(file) {
  const { status } = spawnSync(file, ["--version"], { stdio: "ignore", timeout: 10_000 });
  return status !== null && status !== 126 && status !== 127;
}
