import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { mountBuilder, mustRunInBuilder } from "./chroot";
import { builderRoot, imagesHash, seedFile, suite, systemRoot, workshopFolder } from "./folders";
import { busyboxOptions, offeredPackages, testImages } from "./images";
import { type Registry, startRegistry } from "./registry";
import { serveFiles } from "./webServer";

/** Where the server for builds listens: an address of the loopback device that nothing else uses as a rule. */
export const serverAddress = "127.0.77.1";

/** The names of that server; the last one has a certificate that nobody vouches for. */
export const serverNames: readonly string[] = ["packages", "downloads", "git", "selfsigned"].map(
  (name) => `${name}.example.org`,
);

/** What this machine lacks, in words; nothing where the workshop can be opened. */
export function lacking(): readonly string[] {
  const missing: string[] = [];
  if (process.platform !== "linux") missing.push("Linux");
  if (process.getuid?.() !== 0) missing.push("root rights, for chroot and mount");
  if (!onPath("debootstrap") && !existsSync("/usr/bin/apt-get"))
    missing.push("debootstrap, or apt-get to install it");
  for (const program of ["chroot", "mount", "unshare"]) if (!onPath(program)) missing.push(program);
  return missing;
}

/**
 * Makes the tools and test images unless they are there, and starts the servers that builds need. This process must
 * have a private mount namespace.
 *
 * @returns the registry, which ends with this process
 */
export async function openWorkshop(): Promise<Registry> {
  const seeded = path.join(workshopFolder, "seeded");
  const built = path.join(workshopFolder, `built-${imagesHash()}`);
  const isSeeded = existsSync(seeded);
  if (!isSeeded) {
    const home = path.dirname(workshopFolder);
    for (const name of existsSync(home) ? readdirSync(home) : [])
      if (!name.startsWith("debian-")) rmSync(path.join(home, name), { recursive: true, force: true });
    if (!existsSync(`${systemRoot}.log`)) installSystem();
    mkdirSync(workshopFolder, { recursive: true });
    copyTree(systemRoot, builderRoot);
  }
  mountBuilder();
  if (!isSeeded) {
    await seed();
    writeFileSync(seeded, "");
  }
  configureStorage();
  await forgetCases();
  await serveFiles(serverAddress, path.join(builderRoot, "seed"));
  const registry = await startRegistry();
  if (!existsSync(built)) {
    await buildImages(registry);
    writeFileSync(built, "");
  }
  return registry;
}

function installSystem(): void {
  if (!onPath("debootstrap")) {
    console.log("installing debootstrap with apt-get");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    execFileSync("apt-get", ["update", "-qq"], { env, stdio: ["ignore", "ignore", "inherit"] });
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "debootstrap"], {
      env,
      stdio: ["ignore", "ignore", "inherit"],
    });
  }
  console.log(`installing a minimal Debian (${suite}) into ${path.relative(process.cwd(), systemRoot)}`);
  rmSync(systemRoot, { recursive: true, force: true });
  mkdirSync(path.dirname(systemRoot), { recursive: true });
  try {
    const output = execFileSync("debootstrap", ["--variant=minbase", suite, systemRoot, ...mirror()], {
      encoding: "utf8",
      maxBuffer: 1 << 26,
    });
    writeFileSync(`${systemRoot}.log`, output);
  } catch (error) {
    const output = error instanceof Error && "stdout" in error ? String(error.stdout) : "";
    throw new Error(`debootstrap failed:\n${output.split("\n").slice(-5).join("\n")}`);
  }
}

/** Copies owners, devices and times too, as only `cp` does. */
function copyTree(from: string, to: string): void {
  execFileSync("cp", ["-a", from, to], { stdio: ["ignore", "ignore", "inherit"] });
}

/** The mirror that this machine's own apt asks; debootstrap's own where it is no Debian. */
function mirror(): readonly string[] {
  const isDebian = /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
  if (!isDebian || !existsSync("/usr/bin/apt-get")) return [];
  const targets = execFileSync(
    "apt-get",
    ["indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)", "Created-By: Packages"],
    { encoding: "utf8" },
  );
  const main = targets
    .split("\n")
    .map((line) => line.split(" "))
    .find(
      ([address, release, component]) =>
        component === "main" && /\/debian\/?$/.test(address ?? "") && !/[-/]/.test(release ?? ""),
    );
  return main?.[0] === undefined ? [] : [main[0]];
}

