import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** Every connection that the process began and every name that it looked up, without those told twice. */
  readonly sockets: readonly string[];
}

const folder = mkdtempSync(join(tmpdir(), "plimsoll-cli-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

function bundle(entry: string, name: string): string {
  const outfile = join(folder, name);
  buildSync({
    absWorkingDir: join(__dirname, "../.."),
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    supported: { "dynamic-import": false },
    define: { __VERSION__: '"9.8.7"' },
    logLevel: "error",
  });
  return outfile;
}

let cli: string | undefined;
let spy: string | undefined;

/** The path of a module that watches sockets, for `--require`; it writes into the file that PLIMSOLL_SOCKETS names. */
export function socketSpy(): string {
  spy ??= bundle("test/support/socketSpy.ts", "socketSpy.js");
  return spy;
}

let runs = 0;

/**
 * Runs the command line as users get it, as a user without a login, a cache or a proxy, and with its sockets watched.
 * @param input what it reads from standard input
 */
export function plimsoll(
  cwd: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  input?: string,
): Promise<Ended> {
  cli ??= bundle("server/src/cli.ts", "cli.js");
  const script = cli;
  const sockets = join(folder, `sockets-${++runs}`);
  const home = join(folder, `home-${runs}`);
  return new Promise((resolve, reject) => {
    const env = {
      PATH: process.env.PATH,
      HOME: home,
      USERPROFILE: home,
      XDG_CACHE_HOME: join(home, "cache"),
      LOCALAPPDATA: join(home, "cache"),
      PLIMSOLL_SOCKETS: sockets,
      ...environment,
    };
    const child = spawn(process.execPath, ["--require", socketSpy(), script, ...args], { cwd, env });
    let out = "";
    let err = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err, sockets: socketsIn(sockets) }));
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

/** What {@link socketSpy} has written into a file. */
export function socketsIn(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  return [...new Set(readFileSync(file, "utf8").split("\n").filter(Boolean))];
}
