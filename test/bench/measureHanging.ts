import { createServer, type Socket } from "node:net";
import type { Candidate } from "./client";
import type { BenchDocument } from "./documents";
import { type ByName, measureKeystrokes, type Rounds } from "./measureServers";

/**
 * The milliseconds of a keystroke in a document whose images lie in a registry that takes every connection and never
 * answers: with the network off, and on, while the questions of the opening wait.
 */
export async function measureHanging(
  candidate: Candidate,
  document: BenchDocument,
  rounds: Rounds,
): Promise<ByName> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => open.delete(socket)).on("close", () => open.delete(socket));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  const host = `127.0.0.1:${address.port}`;
  try {
    const hung = {
      ...candidate,
      name: "a registry that hangs",
      settings: { plimsoll: { network: true, networkRegistries: [host] } },
    };
    const { times } = await measureKeystrokes(
      [{ ...candidate, name: "network off" }, hung],
      inRegistry(document, host),
      rounds,
    );
    if (open.size === 0) throw new Error("the registry was not asked, so nothing was measured");
    return times;
  } finally {
    for (const socket of open) socket.destroy();
    server.close();
  }
}

/** The document below twenty stages from images of a registry, of which every second one is pinned. */
function inRegistry(document: BenchDocument, host: string): BenchDocument {
  const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
  const stages = Array.from(
    { length: 20 },
    (_, at) => `FROM ${host}/team/image${at}:1${at % 2 === 0 ? `@${digest}` : ""} AS hung${at}\n`,
  );
  const { line, character } = document.caret;
  return {
    ...document,
    text: stages.join("") + document.text,
    caret: { line: line + stages.length, character },
  };
}
