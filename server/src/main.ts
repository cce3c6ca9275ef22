/** The language server as a process of its own, reached by `--node-ipc` or `--stdio`. */
import { createConnection } from "vscode-languageserver/node";
import { type ServerPorts, startServer } from "./lsp/server";
import { startStdio } from "./lsp/stdio";
import { nodeClock, nodeFiles } from "./platform/node";
import { nodeLanguageFiles } from "./platform/nodeLanguages";

/** What is loaded later takes the library from here, so that there is one copy of its classes. */
export * as library from "vscode-languageserver/node";

declare const __VERSION__: string | undefined;

const ports: ServerPorts = {
  disk: nodeFiles,
  clock: nodeClock,
  registryPorts: async () => (await import("./platform/nodeRegistry")).nodeRegistryPorts(),
  keylessVerifier: async () => (await import("./platform/nodeSigstore")).sigstoreVerifier,
  languageFiles: nodeLanguageFiles,
  scannerPorts: async () => (await import("./platform/nodePrograms")).nodeScannerPorts(),
  version: typeof __VERSION__ === "string" ? __VERSION__ : "0.0.0",
};

if (process.argv.includes("--node-ipc")) startServer((options) => createConnection(options), ports);
else startStdio(ports);
