import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

const root = join(__dirname, "../..");

/** The command line as users get it: one bundle, run by Node alone. Each test process has its own. */
export const commandLine = join(root, `.cache/test/cli-${process.pid}.js`);
process.once("exit", () => rmSync(commandLine, { force: true }));
buildSync({
  absWorkingDir: root,
  entryPoints: ["server/src/cli.ts"],
  outfile: commandLine,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  define: { __VERSION__: '"9.8.7"' },
  logLevel: "error",
});

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs it to its end.
 * @param environment beside that of the test
 */
export function plimsoll(
  cwd: string,
  args: readonly string[],
  input?: string | Uint8Array,
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [commandLine, ...args], {
      cwd,
      env: { ...process.env, NO_COLOR: "", ...environment },
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }),
    );
    // A process that ends without reading its input closes the pipe, which is its right.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}
