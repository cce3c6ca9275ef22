import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { plainEnvironment } from "./client";
import type { ByName, OpenedText, Rounds } from "./measureServers";
import type { Peer, PeerKind } from "./peers";
import { interleaved } from "./statistics";

/** The milliseconds that each tool takes for all files of each kind, in whole processes that take turns. */
export async function measurePeers(
  tools: readonly Peer[],
  texts: ReadonlyMap<PeerKind, readonly OpenedText[]>,
  rounds: Rounds,
): Promise<ReadonlyMap<string, ByName>> {
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-peers-"));
  try {
    const results = new Map<string, ByName>();
    for (const [kind, documents] of texts) {
      const root = join(folder, kind.split(" ")[0]!.toLowerCase());
      const files = documents.map(({ fileName, text }, at) => {
        const file = join(root, `f${at}`, fileName);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
        return file;
      });
      const own = tools.filter(({ kinds }) => kinds.includes(kind));
      const times = await interleaved(own, rounds.measured, rounds.warmUp, (tool) =>
        timeOf(tool, root, files),
      );
      results.set(`${files.length} ${kind}`, new Map([...times].map(([{ name }, time]) => [name, time])));
    }
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timeOf(tool: Peer, folder: string, files: readonly string[]): Promise<number> {
  const before = performance.now();
  for (const [program, ...args] of tool.runs(folder, files)) {
    const child = spawn(program, args, {
      cwd: folder,
      stdio: ["ignore", "pipe", "ignore"],
      env: plainEnvironment(),
    });
    let said = 0;
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.length;
    });
    const [code, signal] = (await once(child, "close")) as [number | null, string | null];
    // Their exit codes say how much they have found. Who says nothing at all has not done the work.
    if (code === null || said === 0)
      throw new Error(`${tool.name} ended with ${signal ?? code}, and said nothing`);
  }
  return performance.now() - before;
}
