import { commands, type ExtensionContext, window, workspace } from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import { contextNamesGlob, type LanguageFiles, methods, watchedGlobs } from "../../server/src/lsp/protocol";
import { registerAuditTool } from "./auditTool";
import { createAuditView } from "./auditView";
import { clientOptions } from "./client";
import { registerCommands } from "./commands";
import { watchValidators } from "./composeValidation";
import { serveFiles } from "./fileAccess";
import { watchNeighbours } from "./neighbours";
import { createReportPanel } from "./reportPanel";
import { registerRulePages } from "./rulePages";
import { startWhenNeeded } from "./start";
import { createStatus } from "./status";

let running: BaseLanguageClient | undefined;

/**
 * Wires the extension together; both entries end here. The server starts with the first document that it checks, and
 * nobody waits for it, so that activation stays short.
 *
 * @param context the extension's context, which disposes of everything
 * @param create makes the language client of this platform
 * @param platform whether the server that `create` starts can read a disk by itself, and what it cannot read there
 */
export function activateWith(
  context: ExtensionContext,
  create: (options: LanguageClientOptions) => BaseLanguageClient,
  platform: { readonly serverHasDisk: boolean; readonly languageFiles?: () => LanguageFiles | undefined },
): void {
  const output = window.createOutputChannel("Plimsoll", { log: true });
  const foldersOnDisk = (workspace.workspaceFolders ?? []).every((folder) => folder.uri.scheme === "file");
  const watchers = fileWatchers();
  const client = create(
    clientOptions({
      output,
      watchers,
      filesThroughClient: !platform.serverHasDisk || !foldersOnDisk,
      ...(platform.languageFiles && { languageFiles: platform.languageFiles }),
    }),
  );
  running = client;
  const auditView = createAuditView(context.workspaceState);
  const reportPanel = createReportPanel();
  context.subscriptions.push(
    output,
    ...watchers,
    auditView,
    reportPanel,
    createStatus(client),
    serveFiles(client),
    registerAuditTool(client),
    watchNeighbours(client),
    watchValidators(client),
    workspace.onDidGrantWorkspaceTrust(() => {
      if (client.isRunning()) void client.sendNotification(methods.trusted);
    }),
    registerRulePages(client, context.extensionUri, output),
    registerCommands({
      client,
      output,
      auditView,
      reportPanel,
      extension: context.extension,
      storage: context.globalStorageUri,
    }),
  );
  // From now on there is something to audit, so that the view of the results may be offered.
  void commands.executeCommand("setContext", "plimsoll.active", true);
  context.subscriptions.push(
    startWhenNeeded(client, (error) => output.error("The language server did not start.", error)),
  );
}

/** Stops the language server, if it runs. */
export async function stopClient(): Promise<void> {
  const client = running;
  running = undefined;
  if (client?.needsStop()) await client.stop();
}

/** The files whose appearance, change or end may change a finding in another file. */
function fileWatchers() {
  const contents = watchedGlobs.map((pattern) => workspace.createFileSystemWatcher(pattern));
  return [...contents, workspace.createFileSystemWatcher(contextNamesGlob, false, true, false)];
}
