import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { builderRoot } from "./folders";

/** What a command has come to. */
export interface Outcome {
  readonly status: number;
  /** Standard output alone. */
  readonly output: string;
  /** Standard output and standard error as they came. */
  readonly log: string;
}

/** The variables of everything that runs inside the builder's root. */
export const builderEnvironment: Readonly<Record<string, string>> = {
  HOME: "/root",
  LANG: "C.UTF-8",
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  TMPDIR: "/var/tmp",
};

const maxLogLength = 4_000_000;

/**
 * Makes the builder's root a mount point with its own `/proc`, `/sys` and `/dev`. This process must have a private
 * mount namespace: then all of it goes away with the process.
 */
export function mountBuilder(): void {
  copyFileSync("/etc/resolv.conf", path.join(builderRoot, "etc/resolv.conf"));
  writeFileSync(path.join(builderRoot, "etc/hosts"), "127.0.0.1 localhost\n");
  mount("--bind", builderRoot, builderRoot);
  for (const [type, folder] of [
    ["proc", "proc"],
    ["sysfs", "sys"],
  ] as const) {
    mkdirSync(path.join(builderRoot, folder), { recursive: true });
    mount("-t", type, type, path.join(builderRoot, folder));
  }
  mount("--rbind", "/dev", path.join(builderRoot, "dev"));
}

function mount(...args: readonly string[]): void {
  execFileSync("mount", args, { stdio: ["ignore", "ignore", "inherit"] });
}

/**
 * Runs a command inside the builder's root.
 *
 * @param command the program and its arguments: no shell reads them
 * @param seconds after which it is ended
 */
export function runInBuilder(
  command: readonly string[],
  { seconds = 300, extra = {} }: { seconds?: number; extra?: Readonly<Record<string, string>> } = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn("chroot", [builderRoot, ...command], {
      env: { ...builderEnvironment, ...extra },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: seconds * 1000,
      killSignal: "SIGKILL",
    });
    let output = "";
    let log = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output = (output + text).slice(-maxLogLength);
      log = (log + text).slice(-maxLogLength);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      log = (log + text).slice(-maxLogLength);
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      resolve({ status: code ?? 1, output, log: signal === null ? log : `${log}\nended by ${signal}` });
    });
  });
}

/** As {@link runInBuilder}, for a command that must succeed: returns its standard output. */
export async function mustRunInBuilder(
  command: readonly string[],
  options: Parameters<typeof runInBuilder>[1] = {},
): Promise<string> {
  const { status, output, log } = await runInBuilder(command, options);
  if (status !== 0)
    throw new Error(`${command.join(" ")} ended with ${status}:\n${log.split("\n").slice(-30).join("\n")}`);
  return output;
}
