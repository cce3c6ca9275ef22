import { commands, l10n, Uri, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  clientCommands,
  type IgnoreScope,
  methods,
  type ReasonRequiredParams,
} from "../../server/src/lsp/protocol";
import { groupings, type Node } from "./auditTree";
import type { AuditView } from "./auditView";
import { ignoreFinding } from "./preparedEdits";

type Handler = (...args: readonly unknown[]) => Promise<unknown>;

/** What can be done in the audit's view: by what it is grouped, and what its context menu offers. */
export function auditCommands(
  client: BaseLanguageClient,
  view: AuditView,
): Readonly<Record<string, Handler>> {
  const group = groupings.map((grouping): [string, Handler] => [
    `plimsoll.audit.groupBy${grouping[0]!.toUpperCase()}${grouping.slice(1)}`,
    async () => view.groupBy(grouping),
  ]);
  const forRule =
    (command: string): Handler =>
    async (node) => {
      const rule = ruleOf(node as Node | undefined);
      if (rule !== undefined) await commands.executeCommand(command, rule);
    };
  return {
    ...Object.fromEntries(group),
    "plimsoll.audit.fixRule": forRule(clientCommands.fixRuleInWorkspace),
    "plimsoll.audit.explain": forRule(clientCommands.explainRule),
    "plimsoll.audit.ignore": async (node) => ignoreNode(client, node as Node | undefined),
  };
}

function ruleOf(node: Node | undefined): string | undefined {
  if (node?.kind === "rule") return node.rule;
  return node?.kind === "finding" ? node.finding.rule : undefined;
}

function places(): readonly { readonly label: string; readonly scope: IgnoreScope }[] {
  return [
    { label: l10n.t("On this line"), scope: "line" },
    { label: l10n.t("In this file"), scope: "file" },
    { label: l10n.t("In the repository"), scope: "repository" },
  ];
}

async function ignoreNode(client: BaseLanguageClient, node: Node | undefined): Promise<void> {
  if (node?.kind !== "finding") return;
  const { rule, range } = node.finding;
  const place = await window.showQuickPick(places(), {
    title: l10n.t("Ignore {0}", rule),
    placeHolder: l10n.t("How far?"),
  });
  if (place === undefined) return;
  // The server knows the text of open documents only.
  await workspace.openTextDocument(Uri.parse(node.uri));
  const asked: ReasonRequiredParams = { uri: node.uri };
  const reasonRequired = await client.sendRequest<boolean>(methods.reasonRequired, asked);
  await ignoreFinding(client, {
    uri: node.uri,
    rule,
    start: range.start,
    scope: place.scope,
    reasonRequired,
  });
}
