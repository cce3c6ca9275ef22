import { Disposable, languages, type TextDocument, workspace } from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import { configurationSection } from "../../server/src/lsp/protocol";
import { documentSelector } from "./client";

/** Settings that ask for work on files that are not open, or not known by their names. */
const eager = ["workspaceFindings", "checkCommands"];

/**
 * Starts the server when there is something for it to do: a document that it checks is open, or a setting asks for more.
 * The requests of commands start it by themselves.
 *
 * @param client whose server it is
 * @param failed is told why the server did not start
 */
export function startWhenNeeded(client: BaseLanguageClient, failed: (error: unknown) => void): Disposable {
  const isOurs = (document: TextDocument): boolean => languages.match(documentSelector, document) > 0;
  const isWanted = (): boolean => {
    const settings = workspace.getConfiguration(configurationSection);
    return eager.some((name) => settings.get(name) === true);
  };
  const begin = (): void => {
    waiting.dispose();
    if (client.state === State.Stopped) client.start().catch(failed);
  };
  const waiting = Disposable.from(
    workspace.onDidOpenTextDocument((document) => isOurs(document) && begin()),
    workspace.onDidChangeConfiguration(
      (change) => change.affectsConfiguration(configurationSection) && isWanted() && begin(),
    ),
  );
  if (workspace.textDocuments.some(isOurs) || isWanted()) begin();
  return waiting;
}
