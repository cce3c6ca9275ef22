/** The language server in a web worker: without a disk, so that files are asked of the editor. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { startServer } from "./lsp/server";
import { systemClock } from "./platform/browser";

declare const __VERSION__: string;

// The project is compiled without the browser's types: in a worker, the global object is the port to the page.
const port = globalThis as unknown as ConstructorParameters<typeof BrowserMessageReader>[0];

startServer(
  (options) => createConnection(new BrowserMessageReader(port), new BrowserMessageWriter(port), options),
  {
    disk: undefined,
    clock: systemClock,
    version: __VERSION__,
  },
);
