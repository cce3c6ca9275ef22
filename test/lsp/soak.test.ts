import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import test from "node:test";
import { soak } from "../soak/soak";

test("after many edits, other settings and restarts nothing is lost or stale", {
  skip: process.platform === "win32" ? "a process is asked for its heap by a signal" : false,
}, async (t) => {
  await soak({
    documents: 12,
    changes: 600,
    seed: 1,
    watchMemory: false,
    tell: (line) => t.diagnostic(line),
  });
});

/** A client in a process of its own, which tells the id of its server and then waits. */
const lonelyClient = `
const { startClient } = require(${JSON.stringify(join(__dirname, "client.ts"))});
startClient().then(({ process: server }) => console.log("server " + server.pid));
setInterval(() => {}, 1000);
`;

test("a client that is killed leaves no server behind", async () => {
  const client: ChildProcess = spawn(process.execPath, ["--import", "tsx", "-e", lonelyClient], {
    stdio: ["ignore", "pipe", "inherit"],
    cwd: join(__dirname, "../.."),
  });
  const server = await new Promise<number>((resolve, reject) => {
    client.once("exit", () => reject(new Error("the client has ended by itself")));
    client.stdout?.on("data", (chunk: Buffer) => {
      const id = /^server (\d+)$/m.exec(String(chunk))?.[1];
      if (id !== undefined) resolve(Number(id));
    });
  });
  assert.ok(isAlive(server));
  client.removeAllListeners("exit");
  client.kill("SIGKILL");
  while (isAlive(server)) await new Promise((resolve) => setTimeout(resolve, 20));
});

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}
