import { type Diagnostic, type Disposable, languages, type TextDocument, type Uri, workspace } from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import { methods, type NeighbourFinding, type NeighbourParams } from "../../server/src/lsp/protocol";
import { documentSelector } from "./client";

/**
 * What other extensions that look at the same files write as the source of their diagnostics: hadolint, Trivy, Docker
 * DX, the server that Container Tools and Docker DX share, and SonarQube for IDE under both of its names.
 */
const sources: ReadonlySet<string> = new Set([
  "hadolint",
  "trivy",
  "docker-language-server",
  "dockerfile-utils",
  "sonarqube",
  "sonarlint",
]);

/** Diagnostics that change together are told together, after this many milliseconds. */
const restTime = 100;

/**
 * Tells the server what the neighbours show in open documents, so that nothing stands there twice. What counts is what
 * they show, not that they are installed: a neighbour whose scanner does not run must not hide anything.
 */
export function watchNeighbours(client: BaseLanguageClient): Disposable {
  const told = new Map<string, string>();
  const waiting = new Map<string, Uri>();
  let timer: NodeJS.Timeout | undefined;

  const tell = (uri: Uri): void => {
    const key = uri.toString();
    const shown = shownBy(languages.getDiagnostics(uri));
    const text = JSON.stringify(shown);
    if (text === (told.get(key) ?? "[]")) return;
    told.set(key, text);
    const params: NeighbourParams = { uri: client.code2ProtocolConverter.asUri(uri), shown };
    void client.sendNotification(methods.neighbours, params);
  };
  const flush = (): void => {
    timer = undefined;
    const uris = [...waiting.values()];
    waiting.clear();
    if (client.state === State.Running) for (const uri of uris) tell(uri);
  };
  const isOurs = (document: TextDocument): boolean => languages.match(documentSelector, document) > 0;
  const look = (uris: readonly Uri[]): void => {
    const keys = new Set(uris.map(String));
    for (const document of workspace.textDocuments)
      if (keys.has(document.uri.toString()) && isOurs(document))
        waiting.set(String(document.uri), document.uri);
    if (waiting.size > 0 && timer === undefined) timer = setTimeout(flush, restTime);
  };
  const lookAtAll = (): void => look(workspace.textDocuments.map(({ uri }) => uri));
  const listeners = [
    languages.onDidChangeDiagnostics(({ uris }) => look(uris)),
    workspace.onDidOpenTextDocument(({ uri }) => look([uri])),
    workspace.onDidCloseTextDocument(({ uri }) => told.delete(uri.toString())),
    client.onDidChangeState(({ newState }) => {
      // A server that was started again knows nothing.
      if (newState !== State.Running) return;
      told.clear();
      lookAtAll();
    }),
  ];
  return {
    dispose: () => {
      clearTimeout(timer);
      for (const listener of listeners) listener.dispose();
    },
  };
}

function shownBy(diagnostics: readonly Diagnostic[]): readonly NeighbourFinding[] {
  return diagnostics.flatMap(({ source, code, range }) => {
    const id = typeof code === "object" ? code.value : code;
    if (source === undefined || id === undefined || !sources.has(source.toLowerCase())) return [];
    // A range that ends where a line begins does not touch that line.
    const to = range.end.character === 0 ? Math.max(range.start.line, range.end.line - 1) : range.end.line;
    return [{ code: String(id), from: range.start.line, to }];
  });
}
