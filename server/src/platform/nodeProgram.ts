import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { setFlagsFromString } from "node:v8";

/** A name for a program in one file and what runs it: another build, or another Node, has another one. */
export function nameOfProgram(file: string): string {
  const hash = createHash("sha256").update(readFileSync(file)).digest("hex");
  return `${hash} ${process.version}`;
}

/** Where this system's programs keep what they can make again, with a folder of our own. */
export function cacheFolder(): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = process.env;
  if (process.platform === "win32")
    return path.join(local || path.join(homedir(), "AppData", "Local"), "Plimsoll", "Cache");
  if (xdg) return path.join(xdg, "plimsoll");
  if (process.platform === "darwin") return path.join(homedir(), "Library", "Caches", "Plimsoll");
  return path.join(homedir(), ".cache", "plimsoll");
}

/**
 * How much the heap may grow between two collections, in percent of what was alive after the last one. Left to itself, V8
 * lets it grow fourfold where a machine has memory enough, and a run over ten thousand files takes a third more of it; the
 * collections that this adds are some hundredth parts of such a run.
 */
const heapGrowth = 60;

/** Keeps the memory of a long run near to what it needs. To be called before there is much of it. */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${heapGrowth}`);
}
