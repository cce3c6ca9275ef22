/**
 * The least that a language server on the same library can do: it keeps documents in step and publishes one diagnostic
 * that counts the lines. What it takes is the price of Node, of the library and of the transport, not of any checking.
 */
import {
  createConnection,
  type Diagnostic,
  DocumentDiagnosticReportKind,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";

const connection = createConnection();
const documents = new TextDocuments(TextDocument);

connection.onInitialize(({ capabilities }) => {
  const pulls = capabilities.textDocument?.diagnostic !== undefined;
  if (!pulls) {
    documents.onDidChangeContent(({ document }) =>
      connection.sendDiagnostics({ uri: document.uri, diagnostics: [countLines(document)] }),
    );
  }
  connection.languages.diagnostics.on(({ textDocument }) => {
    const document = documents.get(textDocument.uri);
    return {
      kind: DocumentDiagnosticReportKind.Full,
      items: document === undefined ? [] : [countLines(document)],
    };
  });
  documents.listen(connection);
  return {
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      ...(pulls ? { diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false } } : {}),
    },
  };
});
connection.listen();

function countLines(document: TextDocument): Diagnostic {
  const text = document.getText();
  let lines = 1;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) === 10) lines++;
  return {
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
    message: `${lines} lines`,
  };
}
