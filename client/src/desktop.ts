/** The language server in a process of its own. */
import { type ExtensionContext, workspace } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { serverEnvironment, serverNodeOptions } from "../../server/src/lsp/protocol";
import { activateWith, stopClient } from "./activate";

export { stopClient };

export function start(context: ExtensionContext): void {
  const server = {
    module: context.asAbsolutePath("server/out/server.js"),
    transport: TransportKind.ipc,
    options: { execArgv: [...serverNodeOptions], env: { ...serverEnvironment, ...proxyVariables() } },
  };
  activateWith(context, (options) => new LanguageClient("plimsoll", "Plimsoll", server, options), {
    serverHasDisk: true,
  });
}

/** The editor's own proxy, for a server that is no part of the editor's process; it wins over the environment's. */
function proxyVariables(): Readonly<Record<string, string>> {
  const settings = workspace.getConfiguration("http");
  const proxy = settings.get<string>("proxy") ?? "";
  const exempt = settings.get<readonly string[]>("noProxy") ?? [];
  return {
    ...(proxy !== "" && { https_proxy: proxy }),
    ...(exempt.length > 0 && { no_proxy: exempt.join(",") }),
  };
}
