import { commands, type Disposable, EventEmitter, Uri, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type ExplainParams, type ExplainResult, methods } from "../../server/src/lsp/protocol";

const scheme = "plimsoll-rule";

/**
 * Provides each rule's page as a read-only virtual document `plimsoll-rule:<id>.md`.
 *
 * @param client whose server knows the pages
 */
export function registerRulePages(client: BaseLanguageClient): Disposable {
  const changed = new EventEmitter<Uri>();
  const registration = workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: async (uri, token) => {
      const id = uri.path.replace(/\.md$/, "");
      const params: ExplainParams = { id };
      const page = await client.sendRequest<ExplainResult | null>(methods.explain, params, token);
      return page?.markdown ?? `There is no rule \`${id.replaceAll("`", "")}\`.\n`;
    },
  });
  return {
    dispose: () => {
      registration.dispose();
      changed.dispose();
    },
  };
}

/**
 * Opens the rendered page of a rule.
 *
 * @param id the rule's id
 */
export async function showRulePage(id: string): Promise<void> {
  await commands.executeCommand("markdown.showPreview", Uri.from({ scheme, path: `${id}.md` }));
}
