import {
  type CancellationToken,
  type Connection,
  WorkDoneProgress,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from "vscode-languageserver";
import { type AuditInput, auditFolders } from "../audit/audit";
import { isWithin, joinPath, parentOf, relativePath } from "../audit/paths";
import type { AuditResult as Audited } from "../audit/result";
import { maxAuditFiles } from "../limits";
import type { AuditedDiagnostics } from "./auditedDiagnostics";
import { toAuditDiagnostic, toAuditRange } from "./convert";
import { guardRequest } from "./guard";
import {
  type AuditParams,
  type AuditResult,
  type FindFilesParams,
  type FindFilesResult,
  methods,
  type NotChecked,
} from "./protocol";
import type { Session } from "./session";
import { underRepository } from "./settings";

/** A folder to audit: as the client spells it, and with its links followed. */
interface AuditFolder {
  readonly uri: string;
  readonly path: string;
  readonly real: string;
}

/** Audits whole folders on request, with progress, until done or cancelled. */
export function registerAudit(
  connection: Connection,
  session: Session,
  audited: AuditedDiagnostics,
  setup: { readonly version: string; readonly listsFolders: boolean },
): void {
  const nothing: AuditResult = {
    summary: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
    filesChecked: 0,
    notChecked: [],
    failures: ["The audit itself failed; the output says why."],
    files: [],
    reportHtml: "",
  };
  const handler = async (params: AuditParams, token: CancellationToken): Promise<AuditResult> => {
    const folders = await foldersOf(params.folders, session);
    const report = progressTo(connection, params.workDoneToken);
    report.begin();
    try {
      const found = setup.listsFolders ? undefined : await findThroughClient(connection, folders);
      const input = await inputFor(session, folders, setup.version, found?.paths);
      const result = await auditFolders({ ...input, signal: signalOf(token), onProgress: report.progress });
      if (token.isCancellationRequested) return nothing;
      const answer = answerOf(result, folders, found?.truncated === true, session);
      if (session.encoding === "utf-16") {
        audited.replace(
          answer.files.map(({ uri, file }) => ({
            uri,
            diagnostics: file.findings.map((finding) => toAuditDiagnostic(finding, uri)),
          })),
        );
      }
      const { rules, clock } = session;
      const date = new Date(clock.now()).toISOString().slice(0, 10);
      const { renderReports } = await import("./reports");
      return { ...answer.result, ...renderReports(result, rules, date, params.reportFormat) };
    } finally {
      report.end();
    }
  };
  connection.onRequest(methods.audit, guardRequest(methods.audit, session.log, nothing, handler));
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
    withPosture: true,
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

function answerOf(result: Audited, folders: readonly AuditFolder[], truncated: boolean, session: Session) {
  const uriOf = (location: string): string => {
    const folder = folders.find(({ real }) => isWithin(real, location));
    if (folder === undefined || folder.real === folder.path) return session.locations.uriOf(location);
    return session.locations.uriOf(joinPath(folder.path, relativePath(folder.real, location)));
  };
  const base = commonFolder(folders.map(({ real }) => real));
  const files = result.files
    .filter((file) => file.findings.length > 0)
    .map((file) => ({ uri: uriOf(file.location), file }))
    .sort((a, b) => (a.uri < b.uri ? -1 : 1));
  const notChecked: NotChecked[] = [
    ...result.files.flatMap(({ location, status, reason }) =>
      status === "checked" ? [] : [{ uri: uriOf(location), reason: reason ?? "It was not checked." }],
    ),
    ...result.notChecked.flatMap(({ rule, path, reason }) =>
      rule === undefined ? [{ uri: uriOf(fromBase(base, path)), reason }] : [],
    ),
  ];
  if (!result.complete || truncated) {
    const reason = "The audit reached a limit, so some files below were not looked at.";
    notChecked.push(...folders.map(({ uri }) => ({ uri, reason })));
  }
  const answer = {
    summary: result.summary.findings,
    filesChecked: result.summary.checked,
    notChecked,
    failures: result.failures.map(
      ({ rule, path, error }) => `${path}: ${rule === undefined ? "" : `${rule}: `}${error}`,
    ),
    files: files.map(({ uri, file }) => ({
      uri,
      findings: file.findings.map(({ rule, severity, message, range }) => ({
        rule,
        severity,
        message,
        range: toAuditRange(range),
      })),
    })),
  };
  return { files, result: answer };
}

/** A path of the result as an absolute one: it is relative to the base unless it shares nothing with it. */
function fromBase(base: string, path: string): string {
  if (path === ".") return base;
  return /^(?:\/|[A-Za-z][A-Za-z0-9+.-]{0,30}:)/.test(path) ? path : joinPath(base, path);
}

function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

function progressTo(connection: Connection, token: AuditParams["workDoneToken"]) {
  const send = (value: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd): void => {
    if (token !== undefined) void connection.sendProgress(WorkDoneProgress.type, token, value);
  };
  return {
    begin: () => send({ kind: "begin", title: "Auditing", percentage: 0, cancellable: true }),
    progress: ({ done, total }: { readonly done: number; readonly total: number }) =>
      send({
        kind: "report",
        percentage: Math.floor((100 * done) / Math.max(1, total)),
        message: `${done} of ${total} files`,
      }),
    end: () => send({ kind: "end" }),
  };
}
