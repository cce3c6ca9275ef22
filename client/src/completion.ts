import { CompletionItemKind, extensions } from "vscode";
import type { Middleware } from "vscode-languageclient";

/** Extensions that read schemas: that of our manifest, so that they complete the same ids, and that of Compose. */
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

/** Whether another extension checks YAML against schemas: `plimsoll.yaml` against our manifest's, Compose files against Compose's. */
export function readsSchemas(): boolean {
  return isInstalled(yamlReaders);
}

function isInstalled(ids: readonly string[]): boolean {
  return ids.some((id) => extensions.getExtension(id) !== undefined);
}
