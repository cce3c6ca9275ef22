import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { plainEnvironment } from "./client";
import type { OpenedText } from "./measureServers";
import type { Peer, PeerKind } from "./peers";
import { makeTree, type TreeSize } from "./tree";

/** What a tool took for the files of its kinds in a tree. */
export interface PeerOnTree {
  readonly name: string;
  readonly kinds: readonly PeerKind[];
  /** Milliseconds; `undefined` where it was not done in time. */
  readonly time: number | undefined;
}

/** Each tool once over the same tree, one after the other. */
export async function measurePeersOnTree(
  tools: readonly Peer[],
  texts: ReadonlyMap<PeerKind, readonly OpenedText[]>,
  size: TreeSize,
  /** Milliseconds after which a tool is stopped. */
  limit: number,
): Promise<readonly PeerOnTree[]> {
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-peers-"));
  try {
    const all = [...texts.values()].flat();
    const files = makeTree(folder, all, size);
    const results: PeerOnTree[] = [];
    for (const tool of tools) {
      const own = new Set(tool.kinds.flatMap((kind) => texts.get(kind) ?? []));
      const named = files.filter((_file, at) => own.has(all[at % all.length]!));
      const { name, kinds } = tool;
      results.push({ name, kinds, time: await timeOf(tool, folder, named, limit) });
    }
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timeOf(
  tool: Peer,
  folder: string,
  files: readonly string[],
  limit: number,
): Promise<number | undefined> {
  const before = performance.now();
  for (const [program, ...args] of tool.runs(folder, files)) {
    // In a group of its own, since some start others.
    const child = spawn(program, args, {
      cwd: folder,
      stdio: ["ignore", "pipe", "ignore"],
      env: plainEnvironment(),
      detached: true,
    });
    let said = 0;
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.length;
    });
    let stopped = false;
    const timer = setTimeout(
      () => {
        stopped = true;
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      },
      limit - (performance.now() - before),
    );
    const [code, signal] = (await once(child, "close")) as [number | null, string | null];
    clearTimeout(timer);
    if (stopped) return undefined;
    if (code === null || said === 0)
      throw new Error(`${tool.name} ended with ${signal ?? code}, and said nothing`);
  }
  return performance.now() - before;
}
