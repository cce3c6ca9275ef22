import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type Connection,
  InsertTextFormat,
  MarkupKind,
} from "vscode-languageserver";
import { suggest } from "../completion/suggest";
import type { Suggestion } from "../completion/suggestion";
import { ruleSummary } from "../docs/rulePage";
import { ruleIndexOf } from "../engine/ruleIndex";
import { describeError, guardRequest } from "./guard";
import type { Checked, Session } from "./session";

/** Completes where security is decided; see `completion/suggest.ts` for the places. */
export function registerCompletion(connection: Connection, session: Session): void {
  const { log } = session;
  const nothing: CompletionList = { isIncomplete: false, items: [] };
  connection.onCompletion(
    guardRequest("textDocument/completion", log, nothing, async ({ textDocument, position }) => {
      const checked = await session.checked(textDocument.uri);
      if (checked === undefined) return nothing;
      const { analysis, input, positions } = checked;
      const { config, facts } = input;
      const setup = { analysis, rules: session.rules, policy: config.policy, today: facts.today };
      const { items, truncated } = suggest(setup, positions.offset(position));
      return {
        isIncomplete: truncated,
        items: items.map((item, index) => toItem(item, index, checked, session)),
      };
    }),
  );
  // The pages of three hundred rules would make every list long: each comes when it is looked at.
  connection.onCompletionResolve((item) => {
    try {
      const rule = typeof item.data === "string" ? ruleIndexOf(session.rules).byId(item.data) : undefined;
      return rule === undefined ? item : { ...item, documentation: inFormat(ruleSummary(rule), session) };
    } catch (error) {
      log.error(`completionItem/resolve failed: ${describeError(error)}`);
      return item;
    }
  });
}

function toItem(suggestion: Suggestion, index: number, checked: Checked, session: Session): CompletionItem {
  const { label, kind, text, snippet, span, detail, documentation, filter, rule } = suggestion;
  const inSnippets = session.client.textDocument?.completion?.completionItem?.snippetSupport === true;
  const filled = snippet !== undefined && inSnippets;
  return {
    label,
    kind: kinds[kind],
    textEdit: { range: checked.positions.range(span), newText: filled ? snippet : text },
    insertTextFormat: filled ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    filterText: filter ?? text,
    sortText: String(index).padStart(4, "0"),
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation: inFormat(documentation, session) }),
    ...(rule === undefined ? {} : { data: rule }),
  };
}

/** Markdown for clients that show it; as it is written for others, which is readable all the same. */
function inFormat(value: string, { client }: Session): NonNullable<CompletionItem["documentation"]> {
  const formats = client.textDocument?.completion?.completionItem?.documentationFormat;
  return formats?.includes(MarkupKind.Markdown) === true ? { kind: MarkupKind.Markdown, value } : value;
}

const kinds: Readonly<Record<Suggestion["kind"], CompletionItemKind>> = {
  image: CompletionItemKind.Module,
  stage: CompletionItemKind.Reference,
  user: CompletionItemKind.Value,
  mount: CompletionItemKind.Value,
  capability: CompletionItemKind.EnumMember,
  option: CompletionItemKind.Value,
  rule: CompletionItemKind.EnumMember,
  level: CompletionItemKind.EnumMember,
  key: CompletionItemKind.Property,
};
