import { execFile } from "node:child_process";
import { createHash, createPublicKey, randomBytes, verify } from "node:crypto";
import * as fs from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import {
  credentialHelperTimeout,
  maxCachedBytes,
  maxCachedContents,
  maxConfigBytes,
  maxManifestBytes,
  maxTokenBytes,
} from "../limits";
import { nodeClock, nodeFiles } from "./node";
import { nodeHttp } from "./nodeHttp";
import type { DigestCache, DockerSettings, Hashing, RegistryPorts } from "./ports";

/** What questions to registries need of this machine. Nothing is read or made before the first question. */
export function nodeRegistryPorts(): RegistryPorts {
  return {
    http: nodeHttp,
    cache: diskCache(cacheFolder()),
    hashing: nodeHashing,
    docker: nodeDocker,
    clock: nodeClock,
  };
}

export const nodeHashing: Hashing = {
  sha256: (content) => createHash("sha256").update(content).digest("hex"),
  isSignedBy: (content, signature, publicKey) => {
    try {
      return verify("sha256", content, createPublicKey(publicKey), signature);
    } catch {
      // A key or a signature that is none fits nothing.
      return false;
    }
  },
};

/** The user's own Docker configuration, never one of a workspace. */
export const nodeDocker: DockerSettings = {
  readConfig: () => nodeFiles.read(path.join(dockerFolder(), "config.json"), maxConfigBytes),
  askHelper: (helper, server) =>
    new Promise((resolve, reject) => {
      if (!/^[a-z0-9-]+$/.test(helper)) {
        reject(new Error("it has no usable name"));
        return;
      }
      const child = execFile(
        `docker-credential-${helper}`,
        ["get"],
        {
          // Windows looks for programs in the working directory first, and that may be somebody else's.
          cwd: homedir(),
          timeout: credentialHelperTimeout,
          killSignal: "SIGKILL",
          maxBuffer: maxTokenBytes,
          windowsHide: true,
          shell: false,
        },
        (error, stdout) => {
          if (error === null) resolve(stdout);
          else if (/credentials not found/i.test(stdout)) resolve(undefined);
          else if (error.code === "ENOENT") reject(new Error("it is not installed"));
          else if (error.killed === true) reject(new Error("it did not answer in time"));
          else reject(new Error("it failed"));
        },
      );
      // A helper that ends without reading closes the pipe, which its exit tells.
      child.stdin?.on("error", () => undefined);
      child.stdin?.end(`${server}\n`);
    }),
};

function dockerFolder(): string {
  return process.env.DOCKER_CONFIG || path.join(homedir(), ".docker");
}

/** Where programs keep what they can get again: https://specifications.freedesktop.org/basedir-spec/latest/ and its like. */
function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const base =
    process.platform === "win32"
      ? LOCALAPPDATA || path.join(homedir(), "AppData/Local")
      : process.platform === "darwin"
        ? path.join(homedir(), "Library/Caches")
        : XDG_CACHE_HOME || path.join(homedir(), ".cache");
  return path.join(base, "plimsoll", "registry");
}

const fileName = /^sha256-[0-9a-f]{64}$/;

/**
 * Contents by digest in a folder of the user's, a file each. Files are made under another name and renamed, so that
 * two processes share the folder; whoever finds it too full removes the files that were used longest ago.
 */
export function diskCache(folder: string): DigestCache {
  const fileOf = (digest: string): string | undefined => {
    const name = digest.replace(":", "-");
    return fileName.test(name) ? path.join(folder, name) : undefined;
  };
  return {
    get: async (digest) => {
      const file = fileOf(digest);
      if (file === undefined) return undefined;
      try {
        const { size } = await fs.promises.stat(file);
        if (size > maxManifestBytes) return undefined;
        const content = await fs.promises.readFile(file);
        const now = new Date();
        await fs.promises.utimes(file, now, now);
        return content;
      } catch {
        return undefined;
      }
    },
    put: async (digest, content) => {
      const file = fileOf(digest);
      if (file === undefined) return;
      const temporary = `${file}.${process.pid}-${randomBytes(4).toString("hex")}`;
      try {
        await fs.promises.mkdir(folder, { recursive: true, mode: 0o700 });
        await fs.promises.writeFile(temporary, content, { mode: 0o600, flag: "wx" });
        await fs.promises.rename(temporary, file);
        await trim(folder);
      } catch {
        // A full or read-only disk costs the next question a request, nothing else.
        await fs.promises.rm(temporary, { force: true }).catch(() => undefined);
      }
    },
  };
}

/** Milliseconds after which a file that was never renamed is what a killed process has left. */
const abandonedAfter = 3_600_000;

async function trim(folder: string): Promise<void> {
  const names = (await fs.promises.readdir(folder)).filter((name) => name.startsWith("sha256-"));
  const files = await Promise.all(
    names.map(async (name) => {
      const { size, mtimeMs } = await fs.promises.stat(path.join(folder, name));
      return { name, size, mtimeMs };
    }),
  );
  files.sort((a, b) => b.mtimeMs - a.mtimeMs);
  let bytes = 0;
  for (const [index, { name, size, mtimeMs }] of files.entries()) {
    bytes += size;
    const abandoned = !fileName.test(name) && mtimeMs < Date.now() - abandonedAfter;
    if (index >= maxCachedContents || bytes > maxCachedBytes || abandoned)
      await fs.promises.rm(path.join(folder, name), { force: true });
  }
}
