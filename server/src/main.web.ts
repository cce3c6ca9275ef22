/** The language server in a web worker: without a disk, so that files are asked of the editor. */
import * as library from "vscode-languageserver/browser";
import type { WorkerGreeting } from "./lsp/protocol";
import { startServer } from "./lsp/server";
import { systemClock } from "./platform/browser";
import { provideRequire } from "./platform/workerParts";

declare const __VERSION__: string;

// The project is compiled without the browser's types: in a worker, the global object is the port to the page.
const port = globalThis as unknown as ConstructorParameters<typeof library.BrowserMessageReader>[0];

// The client's first message says where the server's other files are; all that follow are the protocol's.
port.onmessage = ({ data }: { readonly data: WorkerGreeting }) => {
  provideRequire(data.folder, { "./server.js": { library } });
  startServer(
    (options) =>
      library.createConnection(
        new library.BrowserMessageReader(port),
        new library.BrowserMessageWriter(port),
        options,
      ),
    { disk: undefined, clock: systemClock, version: __VERSION__ },
  );
};
