import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import type { TestContext } from "node:test";
import { digestOf, mediaTypes } from "./registry";

// What scripts/programs.mjs has unpacked, where it could not be installed.
process.env.PATH = [process.env.PATH, join(__dirname, "../../.cache/programs/bin")].join(delimiter);

/** Whether the programs are on this machine's path. */
export function lacks(...programs: readonly string[]): string | undefined {
  const missing = programs.filter((program) => {
    try {
      execFileSync("which", [program], { stdio: "ignore" });
      return false;
    } catch {
      return true;
    }
  });
  return missing.length === 0 ? undefined : `not installed: ${missing.join(", ")}`;
}

/**
 * Starts the registry of the distribution project on the loopback device; it ends with the test.
 * @param auth the section `auth` of its configuration, as JSON
 * @returns `127.0.0.1:port`
 */
export async function startDockerRegistry(t: TestContext, folder: string, auth?: unknown): Promise<string> {
  const host = `127.0.0.1:${await freePort()}`;
  const file = join(folder, "registry.yml");
  // JSON is YAML.
  writeFileSync(
    file,
    JSON.stringify({
      version: 0.1,
      log: { level: "error", accesslog: { disabled: true } },
      storage: { filesystem: { rootdirectory: join(folder, "storage") } },
      http: { addr: host },
      ...(auth !== undefined && { auth }),
    }),
  );
  const child = spawn("docker-registry", ["serve", file], { stdio: ["ignore", "ignore", "pipe"] });
  t.after(() => void child.kill("SIGKILL"));
  await answering(child, host);
  return host;
}

async function answering(child: ChildProcess, host: string): Promise<void> {
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-2_000);
  });
  for (let tries = 0; tries < 100 && child.exitCode === null; tries++) {
    const answered = await fetch(`http://${host}/v2/`).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the registry did not start on ${host}: ${said}`);
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === "string") reject(new Error("no port was given"));
        else resolve(address.port);
      });
    });
  });
}

/** Pushes by the registry's API: a blob, as its descriptor; a manifest, as its digest. */
export interface Pusher {
  blob(
    content: string | Uint8Array,
    mediaType?: string,
  ): Promise<{ mediaType: string; digest: string; size: number }>;
  manifest(manifest: { readonly mediaType: string }, tag?: string): Promise<string>;
}

export function pusher(host: string, repository: string, authorization?: string): Pusher {
  const headers = authorization === undefined ? {} : { authorization };
  const base = `http://${host}/v2/${repository}`;
  return {
    blob: async (content, mediaType = mediaTypes.config) => {
      const bytes = Buffer.from(content);
      const digest = digestOf(bytes);
      const start = await fetch(`${base}/blobs/uploads/`, { method: "POST", headers });
      const target = new URL(start.headers.get("location") ?? "", base);
      target.searchParams.set("digest", digest);
      const done = await fetch(target, {
        method: "PUT",
        headers: { ...headers, "content-type": "application/octet-stream" },
        body: bytes,
      });
      if (done.status !== 201) throw new Error(`the blob was not taken: ${done.status} ${await done.text()}`);
      return { mediaType, digest, size: bytes.length };
    },
    manifest: async (manifest, tag) => {
      const content = JSON.stringify(manifest);
      const digest = digestOf(content);
      const done = await fetch(`${base}/manifests/${tag ?? digest}`, {
        method: "PUT",
        headers: { ...headers, "content-type": manifest.mediaType },
        body: content,
      });
      if (done.status !== 201)
        throw new Error(`the manifest was not taken: ${done.status} ${await done.text()}`);
      return digest;
    },
  };
}
