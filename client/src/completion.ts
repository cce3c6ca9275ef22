import { CompletionItemKind, extensions } from "vscode";
import type { Middleware } from "vscode-languageclient";

/** Extensions that read the schema of our manifest and complete the same ids. */
const yamlReaders = ["redhat.vscode-yaml"];

/** Extensions that complete the names of stages. */
const stageCompleters = ["docker.docker", "ms-azuretools.vscode-containers", "ms-azuretools.vscode-docker"];

/** Leaves out what another extension that is installed completes as well. */
export const completionMiddleware: Pick<Middleware, "provideCompletionItem"> = {
  provideCompletionItem: async (document, position, context, token, next) => {
    if (document.fileName.endsWith("plimsoll.yaml") && readsSchemas()) return [];
    const result = await next(document, position, context, token);
    if (result === undefined || result === null || !isInstalled(stageCompleters)) return result;
    const items = Array.isArray(result) ? result : result.items;
    // Of all that the server completes, only stages are references.
    const others = items.filter(({ kind }) => kind !== CompletionItemKind.Reference);
    return Array.isArray(result) ? others : { items: others, isIncomplete: result.isIncomplete ?? false };
  },
};

/** Whether another extension says by our manifest's schema what the keys of `plimsoll.yaml` are. */
export function readsSchemas(): boolean {
  return isInstalled(yamlReaders);
}

function isInstalled(ids: readonly string[]): boolean {
  return ids.some((id) => extensions.getExtension(id) !== undefined);
}
