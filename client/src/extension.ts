/** The desktop and remote entry: small, so that the editor's other extensions do not wait for ours. */
import type { ExtensionContext } from "vscode";

/** Loads the language client, and the commands with it, after the turn in which the editor activates us. */
export async function activate(context: ExtensionContext): Promise<void> {
  const { start } = await import("./desktop");
  start(context);
}

export async function deactivate(): Promise<void> {
  const { stopClient } = await import("./desktop");
  await stopClient();
}
