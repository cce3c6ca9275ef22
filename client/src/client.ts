import { type FileSystemWatcher, type LogOutputChannel, l10n, type TextDocument, workspace } from "vscode";
import {
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  type LanguageClientOptions,
  RevealOutputChannelOn,
} from "vscode-languageclient";
import {
  configurationSection,
  type InitializationOptions,
  type LanguageFiles,
} from "../../server/src/lsp/protocol";
import { completionMiddleware, readsSchemas } from "./completion";
import { settledSettings } from "./composeValidation";
import { mostRestarts } from "./limits";

/**
 * The documents that the server is told about. No scheme is given, so that unsaved, virtual and remote documents count
 * too. Compose files are YAML to an editor that knows no better, hence the patterns.
 */
export const documentSelector: ({ language: string; pattern?: string } | { pattern: string })[] = [
  { language: "dockerfile" },
  { language: "dockercompose" },
  { language: "yaml", pattern: "**/{compose,docker-compose}*.{yml,yaml}" },
  { pattern: "**/Containerfile*" },
  { pattern: "**/*.dockerfile" },
  { pattern: "**/.dockerignore" },
  { pattern: "**/*.dockerignore" },
  { pattern: "**/{daemon,docker-daemon}.json" },
  { pattern: "**/plimsoll.yaml" },
];

/**
 * @param setup the log, the watchers whose events the server gets, and whether it must read files through the client
 * @returns the options of the language client, the same on every platform
 */
export function clientOptions(setup: {
  readonly output: LogOutputChannel;
  readonly watchers: FileSystemWatcher[];
  readonly filesThroughClient: boolean;
  /** What the server's texts are read from, where it cannot read them by itself and they have been read. */
  readonly languageFiles?: () => LanguageFiles | undefined;
}): LanguageClientOptions {
  return {
    documentSelector,
    outputChannel: setup.output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    diagnosticCollectionName: "plimsoll",
    diagnosticPullOptions: {
      onChange: true,
      onSave: true,
      // True for what is not to be asked for.
      filter: (document, mode) => mode !== (onSaveOnly(document) ? "onSave" : "onType"),
    },
    synchronize: { configurationSection, fileEvents: setup.watchers },
    errorHandler: errorHandler(),
    middleware: { ...completionMiddleware, workspace: { configuration: settledSettings } },
    initializationOptions: (): InitializationOptions => {
      const languageFiles = setup.languageFiles?.();
      return {
        filesThroughClient: setup.filesThroughClient,
        trusted: workspace.isTrusted,
        readsSchemas: readsSchemas(),
        ...(languageFiles === undefined ? {} : { languageFiles }),
      };
    },
  };
}

function onSaveOnly(document: TextDocument): boolean {
  return workspace.getConfiguration(configurationSection, document).get("run") === "onSave";
}

const restartWindowMs = 3 * 60 * 1000;

/** Restarts a server that crashed without a word; tells the user once, when it is given up. */
function errorHandler(): ErrorHandler {
  let crashes: number[] = [];
  return {
    error: (_error, _message, count) => ({
      action: count !== undefined && count <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown,
    }),
    closed: () => {
      const now = Date.now();
      crashes = [...crashes.filter((time) => now - time < restartWindowMs), now];
      if (crashes.length <= mostRestarts) return { action: CloseAction.Restart, handled: true };
      return {
        action: CloseAction.DoNotRestart,
        message: l10n.t(
          "The Plimsoll server crashed {0} times in three minutes and was not started again.",
          crashes.length,
        ),
      };
    },
  };
}
