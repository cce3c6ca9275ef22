import { Disposable, FileSystemError, FileType, l10n, RelativePattern, Uri, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  type FindFilesParams,
  type FindFilesResult,
  methods,
  type ReadFileParams,
  type ReadFileResult,
  type StatParams,
  type StatResult,
} from "../../server/src/lsp/protocol";

/**
 * Answers the server's questions about files, so that it works where it has no disk: in a browser and in virtual
 * workspaces.
 *
 * @param client whose server asks
 */
export function serveFiles(client: BaseLanguageClient): Disposable {
  return Disposable.from(
    client.onRequest<ReadFileResult, void>(methods.readFile, readFile),
    client.onRequest<FindFilesResult, void>(methods.findFiles, findFiles),
    client.onRequest<StatResult, void>(methods.stat, stat),
  );
}

async function readFile({ uri, maxBytes }: ReadFileParams): Promise<ReadFileResult> {
  try {
    const file = Uri.parse(uri, true);
    const { size } = await workspace.fs.stat(file);
    if (size > maxBytes)
      return {
        error: "too-large",
        reason: l10n.t("The file has {0} bytes, the limit is {1}.", size, maxBytes),
      };
    const bytes = await workspace.fs.readFile(file);
    // A text file has no NUL; where a binary file has its first one, a few kilobytes show.
    if (bytes.subarray(0, 8192).includes(0))
      return { error: "binary", reason: l10n.t("The file is binary.") };
    // A byte-order mark is dropped, as an editor does, so that offsets agree with those of an open document.
    return { text: new TextDecoder().decode(bytes) };
  } catch (error) {
    if (isMissing(error)) return { error: "missing", reason: l10n.t("The file does not exist.") };
    return { error: "unreadable", reason: error instanceof Error ? error.message : String(error) };
  }
}

async function findFiles(params: FindFilesParams): Promise<FindFilesResult> {
  const folder = Uri.parse(params.folder, true);
  const exclude =
    params.exclude === undefined ? undefined : new RelativePattern(folder, `{${params.exclude.join(",")}}`);
  const uris = new Set<string>();
  for (const pattern of params.patterns) {
    const wanted = params.limit + 1;
    for (const uri of await workspace.findFiles(new RelativePattern(folder, pattern), exclude, wanted)) {
      uris.add(uri.toString());
    }
  }
  const sorted = [...uris].sort();
  return { uris: sorted.slice(0, params.limit), truncated: sorted.length > params.limit };
}

async function stat({ uri }: StatParams): Promise<StatResult> {
  try {
    const { type, size, mtime } = await workspace.fs.stat(Uri.parse(uri, true));
    // A symbolic link has its own bit beside that of its target.
    const kind = type & FileType.File ? "file" : type & FileType.Directory ? "folder" : "other";
    return { kind, size, mtime };
  } catch (error) {
    return { kind: isMissing(error) ? "missing" : "other", size: 0, mtime: 0 };
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof FileSystemError && error.code === "FileNotFound";
}
