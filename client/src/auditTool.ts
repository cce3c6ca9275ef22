import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  type AuditFileResult,
  type AuditFinding,
  type AuditParams,
  type AuditResult,
  methods,
  severities,
} from "../../server/src/lsp/protocol";
import { mostToolFindings } from "./limits";

/** The name of the tool in the manifest. */
const toolName = "plimsoll_audit";

/** What a model passes in. */
interface ToolInput {
  /** Relative to a workspace folder, or absolute within one; the whole workspace where it is missing. */
  readonly path?: unknown;
}

/**
 * Lets chat audit a file or the workspace, where the editor has tools: not every one that takes extensions of VS Code has.
 *
 * @param client whose server does it
 */
export function registerAuditTool(client: BaseLanguageClient): vscode.Disposable {
  if (vscode.lm?.registerTool === undefined) return { dispose: () => undefined };
  return vscode.lm.registerTool<ToolInput | undefined>(toolName, {
    invoke: async ({ input }, token) =>
      new vscode.LanguageModelToolResult([
        new vscode.LanguageModelTextPart(JSON.stringify(await answer(client, input, token))),
      ]),
    prepareInvocation: ({ input }) => ({
      invocationMessage:
        typeof input?.path === "string"
          ? vscode.l10n.t("Auditing {0}", input.path)
          : vscode.l10n.t("Auditing the workspace"),
    }),
  });
}

async function answer(
  client: BaseLanguageClient,
  input: ToolInput | undefined,
  token: vscode.CancellationToken,
): Promise<object> {
  const path = typeof input?.path === "string" ? input.path : ".";
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  if (folders.length === 0) throw new Error("No folder is open, so there is nothing to audit.");
  if (path === "." || path === "") {
    const params: AuditParams = { folders: folders.map((uri) => uri.toString()) };
    const result = await client.sendRequest<AuditResult>(methods.audit, params, token);
    const { files, filesChecked, notChecked, failures } = result;
    const findings = files.flatMap(({ uri, findings: found }) => found.map((finding) => shown(uri, finding)));
    return { filesChecked, ...bounded(findings), notChecked, failures };
  }
  const uri = await fileIn(folders, path);
  const result = await client.sendRequest<AuditFileResult>(methods.auditFile, { uri: uri.toString() }, token);
  const findings = result.findings.map((finding) => shown(uri.toString(), finding));
  return { ...bounded(findings), notChecked: result.notChecked, failures: result.failures };
}

/** The file of a path in one of the folders; the server sees to it that no link leads out of them. */
async function fileIn(folders: readonly vscode.Uri[], path: string): Promise<vscode.Uri> {
  for (const folder of folders) {
    const within = path.startsWith(`${folder.path}/`) ? path.slice(folder.path.length + 1) : path;
    const uri = vscode.Uri.joinPath(folder, within);
    if (!uri.path.startsWith(`${folder.path}/`)) continue;
    const there = await vscode.workspace.fs.stat(uri).then(
      ({ type }) => (type & vscode.FileType.File) !== 0,
      () => false,
    );
    if (there) return uri;
  }
  throw new Error("There is no such file in the workspace.");
}

type Shown = Omit<AuditFinding, "range"> & { readonly uri: string; readonly line: number };

function shown(uri: string, { rule, severity, message, range }: AuditFinding): Shown {
  return { uri, rule, severity, message, line: range.start.line + 1 };
}

function bounded(findings: readonly Shown[]): object {
  const rank = ({ severity }: Shown): number => severities.indexOf(severity);
  const sorted = [...findings].sort((a, b) => rank(a) - rank(b));
  return {
    findings: sorted.slice(0, mostToolFindings),
    findingsLeftOut: Math.max(0, sorted.length - mostToolFindings),
  };
}
