import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { plainEnvironment } from "./client";
import type { ByName, OpenedText, Rounds } from "./measureServers";
import { interleaved } from "./statistics";

/** One process to time: Node's arguments, and the exit codes with which it has done its work. */
interface Run {
  readonly name: string;
  readonly args: readonly string[];
  readonly exits: readonly number[];
}

/**
 * The milliseconds of whole processes: bare Node, and the command line checking one file and a folder of many.
 * @param commandLine the bundled command line
 */
export async function measureCommandLine(
  commandLine: string,
  one: OpenedText,
  many: readonly OpenedText[],
  rounds: Rounds,
): Promise<ByName> {
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-bench-"));
  try {
    const single = join(folder, "one", one.fileName);
    write(single, one.text);
    for (const [at, { fileName, text }] of many.entries()) {
      write(join(folder, "many", String(at), fileName), text);
    }
    const check = (name: string, path: string): Run => ({
      name,
      args: [commandLine, "check", "--format", "json", path],
      exits: [0, 1],
    });
    const runs: readonly Run[] = [
      { name: "node -e 0", args: ["-e", "0"], exits: [0] },
      { name: "plimsoll --version", args: [commandLine, "--version"], exits: [0] },
      check(`plimsoll check, one file of ${one.text.split("\n").length - 1} lines`, single),
      check(`plimsoll check, ${many.length} files`, join(folder, "many")),
    ];
    const times = await interleaved(runs, rounds.measured, rounds.warmUp, timeOf);
    return new Map([...times].map(([run, time]) => [run.name, time]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timeOf({ name, args, exits }: Run): Promise<number> {
  const before = performance.now();
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "ignore", "inherit"],
    env: plainEnvironment(),
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code === null || !exits.includes(code)) throw new Error(`${name} ended with ${code}`);
  return performance.now() - before;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
