import type { Connection } from "vscode-languageserver";
import { type AuditInput, auditFolders } from "../audit/audit";
import { isWithin, joinPath, parentOf, relativePath } from "../audit/paths";
import type { AuditResult as Audited } from "../audit/result";
import { maxAuditFiles } from "../limits";
import { type FindFilesParams, type FindFilesResult, methods } from "./protocol";
import type { Session } from "./session";
import { underRepository } from "./settings";

/** A folder to audit: as the client spells it, and with its links followed. */
interface AuditFolder {
  readonly uri: string;
  readonly path: string;
  readonly real: string;
}

/** An audit of some folders that is ready to start. */
export interface AuditRun {
  readonly folders: readonly { readonly uri: string }[];
  /** The folder that the result's paths are relative to. */
  readonly base: string;
  /** Whether the client named only some of its files. */
  readonly truncated: boolean;
  /** The URI of a file of the result, as the client spells its folder. */
  uriOf(location: string): string;
  start(
    watch: Pick<AuditInput, "signal" | "onProgress" | "onFile" | "withPosture" | "askRegistries">,
  ): Promise<Audited>;
}

/**
 * Prepares audits.
 * @param setup the version of the server, and whether it can list folders by itself
 */
export function createAuditRuns(
  connection: Connection,
  session: Session,
  setup: { readonly version: string; readonly listsFolders: boolean },
): (folders: readonly string[]) => Promise<AuditRun> {
  return async (uris) => {
    const folders = await foldersOf(uris, session);
    const found = setup.listsFolders ? undefined : await findThroughClient(connection, folders);
    const input = await inputFor(session, folders, setup.version, found?.paths);
    return {
      folders,
      base: input.base,
      truncated: found?.truncated === true,
      uriOf: (location) => {
        const folder = folders.find(({ real }) => isWithin(real, location));
        if (folder === undefined || folder.real === folder.path) return session.locations.uriOf(location);
        return session.locations.uriOf(joinPath(folder.path, relativePath(folder.real, location)));
      },
      start: (watch) => auditFolders({ ...input, ...watch }),
    };
  };
}

/** What the client offers where the server cannot list folders; the same names as `documents/kind.ts` knows. */
const patterns = [
  "**/[Dd]ockerfile",
  "**/[Dd]ockerfile.*",
  "**/*.[Dd]ockerfile",
  "**/[Cc]ontainerfile*",
  "**/compose*.{yml,yaml}",
  "**/docker-compose*.{yml,yaml}",
  "**/{daemon,docker-daemon}.json",
  "**/*.{sh,bash,zsh,ksh,mk,md,markdown}",
  "**/{Makefile,makefile,GNUmakefile}",
  "**/.{github,gitea,forgejo}/workflows/*.{yml,yaml}",
  "**/action.{yml,yaml}",
  "**/*.gitlab-ci.{yml,yaml}",
  "**/.gitlab/**/*.{yml,yaml}",
  "**/{devcontainer,.devcontainer,devcontainer-feature}.json",
  "**/plimsoll.yaml",
];

async function findThroughClient(
  connection: Connection,
  folders: readonly AuditFolder[],
): Promise<{ readonly paths: readonly string[]; readonly truncated: boolean }> {
  const paths: string[] = [];
  let truncated = false;
  for (const { uri } of folders) {
    const exclude = ["**/node_modules/**", "**/.git/**"];
    const params: FindFilesParams = { folder: uri, patterns, exclude, limit: maxAuditFiles };
    const found = await connection.sendRequest<FindFilesResult>(methods.findFiles, params);
    paths.push(...found.uris);
    truncated ||= found.truncated;
  }
  return { paths, truncated };
}

async function foldersOf(uris: readonly string[], session: Session): Promise<readonly AuditFolder[]> {
  const folders: AuditFolder[] = [];
  for (const uri of uris) {
    const path = session.locations.pathOf(uri);
    if (path !== undefined) folders.push({ uri, path, real: (await session.files.realPath(path)) ?? path });
  }
  return folders;
}

async function inputFor(
  session: Session,
  folders: readonly AuditFolder[],
  version: string,
  named: readonly string[] | undefined,
): Promise<AuditInput> {
  const { files, rules, clock } = session;
  const reals = folders.map(({ real }) => real);
  // One report has one configuration beneath those of the repositories: that of the first folder.
  const settings = await session.settingsOf(folders[0]?.uri ?? "");
  return {
    folders: named === undefined ? reals : [],
    ...(named === undefined ? {} : { named }),
    boundaryOf: (path) => reals.find((real) => isWithin(real, path)) ?? parentOf(path) ?? path,
    base: commonFolder(reals),
    files,
    rules,
    version,
    clock,
    vulnerabilities: session.vulnerabilities(),
    adjust: (config) => underRepository(settings, config),
  };
}

function commonFolder(paths: readonly string[]): string {
  let common = paths[0] ?? "/";
  while (!paths.every((path) => isWithin(common, path))) {
    const parent = parentOf(common);
    if (parent === undefined) break;
    common = parent;
  }
  return common;
}
