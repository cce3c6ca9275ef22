import {
  CodeActionKind,
  type Connection,
  type ConnectionOptions,
  ErrorCodes,
  type InitializeParams,
  type InitializeResult,
  ResponseError,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import type { Rule } from "../engine/rule";
import type { Clock, Files, KeylessVerifier, RegistryPorts, ScannerPorts } from "../platform/ports";
import { chooseEncoding } from "./encoding";
import { describeError } from "./guard";
import type { DisplayLanguage } from "./languages";
import { createMessageGate } from "./messageGate";
import { fixAllKind, type InitializationOptions, type LanguageFiles } from "./protocol";

/** The outside world of a language server. */
export interface ServerPorts {
  /** The disk; `undefined` where there is none, so that files are asked of the client. */
  readonly disk: Files | undefined;
  readonly clock: Clock;
  /** What questions to registries need, loaded when the first one is asked; `undefined` where none can be. */
  readonly registryPorts?: () => Promise<RegistryPorts>;
  /** Verifies certificates of Sigstore's, loaded when a policy first names whose count; `undefined` where none can be. */
  readonly keylessVerifier?: () => Promise<KeylessVerifier>;
  /** Reads the texts of a language; `undefined` where there are none, and where the client brings them. */
  readonly languageFiles?: (language: DisplayLanguage) => Promise<LanguageFiles | undefined>;
  /** What running a scanner needs, loaded when the first one is wanted; `undefined` where none can be run. */
  readonly scannerPorts?: () => Promise<ScannerPorts>;
  /** Other rules than all there are. */
  readonly rules?: readonly Rule[];
  /** The version that the server tells its client. */
  readonly version: string;
}

/**
 * Serves the client at the other end of a connection until it says that it is done.
 *
 * The greeting is answered by what is loaded at once; parsers and rules, which cost most of the start, are loaded with
 * the next message, while the client is busy with the answer.
 *
 * @param connect makes the connection with the options that it is given
 */
export function startServer(connect: (options: ConnectionOptions) => Connection, ports: ServerPorts): void {
  let greeted: InitializeParams | undefined;
  const gate = createMessageGate(async () => {
    try {
      const { registerFeatures, speakingTo } = await import("./features");
      if (greeted !== undefined)
        registerFeatures(await speakingTo(connection, ports, greeted), ports, greeted);
    } catch (error) {
      connection.console.error(`The server could not be loaded: ${describeError(error)}`);
      connection.window.showErrorMessage(
        "Plimsoll could not be loaded, so nothing is checked: see its output.",
      );
    }
  });
  const connection = connect({ messageStrategy: gate });
  connection.onInitialize((params) => {
    if (greeted !== undefined)
      return new ResponseError(ErrorCodes.InvalidRequest, "The server is initialized already.");
    greeted = params;
    gate.hold();
    return greeting(params, ports.version);
  });
  connection.listen();
}

function greeting(params: InitializeParams, version: string): InitializeResult {
  const pulls = params.capabilities.textDocument?.diagnostic !== undefined;
  return {
    serverInfo: { name: "plimsoll", version },
    capabilities: {
      positionEncoding: chooseEncoding(params.capabilities.general?.positionEncodings),
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      hoverProvider: true,
      completionProvider: { triggerCharacters: [" ", ":", "=", ",", "/"], resolveProvider: true },
      inlayHintProvider: true,
      documentLinkProvider: { resolveProvider: false },
      // A lens is a command, and other clients know none of ours.
      ...(ownOptions(params) === undefined ? {} : { codeLensProvider: { resolveProvider: false } }),
      codeActionProvider: {
        codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, fixAllKind],
        resolveProvider: true,
      },
      ...(pulls
        ? {
            diagnosticProvider: {
              interFileDependencies: false,
              workspaceDiagnostics: pullsWorkspace(params),
            },
          }
        : {}),
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}

/**
 * Whether the client is to pull for the whole workspace. Our own shows published diagnostics beside pulled ones:
 * pulling for the workspace would make it ask every two seconds for ever, and keep the diagnostics of a closed
 * document until it has asked again.
 */
export function pullsWorkspace(params: InitializeParams): boolean {
  return params.capabilities.textDocument?.diagnostic !== undefined && ownOptions(params) === undefined;
}

/** What our own client says of itself; `undefined` for others. */
export function ownOptions({
  initializationOptions: options,
}: InitializeParams): InitializationOptions | undefined {
  const own = typeof options === "object" && options !== null && "filesThroughClient" in options;
  return own ? (options as InitializationOptions) : undefined;
}
