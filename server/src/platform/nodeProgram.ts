import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

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
