import {
  BulkRegistration,
  type BulkUnregistration,
  CodeActionRequest,
  type Connection,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  HoverRequest,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { describeError } from "./guard";
import type { Session } from "./session";

/** Documents with commands of a container engine, by language and by name; without Markdown, which audits alone read. */
const documentSelector = [
  { language: "shellscript" },
  { language: "powershell" },
  { language: "makefile" },
  { pattern: "**/*.{sh,bash,zsh,ksh,mk,ps1,psm1}" },
  { pattern: "**/{Makefile,makefile,GNUmakefile}" },
  { pattern: "**/.{github,gitea,forgejo}/workflows/*.{yml,yaml}" },
  { pattern: "**/action.{yml,yaml}" },
  { pattern: "**/*.gitlab-ci.{yml,yaml}" },
  { pattern: "**/.gitlab/**/*.{yml,yaml}" },
  { pattern: "**/{devcontainer,.devcontainer,devcontainer-feature}.json" },
];

/** Keeps the client in step with the setting that has scripts and pipelines checked as one types. */
export interface CommandDocuments {
  /** Asks for these documents where the setting is on somewhere, and gives them back where it is on nowhere. */
  update(): void;
}

/**
 * Asks the client for the documents that hold commands only while somebody wants them checked, so that an editor sends
 * no keystroke in any script to a server that would not look at it. A client that cannot be asked sends what it likes.
 */
export function createCommandDocuments(connection: Connection, session: Session): CommandDocuments {
  let registered: BulkUnregistration | undefined;
  let last = Promise.resolve();
  const update = async (): Promise<void> => {
    const scopes = session.folders.size === 0 ? [""] : [...session.folders];
    const settings = await Promise.all(scopes.map((uri) => session.settingsOf(uri)));
    const wanted = settings.some(({ enable, checkCommands }) => enable && checkCommands);
    if (wanted && registered === undefined) {
      const asked = registrationFor(session);
      registered = asked && (await connection.client.register(asked));
    } else if (!wanted && registered !== undefined) {
      registered.dispose();
      registered = undefined;
    }
  };
  return {
    update: () => {
      // One after the other: two changes in a row must not register twice.
      last = last
        .then(update)
        .catch((error: unknown) =>
          session.log.error(`client/registerCapability failed: ${describeError(error)}`),
        );
    },
  };
}

function registrationFor({ client }: Session): BulkRegistration | undefined {
  const { synchronization, diagnostic, codeAction, hover } = client.textDocument ?? {};
  if (synchronization?.dynamicRegistration !== true) return undefined;
  const bulk = BulkRegistration.create();
  bulk.add(DidOpenTextDocumentNotification.type, { documentSelector });
  bulk.add(DidChangeTextDocumentNotification.type, {
    documentSelector,
    syncKind: TextDocumentSyncKind.Incremental,
  });
  bulk.add(DidCloseTextDocumentNotification.type, { documentSelector });
  if (diagnostic?.dynamicRegistration === true) {
    const pull = { documentSelector, interFileDependencies: false, workspaceDiagnostics: false };
    bulk.add(DocumentDiagnosticRequest.type, pull);
  }
  if (codeAction?.dynamicRegistration === true)
    bulk.add(CodeActionRequest.type, { documentSelector, resolveProvider: true });
  if (hover?.dynamicRegistration === true) bulk.add(HoverRequest.type, { documentSelector });
  return bulk;
}
