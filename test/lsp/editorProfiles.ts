import type { InitializeParams } from "vscode-languageserver/node";

/** How one editor greets a server, as far as it decides what the server answers. */
export interface EditorProfile {
  readonly name: string;
  /** What it calls the language of a Dockerfile and of a Compose file. */
  readonly languages: readonly [dockerfile: string, compose: string];
  /** Whether it asks for diagnostics; else it waits for them. */
  readonly pulls: boolean;
  /** The encoding that must come of what it offers. */
  readonly encoding: "utf-8" | "utf-16" | "utf-32";
  /** Whether it answers `workspace/configuration`; else it pushes its settings. */
  readonly answersConfiguration: boolean;
  readonly capabilities: InitializeParams["capabilities"];
  /** Only the root, as editors without several folders have it. */
  readonly withoutFolders?: true;
}

const literals = {
  codeActionLiteralSupport: { codeActionKind: { valueSet: ["", "quickfix", "refactor", "source"] } },
};
const resolvedLater = { ...literals, dataSupport: true, resolveSupport: { properties: ["edit"] } };

/**
 * Editors by what sets them apart. Each follows what the editor's own client sends: Neovim's
 * `protocol.make_client_capabilities`, Helix' `helix-lsp/src/client.rs`, Zed's `crates/lsp`, eglot's
 * `eglot-client-capabilities`, lsp-mode's `lsp--client-capabilities`, Sublime LSP's `sessions.py`, LSP4IJ's
 * `ClientCapabilitiesFactory`, Kate's `lspclientserver.cpp`.
 */
