import { commands, type Disposable, EventEmitter, type LogOutputChannel, l10n, Uri, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  type ExplainParams,
  type ExplainResult,
  methods,
  type RuleExamples,
} from "../../server/src/lsp/protocol";

const scheme = "plimsoll-rule";

/**
 * Provides each rule's page as a read-only virtual document `plimsoll-rule:<id>.md`.
 *
 * @param client whose server knows the pages
 * @param extensionUri the folder of the extension, with the file of examples
 * @param output where it is said that this file cannot be read
 */
export function registerRulePages(
  client: BaseLanguageClient,
  extensionUri: Uri,
  output: LogOutputChannel,
): Disposable {
  const examplesOf = exampleReader(extensionUri, output);
  const changed = new EventEmitter<Uri>();
  const registration = workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: async (uri, token) => {
      const id = uri.path.replace(/\.md$/, "");
      const examples = await examplesOf(id);
      const params: ExplainParams = { id, ...(examples && { examples }) };
      const page = await client.sendRequest<ExplainResult | null>(methods.explain, params, token);
      return page?.markdown ?? `${l10n.t("There is no rule {0}.", `\`${id.replaceAll("`", "")}\``)}\n`;
    },
  });
  return {
    dispose: () => {
      registration.dispose();
      changed.dispose();
    },
  };
}

/** Reads the file of examples when the first page is asked for. A page without it lacks only the examples. */
function exampleReader(
  extensionUri: Uri,
  output: LogOutputChannel,
): (id: string) => Promise<RuleExamples | undefined> {
  const file = Uri.joinPath(extensionUri, "server/out/examples.json");
  let reading: Promise<ReadonlyMap<string, RuleExamples>> | undefined;
  const read = async (): Promise<ReadonlyMap<string, RuleExamples>> => {
    const text = new TextDecoder().decode(await workspace.fs.readFile(file));
    return new Map(Object.entries(JSON.parse(text) as Readonly<Record<string, RuleExamples>>));
  };
  return async (id) => {
    reading ??= read().catch((error: unknown) => {
      output.warn("The examples of the rules cannot be read.", error);
      return new Map();
    });
    return (await reading).get(id);
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
