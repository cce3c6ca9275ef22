/** The browser entry: the same client, with the language server in a web worker. */
import { type ExtensionContext, Uri } from "vscode";
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from "vscode-languageclient/browser";
import { activateWith, stopClient } from "./activate";

/** The part of the browser's own class that is used here: the project is compiled without the browser's types. */
declare class Worker {
  constructor(url: string);
  terminate(): void;
}

let worker: Worker | undefined;

export function activate(context: ExtensionContext): void {
  const url = Uri.joinPath(context.extensionUri, "server/out/server.web.js").toString(true);
  // The client would take a worker as it is, but by instanceof, which does not hold for VS Code's wrapped class.
  const startWorker = async (): Promise<MessageTransports> => {
    // On a restart the old worker may hang, and nobody else ends it.
    worker?.terminate();
    worker = new Worker(url);
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  activateWith(context, (options) => new LanguageClient("plimsoll", "Plimsoll", startWorker, options), {
    serverHasDisk: false,
  });
}

export async function deactivate(): Promise<void> {
  await stopClient();
  worker?.terminate();
}
