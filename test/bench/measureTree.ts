import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { plainEnvironment } from "./client";
import type { OpenedText } from "./measureServers";
import { type Distribution, distributionOf } from "./statistics";
import { makeTree, type TreeSize } from "./tree";

/** The bundles that are run. */
export interface TreePrograms {
  readonly commandLine: string;
  /** Finds and reads the same files, no more. */
  readonly bareRead: string;
  readonly peakMemory: string;
}

export interface TreeRow {
  readonly name: string;
  /** Milliseconds of the whole process. */
  readonly time: Distribution;
  /** Milliseconds of all processors together: what a busy machine changes less. */
  readonly processor: Distribution;
  /** Bytes. */
  readonly memory: number;
}

/** Milliseconds after which no further round is begun: on a slow machine a few say what there is to say. */
const timeLimit = 600_000;

/** Whole processes over a tree with many files, taking turns: find and read, check to SARIF, with a cold and a warm cache. */
export async function measureTree(
  { commandLine, bareRead, peakMemory }: TreePrograms,
  texts: readonly OpenedText[],
  size: TreeSize,
  rounds: number,
): Promise<readonly TreeRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-tree-"));
  try {
    const tree = join(folder, "tree");
    mkdirSync(tree);
    makeTree(tree, texts, size);
    const cache = join(folder, "cache");
    const check = [commandLine, "check", "--format", "sarif", "--output", join(folder, "out.sarif")];
    const cached = [...check, "--cache-location", cache];
    const runs: readonly { readonly name: string; readonly args: readonly string[]; before?(): void }[] = [
      { name: "find and read, nothing else", args: [bareRead, tree] },
      { name: "check to SARIF", args: check },
      {
        name: "check to SARIF, cache cold",
        args: cached,
        before: () => rmSync(cache, { recursive: true, force: true }),
      },
      { name: "check to SARIF, cache warm", args: cached },
    ];
    const measured = runs.map(({ name }) => ({
      name,
      times: [] as number[],
      processor: [] as number[],
      memory: 0,
    }));
    const begun = performance.now();
    for (let round = 0; round <= rounds; round++) {
      if (round > 1 && performance.now() - begun > timeLimit) break;
      for (const [at, run] of runs.entries()) {
        run.before?.();
        const { time, processor, memory } = await runOnce(["--require", peakMemory, ...run.args], tree);
        // The first round brings the tree into the system's memory.
        if (round > 0) {
          measured[at]!.times.push(time);
          measured[at]!.processor.push(processor);
        }
        measured[at]!.memory = Math.max(measured[at]!.memory, memory);
      }
    }
    return measured.map(({ name, times, processor, memory }) => ({
      name,
      time: distributionOf(times),
      processor: distributionOf(processor),
      memory,
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runOnce(
  args: readonly string[],
  cwd: string,
): Promise<{ readonly time: number; readonly processor: number; readonly memory: number }> {
  const before = performance.now();
  const child = spawn(process.execPath, args, {
    cwd,
    stdio: ["ignore", "ignore", "inherit", "pipe"],
    env: plainEnvironment(),
  });
  let told = "";
  child.stdio[3]?.on("data", (chunk: Buffer) => {
    told += chunk.toString();
  });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0 && code !== 1) throw new Error(`${args.join(" ")} ended with ${code}`);
  const [kilobytes = 0, processor = 0] = told.split(" ").map(Number);
  return { time: performance.now() - before, processor, memory: kilobytes * 1024 };
}
