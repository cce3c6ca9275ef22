import type { Connection, DocumentLink } from "vscode-languageserver";
import { isWithin, parentOf, resolvePath } from "../audit/paths";
import { ruleUrl } from "../docs/ruleUrl";
import type { ConfigurationDocument } from "../engine/configuration";
import { ruleWords } from "../engine/configurationPlaces";
import { parseIgnores } from "../engine/ignoreComments";
import { ruleIndexOf } from "../engine/ruleIndex";
import { takesIgnoreComments } from "../engine/suppress";
import { maxAnnotations } from "../limits";
import type { Span } from "../text/span";
import { guardRequest } from "./guard";
import { clientCommands } from "./protocol";
import type { Checked, Session } from "./session";

/** Leads from the ids of rules to their pages, and from what a `plimsoll.yaml` extends to that file. */
export function registerDocumentLinks(connection: Connection, session: Session): void {
  connection.onDocumentLinks(
    guardRequest("textDocument/documentLink", session.log, [], async ({ textDocument }) => {
      const checked = await session.checked(textDocument.uri);
      if (checked === undefined) return [];
      const { document } = checked.analysis;
      const links =
        document.language === "configuration"
          ? [...ofRules(ruleIds(document), session), ...ofExtended(document, checked, session)]
          : takesIgnoreComments(document)
            ? ofRules(commentIds(document, session), session)
            : [];
      return links
        .slice(0, maxAnnotations)
        .map(({ span, ...link }): DocumentLink => ({ range: checked.positions.range(span), ...link }));
    }),
  );
}

interface Link {
  readonly span: Span;
  readonly target: string;
  readonly tooltip: string;
}

interface NamedRule {
  readonly id: string;
  readonly span: Span;
}

function ruleIds(document: ConfigurationDocument): readonly NamedRule[] {
  return ruleWords(document).map(({ text, span }) => ({ id: text, span }));
}

/** Only names of one rule: another tool's id may stand for several. */
function commentIds(document: Parameters<typeof parseIgnores>[0], { rules }: Session): readonly NamedRule[] {
  return parseIgnores(document, ruleIndexOf(rules)).flatMap(({ ids }) =>
    ids.flatMap(({ rules: meant, span }) => (meant.length === 1 ? [{ id: meant[0]!, span }] : [])),
  );
}

/** Our own client shows the page itself; others open it on the web. */
function ofRules(named: readonly NamedRule[], { rules, hasOwnClient }: Session): readonly Link[] {
  const index = ruleIndexOf(rules);
  return named.flatMap(({ id, span }) => {
    if (index.byId(id) === undefined) return [];
    const command = `command:${clientCommands.explainRule}?${encodeURIComponent(JSON.stringify([id]))}`;
    return [{ span, target: hasOwnClient ? command : ruleUrl(id), tooltip: `Explain ${id}` }];
  });
}

/** Files that are named by their path and lie in a folder of the workspace. */
function ofExtended(
  document: ConfigurationDocument,
  { uri }: Checked,
  { locations, folders }: Session,
): readonly Link[] {
  const folder = parentOf(locations.pathOf(uri) ?? "");
  if (folder === undefined) return [];
  const roots = [...folders].flatMap((root) => locations.pathOf(root) ?? []);
  return document.extended.flatMap(({ kind, text, span }) => {
    const path = kind === "file" ? resolvePath(folder, text) : undefined;
    if (path === undefined || !roots.some((root) => isWithin(root, path))) return [];
    return [{ span, target: locations.uriOf(path), tooltip: `Open ${text}` }];
  });
}
