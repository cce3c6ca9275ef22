/** The language server in a process of its own. */
import type { ExtensionContext } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { serverNodeOptions } from "../../server/src/lsp/protocol";
import { activateWith, stopClient } from "./activate";

export { stopClient };

export function start(context: ExtensionContext): void {
  const server = {
    module: context.asAbsolutePath("server/out/server.js"),
    transport: TransportKind.ipc,
    options: { execArgv: [...serverNodeOptions] },
  };
  activateWith(context, (options) => new LanguageClient("plimsoll", "Plimsoll", server, options), {
    serverHasDisk: true,
  });
}
