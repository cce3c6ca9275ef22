import { realpathSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { run } from "./cli/run";
import type { Terminal } from "./cli/terminal";
import { absolutePath, decodeText, nodeClock, nodeFiles } from "./platform/node";
import { post } from "./platform/nodePost";
import { cacheFolder, keepHeapSmall, nameOfProgram } from "./platform/nodeProgram";
import type { ReadResult } from "./platform/ports";
import { writeInBatches } from "./text/batches";

declare const __VERSION__: string | undefined;

/** Builds what a command needs of this process, runs it, and lets the process end by itself: all output is written. */
function main(): void {
  keepHeapSmall();
  const interrupt = new AbortController();
  const cwd = absolutePath(realpathSync(process.cwd()));
  const terminal: Terminal = {
    cwd,
    version: typeof __VERSION__ === "string" ? __VERSION__ : "0.0.0-source",
    files: nodeFiles,
    clock: nodeClock,
    environment: process.env,
    cacheFolder: absolutePath(cacheFolder()),
    build: typeof __VERSION__ === "string" ? () => nameOfProgram(__filename) : () => undefined,
    isTerminal: process.stdout.isTTY === true,
    colours: process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== "dumb",
    signal: interrupt.signal,
    registryPorts: async () => (await import("./platform/nodeRegistry")).nodeRegistryPorts(),
    keylessVerifier: async () => (await import("./platform/nodeSigstore")).sigstoreVerifier,
    scannerPorts: async () => (await import("./platform/nodePrograms")).nodeScannerPorts(),
    serveEditor: async () => void (await import("./main")),
    absolute: (path) => absolutePath(path, cwd),
    absoluteIn: (folder, path) => absolutePath(path, folder),
    out: (text) => void process.stdout.write(text),
    outAll: (chunks) => writeInBatches(chunks, writeToOutput),
    err: (text) => void process.stderr.write(text),
    post,
    wait: (milliseconds) => waitOrStop(milliseconds, interrupt.signal),
    readInput: readStandardInput,
  };
  // A second interruption ends the process at once: the listener is gone by then.
  process.once("SIGINT", () => interrupt.abort());
  for (const stream of [process.stdout, process.stderr]) stream.on("error", quietIfClosed);
  void run(process.argv.slice(2), terminal).then((code) => {
    if (code !== undefined) process.exitCode = code;
  });
}

/** Ends early when the user interrupts. */
function waitOrStop(milliseconds: number, signal: AbortSignal): Promise<void> {
  return setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
}

/** Waits where the reader is slower: what it has not taken yet would be kept in memory. */
async function writeToOutput(text: string): Promise<void> {
  if (process.stdout.write(text) || process.stdout.destroyed) return;
  await new Promise<void>((resolve) => {
    const go = (): void => {
      process.stdout.off("drain", go).off("close", go);
      resolve();
    };
    process.stdout.once("drain", go).once("close", go);
  });
}

/** `plimsoll check | head` closes the pipe early, which is no fault of anybody. */
function quietIfClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

async function readStandardInput(maxBytes: number): Promise<ReadResult> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk as Uint8Array);
    length += bytes.length;
    if (length > maxBytes)
      return { state: "failed", reason: `it is larger than ${maxBytes.toLocaleString("en-US")} bytes` };
    chunks.push(bytes);
  }
  return decodeText(Buffer.concat(chunks));
}

main();
