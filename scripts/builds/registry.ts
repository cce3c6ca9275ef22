import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { builderEnvironment } from "./chroot";
import { builderRoot } from "./folders";

/** A registry on the loopback device. */
export interface Registry {
  /** `127.0.0.1:port`. */
  readonly address: string;
  stop(): void;
}

/**
 * Starts a registry inside the builder's root and makes it the one that `FROM debian:trixie` is taken from. No other
 * registry can be reached from there.
 */
export async function startRegistry(): Promise<Registry> {
  const address = `127.0.0.1:${await freePort()}`;
  const folder = path.join(builderRoot, "etc/plimsoll-builds");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, "registry.yml"),
    `version: 0.1\nlog: { level: error, accesslog: { disabled: true } }\nstorage: { filesystem: { rootdirectory: /var/lib/test-registry } }\nhttp: { addr: "${address}" }\n`,
  );
  writeFileSync(path.join(builderRoot, "etc/containers/registries.conf"), registriesConf(address));
  const child = spawn(
    "chroot",
    [builderRoot, "docker-registry", "serve", "/etc/plimsoll-builds/registry.yml"],
    {
      stdio: ["ignore", "ignore", "pipe"],
      env: builderEnvironment,
    },
  );
  const stop = (): void => {
    process.off("exit", stop);
    child.kill("SIGKILL");
  };
  process.once("exit", stop);
  await answering(child, address);
  return { address, stop };
}

/** A short name is an official image, and Docker Hub's images come from the loopback device; nothing else is known. */
function registriesConf(address: string): string {
  return `unqualified-search-registries = ["docker.io"]
short-name-mode = "permissive"

[[registry]]
prefix = "docker.io"
location = "${address}"
insecure = true

[[registry]]
prefix = "${address}"
location = "${address}"
insecure = true
`;
}

async function answering(child: ChildProcess, address: string): Promise<void> {
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-2_000);
  });
  for (let tries = 0; tries < 100 && child.exitCode === null; tries++) {
    const answered = await fetch(`http://${address}/v2/`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the registry did not start on ${address}: ${said}`);
}

function freePort(): Promise<number> {
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