async function seed(): Promise<void> {
  console.log("making the packages, files and certificates that builds fetch");
  mkdirSync(path.join(builderRoot, "seed"), { recursive: true });
  cpSync(seedFile("seed.sh"), path.join(builderRoot, "seed/seed.sh"));
  await mustRunInBuilder(["sh", "/seed/seed.sh"], {
    seconds: 900,
    extra: {
      PACKAGES: offeredPackages.join(" "),
      APPLETS: busyboxOptions.join(" "),
      ...proxySettings(),
    },
  });
}

function proxySettings(): Readonly<Record<string, string>> {
  const names = ["http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Layers are mounted where the kernel can do that, and copied where it cannot, which takes longer. */
function configureStorage(): void {
  const hasOverlay = /\boverlay$/m.test(readFileSync("/proc/filesystems", "utf8"));
  mkdirSync(path.join(builderRoot, "etc/containers"), { recursive: true });
  writeFileSync(
    path.join(builderRoot, "etc/containers/storage.conf"),
    `[storage]\ndriver = "${hasOverlay ? "overlay" : "vfs"}"\ngraphroot = "/var/lib/test-containers"\nrunroot = "/var/tmp/test-containers"\n`,
  );
  writeFileSync(
    path.join(builderRoot, "etc/containers/policy.json"),
    '{"default":[{"type":"insecureAcceptAnything"}]}\n',
  );
  rmSync(path.join(builderRoot, "var/tmp/test-containers"), { recursive: true, force: true });
}

/** Removes what an earlier run has built, but not what it has pulled. */
async function forgetCases(): Promise<void> {
  await mustRunInBuilder(["buildah", "rm", "--all"]);
  const list = ["buildah", "images", "--quiet", "--filter", "reference=localhost/*"];
  const images = [...new Set((await mustRunInBuilder(list)).split("\n").filter(Boolean))];
  if (images.length > 0) await mustRunInBuilder(["buildah", "rmi", "--force", ...images]);
}

async function buildImages(registry: Registry): Promise<void> {
  const context = path.join(builderRoot, "images");
  rmSync(context, { recursive: true, force: true });
  mkdirSync(context, { recursive: true });
  copyTree(systemRoot, path.join(context, "system"));
  for (const name of ["etc", "ca-certificates"])
    cpSync(path.join(builderRoot, "seed", name), path.join(context, name), { recursive: true });
  cpSync(path.join(builderRoot, "seed/busybox.static"), path.join(context, "busybox"));
  cpSync(process.execPath, path.join(context, "node"));
  cpSync(npmFolder(), path.join(context, "npm"), { recursive: true, dereference: true });
  for (const { recipe, names } of testImages) {
    console.log(`building the test image ${names[0]}`);
    const file = `/images/${recipe}.Dockerfile`;
    cpSync(seedFile(`bases/${recipe}.Dockerfile`), path.join(builderRoot, file));
    const own = `docker.io/${pathOf(names[0] ?? recipe)}`;
    await mustRunInBuilder(["buildah", "build", ...buildOptions, "--file", file, "--tag", own, "/images"]);
    for (const name of names) {
      const target = `docker://${registry.address}/${pathOf(name)}`;
      await mustRunInBuilder(["buildah", "push", "--tls-verify=false", own, target]);
    }
  }
  rmSync(context, { recursive: true, force: true });
  // From now on they come from the registry.
  await mustRunInBuilder(["buildah", "rmi", "--all", "--force"]);
}

/** Official images live below `library/`. */
function pathOf(name: string): string {
  return name.includes("/") ? name : `library/${name}`;
}

/** How a command runs in a container: without an engine. */
export const runOptions: readonly string[] = ["--isolation=chroot", "--network=host"];

/** How a container is made: no name is known but those of the loopback server. */
export const containerOptions: readonly string[] = [
  ...runOptions,
  ...serverNames.map((name) => `--add-host=${name}:${serverAddress}`),
  // It must not ask for more than this process may give.
  "--ulimit=nofile=1024:1024",
  "--ulimit=nproc=4096:4096",
];

/** How every image is built. */
export const buildOptions: readonly string[] = [...containerOptions, "--format=docker", "--layers=false"];

/** The npm that belongs to the Node.js that runs this. */
function npmFolder(): string {
  const candidates = [
    path.join(path.dirname(process.execPath), "../lib/node_modules/npm"),
    "/usr/share/nodejs/npm",
  ];
  const found = candidates.find((folder) => existsSync(folder));
  if (found === undefined) throw new Error("npm was not found beside Node.js");
  return found;
}

function onPath(program: string): boolean {
  const folders = [...(process.env.PATH ?? "").split(":"), "/usr/sbin", "/sbin"];
  return folders.some((folder) => folder !== "" && existsSync(path.join(folder, program)));
}
