import { type TextDocumentContentChangeEvent, TextDocuments } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { linesOf } from "../text/lines";
import { positionsOf } from "./convert";
import type { Encoding } from "./encoding";

/**
 * The open documents, kept in step by the client's incremental changes.
 * @param encoding how the client counts characters, known once it has initialized the server
 * @param edited called with the edits that each message brings, before they are made
 */
export function createTextDocuments(
  encoding: () => Encoding,
  edited: (uri: string, changes: readonly TextDocumentContentChangeEvent[]) => void,
): TextDocuments<TextDocument> {
  return new TextDocuments({
    create: TextDocument.create,
    update: (document, changes, version) => {
      edited(document.uri, changes);
      if (encoding() === "utf-16") return TextDocument.update(document, changes, version);
      // Each change counts from the text that the one before it has left.
      for (const change of changes)
        TextDocument.update(document, [inUtf16(document, change, encoding())], version);
      return document;
    },
  });
}

function inUtf16(
  document: TextDocument,
  change: TextDocumentContentChangeEvent,
  encoding: Encoding,
): TextDocumentContentChangeEvent {
  if (!("range" in change)) return change;
  const text = document.getText();
  const span = positionsOf(text, linesOf(text), encoding).span(change.range);
  return {
    range: { start: document.positionAt(span.start), end: document.positionAt(span.end) },
    text: change.text,
  };
}
