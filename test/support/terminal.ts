import { run } from "../../server/src/cli/run";
import type { Terminal } from "../../server/src/cli/terminal";
import { absolutePath, decodeText, nodeFiles } from "../../server/src/platform/node";
import type { Ended } from "./commandLine";

/** Milliseconds since the epoch of a fixed day, so that end dates stay where they are. */
const exampleTime = Date.UTC(2026, 10, 21, 12);

/**
 * Runs a command of the command line within this process: what it says, and what it would end with. Starting a
 * process for each would take longer than all else.
 */
export async function runHere(
  cwd: string,
  args: readonly string[],
  more: Partial<Terminal> = {},
  input = "",
): Promise<Ended> {
  let out = "";
  let err = "";
  const terminal: Terminal = {
    cwd,
    version: "9.8.7",
    files: nodeFiles,
    clock: { now: () => exampleTime },
    environment: {},
    cacheFolder: "/nowhere",
    build: () => "test",
    isTerminal: false,
    colours: false,
    signal: new AbortController().signal,
    absolute: (path) => absolutePath(path, cwd),
    out: (text) => {
      out += text;
    },
    outAll: async (chunks) => {
      for (const chunk of chunks) out += chunk;
    },
    err: (text) => {
      err += text;
    },
    registryPorts: () => Promise.reject(new Error("this command must ask no registry")),
    keylessVerifier: () => Promise.reject(new Error("this command must verify nothing")),
    scannerPorts: () => Promise.reject(new Error("this command must run no scanner")),
    serveEditor: () => Promise.reject(new Error("this command must start no language server")),
    absoluteIn: (folder, path) => absolutePath(path, folder),
    post: () => Promise.reject(new Error("this command must send nothing")),
    wait: () => Promise.resolve(),
    readInput: async () => decodeText(Buffer.from(input)),
    ...more,
  };
  const code = await run(args, terminal);
  return { code: code ?? null, out, err };
}
