import type {
  ChangeAnnotation,
  ClientCapabilities,
  TextEdit as ProtocolTextEdit,
  SnippetTextEdit,
  TextDocumentEdit,
  WorkspaceEdit,
} from "vscode-languageserver";
import type { Fix } from "../engine/finding";
import type { TextEdit } from "../text/edit";
import { toProtocolEdit } from "./convert";
import type { Checked } from "./session";

/** A file to make: never over one that exists. */
export interface NewFile {
  readonly uri: string;
  readonly text: string;
}

/** Edits of the text that was checked, bound to its version where the client can do that. */
export function editChecked(
  checked: Checked,
  edits: readonly TextEdit[],
  client: ClientCapabilities,
): WorkspaceEdit {
  const converted = edits.map((edit) => toProtocolEdit(edit, checked.positions));
  return editDocument(checked.uri, checked.version, converted, client);
}

/**
 * Edits of one document.
 * @param version `undefined` for a document that is not open
 */
export function editDocument(
  uri: string,
  version: number | undefined,
  edits: ProtocolTextEdit[],
  client: ClientCapabilities,
): WorkspaceEdit {
  if (client.workspace?.workspaceEdit?.documentChanges !== true) return { changes: { [uri]: edits } };
  return { documentChanges: [textDocumentEdit(uri, version, edits)] };
}

/** Whether the client can make files. */
export function canCreate(client: ClientCapabilities): boolean {
  const { documentChanges, resourceOperations } = client.workspace?.workspaceEdit ?? {};
  return documentChanges === true && resourceOperations?.includes("create") === true;
}

/** Makes a file; the client fails as a whole where one of that name exists. Only where {@link canCreate}. */
export function createFile(file: NewFile): WorkspaceEdit {
  const start = { line: 0, character: 0 };
  return {
    documentChanges: [
      { kind: "create", uri: file.uri, options: { overwrite: false, ignoreIfExists: false } },
      textDocumentEdit(file.uri, undefined, [{ range: { start, end: start }, newText: file.text }]),
    ],
  };
}

/**
 * A fix as an edit of the workspace.
 * @returns `undefined` where it makes a file and the client cannot
 */
export function editOfFix(
  checked: Checked,
  fix: Fix,
  client: ClientCapabilities,
  uriOf: (path: string) => string | undefined,
): WorkspaceEdit | undefined {
  if (fix.asks !== undefined && canFillIn(client)) return editToFillIn(checked, fix.edits, fix.asks);
  if (fix.creates === undefined) return editChecked(checked, fix.edits, client);
  const uri = uriOf(fix.creates.path);
  if (uri === undefined || !canCreate(client)) return undefined;
  const creation = createFile({ uri, text: fix.creates.text });
  if (fix.edits.length === 0) return creation;
  const edits = fix.edits.map((edit) => toProtocolEdit(edit, checked.positions));
  return {
    documentChanges: [
      ...(creation.documentChanges ?? []),
      textDocumentEdit(checked.uri, checked.version, edits),
    ],
  };
}

/** Whether the client can leave places to fill in, in an edit of a document. */
function canFillIn(client: ClientCapabilities): boolean {
  const { documentChanges, snippetEditSupport } = client.workspace?.workspaceEdit ?? {};
  return documentChanges === true && snippetEditSupport === true;
}

/** Edits in which each of some words is a place to fill in, wherever it stands. */
function editToFillIn(checked: Checked, edits: readonly TextEdit[], asks: readonly string[]): WorkspaceEdit {
  let places = 0;
  const place = (ask: string): string => `\${${++places}:${ask}}`;
  const snippets = edits.map((edit): SnippetTextEdit => {
    const { range, newText } = toProtocolEdit(edit, checked.positions);
    const escaped = newText.replace(/[\\$}]/g, "\\$&");
    const value = asks.reduce((text, ask) => text.replaceAll(ask, () => place(ask)), escaped);
    return { range, snippet: { kind: "snippet", value } };
  });
  const textDocument = { uri: checked.uri, version: checked.version ?? null };
  return { documentChanges: [{ textDocument, edits: snippets }] };
}

/** Edits of the text that was checked, as one part of a larger change. */
export function documentEdit(checked: Checked, edits: readonly TextEdit[]): TextDocumentEdit {
  const converted = edits.map((edit) => toProtocolEdit(edit, checked.positions));
  return textDocumentEdit(checked.uri, checked.version, converted);
}

/** What an editor shows of a change before it is made. */
export function risky(label: string): ChangeAnnotation {
  return { label, description: "May change behaviour", needsConfirmation: true };
}

/** Has the editor show a change to the user first, where it can. */
export function annotated(
  edit: WorkspaceEdit,
  annotation: ChangeAnnotation,
  client: ClientCapabilities,
): WorkspaceEdit {
  if (client.workspace?.workspaceEdit?.changeAnnotationSupport === undefined) return edit;
  const annotationId = "plimsoll";
  return {
    documentChanges: (edit.documentChanges ?? []).map((change) =>
      "textDocument" in change
        ? {
            ...change,
            edits: change.edits.map((each) => ({ ...each, annotationId })),
          }
        : { ...change, annotationId },
    ),
    changeAnnotations: { [annotationId]: annotation },
  };
}

function textDocumentEdit(
  uri: string,
  version: number | undefined,
  edits: ProtocolTextEdit[],
): TextDocumentEdit {
  return { textDocument: { uri, version: version ?? null }, edits };
}
