import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { nodeClock } from "./node";
import { cacheFolder } from "./nodeProgram";
import { diskCache } from "./nodeRegistry";
import type { Programs, ScannerPorts, TextCache } from "./ports";

/** What running a scanner needs of this machine. Nothing is looked for or made before the first one is wanted. */
export function nodeScannerPorts(): ScannerPorts {
  return {
    programs: nodePrograms,
    cache: textCache(path.join(cacheFolder(), "scans")),
    clock: nodeClock,
  };
}

export const nodePrograms: Programs = {
  find: async (name, avoid) => {
    const folders = (process.env.PATH ?? "")
      .split(path.delimiter)
      .filter((folder) => path.isAbsolute(folder));
    for (const folder of folders) {
      const found = await executable(path.join(folder, process.platform === "win32" ? `${name}.exe` : name));
      // A repository may hold a program of that name, and its folders may be on the path.
      if (found !== undefined && !avoid.some((other) => isBelow(found, other))) return found;
    }
    return undefined;
  },
  at: async (file, avoid) => {
    const found = path.isAbsolute(file) ? await executable(file) : undefined;
    return found === undefined || avoid.some((other) => isBelow(found, other)) ? undefined : found;
  },
  run: (file, args, { timeout, maxBytes, signal }) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(new Error("it was cancelled"));
        return;
      }
      const child = spawn(file, args, {
        // Not the workspace's: some programs read a configuration from the folder that they are started in.
        cwd: homedir(),
        shell: false,
        windowsHide: true,
        stdio: ["ignore", "pipe", "pipe"],
        // A group of its own, so that what it starts ends with it.
        detached: process.platform !== "win32",
      });
      let failure: Error | undefined;
      const stop = (reason: string): void => {
        failure ??= new Error(reason);
        try {
          if (child.pid === undefined || process.platform === "win32") child.kill("SIGKILL");
          else process.kill(-child.pid, "SIGKILL");
        } catch {
          // It has ended by itself meanwhile.
        }
      };
      const timer = setTimeout(() => stop(`it took longer than ${Math.round(timeout / 1_000)} s`), timeout);
      const onAbort = (): void => stop("it was cancelled");
      signal?.addEventListener("abort", onAbort, { once: true });
      const out: Buffer[] = [];
      const err: Buffer[] = [];
      let bytes = 0;
      const keep =
        (chunks: Buffer[]) =>
        (chunk: Buffer): void => {
          bytes += chunk.length;
          if (bytes > maxBytes) stop(`it wrote more than ${maxBytes.toLocaleString("en-US")} bytes`);
          else chunks.push(chunk);
        };
      child.stdout.on("data", keep(out));
      child.stderr.on("data", keep(err));
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
      };
      child.on("error", (error) => {
        done();
        reject(failure ?? error);
      });
      child.on("close", (code, ended) => {
        done();
        if (failure !== undefined) reject(failure);
        else if (code === null) reject(new Error(`it was ended by ${ended ?? "a signal"}`));
        else resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() });
      });
    }),
};

/** The file that a path leads to in the end, where it is one that may be run. */
async function executable(file: string): Promise<string | undefined> {
  try {
    const real = await fs.promises.realpath(file);
    await fs.promises.access(real, fs.constants.X_OK);
    return (await fs.promises.stat(real)).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a path, or what it leads to, lies in a folder. */
function isBelow(file: string, folder: string): boolean {
  return [file, realOrSame(file)].some((each) =>
    [folder, realOrSame(folder)].some((other) => {
      const way = path.relative(other, each);
      return way === "" || !(way === ".." || way.startsWith(`..${path.sep}`) || path.isAbsolute(way));
    }),
  );
}

function realOrSame(file: string): string {
  try {
    return fs.realpathSync(file);
  } catch {
    return file;
  }
}

/** Texts by any key, in files named after its hash. */
function textCache(folder: string): TextCache {
  const files = diskCache(folder);
  const nameOf = (key: string): string => `sha256:${createHash("sha256").update(key).digest("hex")}`;
  return {
    get: async (key) => {
      const content = await files.get(nameOf(key));
      return content && new TextDecoder().decode(content);
    },
    put: (key, text) => files.put(nameOf(key), new TextEncoder().encode(text)),
  };
}