export const editorProfiles: readonly EditorProfile[] = [
  {
    name: "Neovim",
    languages: ["dockerfile", "yaml.docker-compose"],
    pulls: true,
    encoding: "utf-16",
    answersConfiguration: true,
    capabilities: {
      general: { positionEncodings: ["utf-8", "utf-16", "utf-32"] },
      workspace: {
        configuration: true,
        workspaceFolders: true,
        didChangeWatchedFiles: { dynamicRegistration: false },
        workspaceEdit: { documentChanges: true, resourceOperations: ["rename", "create", "delete"] },
      },
      textDocument: {
        diagnostic: { dynamicRegistration: false },
        publishDiagnostics: { relatedInformation: true },
        codeAction: { ...resolvedLater, isPreferredSupport: true },
        completion: {
          completionItem: { snippetSupport: true, documentationFormat: ["markdown", "plaintext"] },
        },
        hover: { contentFormat: ["markdown", "plaintext"] },
      },
    },
  },
  {
    name: "Helix",
    languages: ["dockerfile", "docker-compose"],
    pulls: true,
    encoding: "utf-16",
    answersConfiguration: true,
    capabilities: {
      general: { positionEncodings: ["utf-8", "utf-32", "utf-16"] },
      workspace: {
        configuration: true,
        workspaceFolders: true,
        didChangeWatchedFiles: { dynamicRegistration: true },
        diagnostics: { refreshSupport: true },
        workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename", "delete"] },
      },
      textDocument: {
        diagnostic: { dynamicRegistration: false, relatedDocumentSupport: true },
        publishDiagnostics: { versionSupport: true },
        codeAction: resolvedLater,
        completion: { completionItem: { snippetSupport: true } },
        hover: { contentFormat: ["markdown"] },
      },
    },
  },
  {
    name: "Zed",
    languages: ["dockerfile", "yaml"],
    pulls: true,
    encoding: "utf-16",
    answersConfiguration: true,
    capabilities: {
      general: { positionEncodings: ["utf-16"] },
      workspace: {
        configuration: true,
        workspaceFolders: true,
        didChangeWatchedFiles: { dynamicRegistration: true },
        workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename", "delete"] },
      },
      textDocument: {
        diagnostic: { dynamicRegistration: true },
        codeAction: resolvedLater,
        completion: {
          completionItem: { snippetSupport: true, documentationFormat: ["markdown", "plaintext"] },
        },
        hover: { contentFormat: ["markdown"] },
      },
    },
  },
  {
    name: "Emacs with eglot",
    languages: ["dockerfile", "yaml"],
    pulls: false,
    encoding: "utf-16",
    answersConfiguration: true,
    capabilities: {
      general: { positionEncodings: ["utf-32", "utf-8", "utf-16"] },
      workspace: {
        configuration: true,
        workspaceFolders: true,
        didChangeWatchedFiles: { dynamicRegistration: true },
        workspaceEdit: { documentChanges: true },
      },
      textDocument: {
        publishDiagnostics: { relatedInformation: false, versionSupport: true },
        codeAction: { dynamicRegistration: false, ...resolvedLater, isPreferredSupport: true },
        completion: { completionItem: { snippetSupport: false, documentationFormat: ["plaintext"] } },
        hover: { contentFormat: ["plaintext"] },
      },
    },
  },
  {
    name: "Emacs with lsp-mode",
    languages: ["dockerfile", "yaml"],
    pulls: false,
    encoding: "utf-16",
    answersConfiguration: true,
    capabilities: {
      general: { positionEncodings: ["utf-32", "utf-16"] },
      workspace: {
        configuration: true,
        workspaceFolders: true,
        didChangeWatchedFiles: { dynamicRegistration: true },
        workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename", "delete"] },
      },
      textDocument: {
        publishDiagnostics: { versionSupport: true },
        codeAction: { dynamicRegistration: true, ...resolvedLater },
        completion: {
          completionItem: { snippetSupport: false, documentationFormat: ["markdown", "plaintext"] },
        },
      },
    },
  },
  {
    name: "Sublime Text",
    languages: ["dockerfile", "yaml"],
    pulls: true,
    encoding: "utf-16",
    answersConfiguration: true,
    capabilities: {
      general: { positionEncodings: ["utf-16"] },
      workspace: {
        configuration: true,
        workspaceFolders: true,
        didChangeConfiguration: { dynamicRegistration: true },
        workspaceEdit: { documentChanges: true },
      },
      textDocument: {
        diagnostic: { dynamicRegistration: true, relatedDocumentSupport: true },
        publishDiagnostics: { versionSupport: true },
        codeAction: { dynamicRegistration: true, ...resolvedLater, isPreferredSupport: true },
        completion: {
          completionItem: { snippetSupport: true, documentationFormat: ["markdown", "plaintext"] },
        },
      },
    },
  },
  {
    name: "JetBrains with LSP4IJ",
    languages: ["dockerfile", "yaml"],
    pulls: true,
    encoding: "utf-16",
    answersConfiguration: true,
    capabilities: {
      workspace: {
        configuration: true,
        workspaceFolders: true,
        didChangeWatchedFiles: { dynamicRegistration: true },
        workspaceEdit: { documentChanges: true, resourceOperations: ["create", "delete", "rename"] },
      },
      textDocument: {
        diagnostic: {},
        publishDiagnostics: {},
        codeAction: resolvedLater,
        completion: {
          completionItem: { snippetSupport: true, documentationFormat: ["markdown", "plaintext"] },
        },
      },
    },
  },
  {
    name: "Kate",
    languages: ["dockerfile", "yaml"],
    pulls: false,
    encoding: "utf-16",
    answersConfiguration: false,
    withoutFolders: true,
    capabilities: {
      textDocument: {
        publishDiagnostics: { relatedInformation: true },
        codeAction: literals,
        completion: {
          completionItem: { snippetSupport: false, documentationFormat: ["markdown", "plaintext"] },
        },
        hover: { contentFormat: ["markdown", "plaintext"] },
      },
    },
  },
  {
    name: "an editor that counts bytes",
    languages: ["dockerfile", "yaml"],
    pulls: false,
    encoding: "utf-8",
    answersConfiguration: false,
    capabilities: {
      general: { positionEncodings: ["utf-8"] },
      textDocument: { publishDiagnostics: {}, codeAction: literals },
    },
  },
  {
    name: "an editor that counts characters",
    languages: ["Dockerfile", "dockercompose"],
    pulls: true,
    encoding: "utf-32",
    answersConfiguration: true,
    capabilities: {
      general: { positionEncodings: ["utf-32"] },
      workspace: { configuration: true },
      textDocument: { diagnostic: {}, codeAction: literals },
    },
  },
];
