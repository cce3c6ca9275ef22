/** The browser entry: the same client, with the language server in a web worker. */
import { type ExtensionContext, env, Uri, workspace } from "vscode";
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from "vscode-languageclient/browser";
import { type LanguageFiles, languageFolder, type WorkerGreeting } from "../../server/src/lsp/protocol";
import { activateWith, stopClient } from "./activate";

/** The part of the browser's own class that is used here: the project is compiled without the browser's types. */
declare class Worker {
  constructor(url: string);
  postMessage(message: unknown): void;
  terminate(): void;
}

let worker: Worker | undefined;
let languageFiles: LanguageFiles | undefined;

export function activate(context: ExtensionContext): void {
  const folder = `${Uri.joinPath(context.extensionUri, "server/out").toString(true)}/`;
  // The client would take a worker as it is, but by instanceof, which does not hold for VS Code's wrapped class.
  const startWorker = async (): Promise<MessageTransports> => {
    // On a restart the old worker may hang, and nobody else ends it.
    worker?.terminate();
    languageFiles ??= await readLanguageFiles(context.extensionUri);
    worker = new Worker(`${folder}server.web.js`);
    worker.postMessage({ folder } satisfies WorkerGreeting);
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  activateWith(context, (options) => new LanguageClient("plimsoll", "Plimsoll", startWorker, options), {
    serverHasDisk: false,
    languageFiles: () => languageFiles,
  });
}

/** The texts that the server shows in the editor's language; `undefined` for English and where there are none. */
async function readLanguageFiles(extension: Uri): Promise<LanguageFiles | undefined> {
  const language = env.language.toLowerCase();
  if (language === "en" || !/^[a-z-]{2,20}$/.test(language)) return undefined;
  const read = async (name: string): Promise<string> => {
    const file = Uri.joinPath(extension, languageFolder, `${name}.json`);
    return new TextDecoder().decode(await workspace.fs.readFile(file));
  };
  try {
    const [english, translated] = await Promise.all([read("en"), read(language)]);
    return { english, translated };
  } catch {
    // There is no such language, and English is what the server says.
    return undefined;
  }
}

export async function deactivate(): Promise<void> {
  await stopClient();
  worker?.terminate();
}
