import { spawn } from "node:child_process";
import { join } from "node:path";
import { buildSync } from "esbuild";

const root = join(__dirname, "../..");

/**
 * Bundles the command line as users get it: one file, run by Node alone.
 * @param name of the bundle: tests run at the same time, and each needs its own
 */
export function bundleCommandLine(name: string): string {
  const outfile = join(root, `node_modules/.cache/plimsoll-test/${name}.js`);
  buildSync({
    absWorkingDir: root,
    entryPoints: ["server/src/cli.ts"],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    define: { __VERSION__: '"9.8.7"' },
    logLevel: "error",
  });
  return outfile;
}

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a bundled command line in a folder. */
export function runCommandLine(cli: string, cwd: string, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], { cwd, env: { ...process.env, NO_COLOR: "" } });
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk: Buffer) => (out += String(chunk)));
    child.stderr.on("data", (chunk: Buffer) => (err += String(chunk)));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
    child.stdin.end();
  });
}
