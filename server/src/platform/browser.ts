import { methods, type ReadFileParams, type ReadFileResult } from "../lsp/protocol";
import type { Clock, Files } from "./ports";

/** Sends a request of `lsp/protocol.ts` to the client. */
export type Ask = <P, R>(method: string, params: P) => Promise<R>;

/** Milliseconds that the client gets for one file: behind it may be a network. */
const readLimit = 20_000;

/**
 * Files by URI, asked of the client: for a server without a disk, and for workspaces that are on none. The server
 * changes nothing on its own there, and searches with {@link methods.findFiles} instead of listing folders.
 */
export function clientFiles(ask: Ask): Files {
  return {
    read: async (uri, maxBytes) => {
      const params: ReadFileParams = { uri, maxBytes };
      try {
        const result = await inTime(ask<ReadFileParams, ReadFileResult>(methods.readFile, params));
        if ("text" in result) return { state: "read", text: result.text };
        return result.error === "missing" ? { state: "absent" } : { state: "failed", reason: result.reason };
      } catch (error) {
        return { state: "failed", reason: error instanceof Error ? error.message : String(error) };
      }
    },
    readBytes: async () => ({ state: "failed", reason: "only texts are read through the editor" }),
    list: () => Promise.reject(new Error("folders cannot be listed through the editor")),
    // Behind a URI the editor follows links itself, and does not tell.
    realPath: async (uri) => uri,
    write: () => Promise.reject(new Error("files are changed by the editor only")),
  };
}

export const systemClock: Clock = { now: () => Date.now(), spent: () => performance.now() };

function inTime<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the editor did not answer in time")), readLimit);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
