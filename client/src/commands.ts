import {
  commands,
  Disposable,
  type Extension,
  env,
  type LogOutputChannel,
  l10n,
  Uri,
  window,
  workspace,
} from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  type AuditResult,
  clientCommands,
  fixAllKind,
  type HardenParams,
  type IgnoreTarget,
  methods,
  type PostureView,
  type ReportFormat,
  type RuleSummary,
  type ScanParams,
} from "../../server/src/lsp/protocol";
import { auditWorkspace, describeAudit } from "./audit";
import { auditCommands } from "./auditCommands";
import type { AuditView } from "./auditView";
import { openConfiguration } from "./configurationFile";
import { fixWorkspace } from "./fixWorkspace";
import { openSample, openWalkthrough, showSampleFixes } from "./gettingStarted";
import { pinAllInFile, pinAllInWorkspace } from "./pins";
import { showPosture } from "./posture";
import { harden, ignoreFinding } from "./preparedEdits";
import { type ReportPanel, writeReport } from "./reportPanel";
import { showRulePage } from "./rulePages";
import { scanImages } from "./scans";
import { toggleFindings } from "./status";
import { copyDebugInfo, reportFalsePositive } from "./support";

export interface CommandSetup {
  readonly client: BaseLanguageClient;
  readonly output: LogOutputChannel;
  readonly auditView: AuditView;
  readonly reportPanel: ReportPanel;
  readonly extension: Extension<unknown>;
  /** A folder of the extension's own. */
  readonly storage: Uri;
}

/** Registers everything that the manifest contributes to the Command Palette. */
export function registerCommands(setup: CommandSetup): Disposable {
  const { client, output, auditView, reportPanel, storage } = setup;
  const { extensionUri } = setup.extension;
  let last: AuditResult | undefined;

  const audit = async (reportFormat?: ReportFormat): Promise<AuditResult | undefined> => {
    const result = await auditWorkspace(client, reportFormat);
    if (result === undefined) return undefined;
    last = result;
    auditView.show(result);
    output.info(describeAudit(result));
    for (const failure of result.failures) output.error(failure);
    return result;
  };
  const openReport = async (): Promise<void> => {
    const result = last ?? (await audit());
    if (result !== undefined) reportPanel.show(result.reportHtml);
  };

  const handlers: Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>> = {
    ...auditCommands(client, auditView),
    "plimsoll.auditWorkspace": async () => {
      const result = await audit();
      if (result !== undefined) void offerReport(result, openReport);
      return result;
    },
    "plimsoll.openReport": openReport,
    "plimsoll.openReportInBrowser": async () => {
      const result = last ?? (await audit());
      if (result !== undefined) await env.openExternal(await writeReport(storage, result.reportHtml));
    },
    "plimsoll.saveReport": () => saveReport(audit),
    "plimsoll.fixAllInFile": async () => {
      await commands.executeCommand("editor.action.sourceAction", { kind: fixAllKind, apply: "first" });
    },
    "plimsoll.fixAllInWorkspace": () => fixWorkspace(client),
    "plimsoll.pinAllInFile": () => pinAllInFile(client, output),
    [clientCommands.scan]: (params) =>
      scanImages(client, output, isObject(params) && "uri" in params ? (params as ScanParams) : undefined),
    "plimsoll.pinAllInWorkspace": () => pinAllInWorkspace(client, output),
    [clientCommands.explainRule]: async (id) => {
      const chosen = typeof id === "string" ? id : await pickRule(client, l10n.t("Explain Rule"));
      if (chosen !== undefined) await showRulePage(chosen);
    },
    [clientCommands.ignore]: async (target) => {
      if (isObject(target)) await ignoreFinding(client, target as IgnoreTarget);
    },
    [clientCommands.fixRuleInWorkspace]: async (rule) => {
      const chosen =
        typeof rule === "string" ? rule : await pickRule(client, l10n.t("Fix All of a Rule in Workspace"));
      if (chosen !== undefined) await fixWorkspace(client, chosen);
    },
    [clientCommands.harden]: async (place) => {
      if (isObject(place)) await harden(client, place as HardenParams);
    },
    [clientCommands.showPosture]: async (view) => {
      if (isObject(view)) await showPosture(view as PostureView);
    },
    "plimsoll.reportFalsePositive": async () => reportFalsePositive(client),
    "plimsoll.copyDebugInfo": async () => copyDebugInfo(client, setup.extension),
    "plimsoll.restartServer": async () => {
      if (client.needsStop()) await client.stop();
      await client.start();
    },
    "plimsoll.openConfiguration": openConfiguration,
    "plimsoll.toggle": toggleFindings,
    "plimsoll.showOutput": async () => output.show(),
    "plimsoll.getStarted": openWalkthrough,
    "plimsoll.openSample": async (kind) => void (await openSample(extensionUri, kind)),
    "plimsoll.showSampleFixes": () => showSampleFixes(extensionUri),
  };
  return Disposable.from(
    ...Object.entries(handlers).map(([id, handler]) =>
      commands.registerCommand(id, (...args: readonly unknown[]) =>
        guard(output, id, () => handler(...args)),
      ),
    ),
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Runs a command; a failure is logged whole and told in one line. */
async function guard(output: LogOutputChannel, id: string, run: () => Promise<unknown>): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    output.error(`${id} failed.`, error);
    const reason = error instanceof Error ? error.message : String(error);
    const show = l10n.t("Show Output");
    void window.showErrorMessage(`Plimsoll: ${reason}`, show).then((choice) => {
      if (choice === show) output.show();
    });
    return undefined;
  }
}

async function offerReport(result: AuditResult, openReport: () => Promise<void>): Promise<void> {
  const open = l10n.t("Open Report");
  const problems = l10n.t("Show Problems");
  const show = result.failures.length > 0 ? window.showWarningMessage : window.showInformationMessage;
  const choice = await show(describeAudit(result), open, problems);
  if (choice === open) await openReport();
  if (choice === problems) await commands.executeCommand("workbench.actions.view.problems");
}

/** The ending of a report's file name tells its format. */
const formatOfEnding: ReadonlyMap<string, ReportFormat> = new Map([
  ["html", "html"],
  ["sarif", "sarif"],
  ["json", "json"],
  ["md", "markdown"],
  ["csv", "csv"],
]);

async function saveReport(audit: (format?: ReportFormat) => Promise<AuditResult | undefined>): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const target = await window.showSaveDialog({
    title: l10n.t("Save Report"),
    filters: { HTML: ["html"], SARIF: ["sarif"], JSON: ["json"], Markdown: ["md"], CSV: ["csv"] },
    ...(folder && { defaultUri: Uri.joinPath(folder, "plimsoll-report.html") }),
  });
  if (target === undefined) return;
  const format = formatOfEnding.get(target.path.split(".").at(-1)?.toLowerCase() ?? "") ?? "html";
  const result = await audit(format);
  if (result === undefined) return;
  const text = format === "html" ? result.reportHtml : result.report;
  if (text === undefined) throw new Error(l10n.t("The server made no {0} report.", format));
  await workspace.fs.writeFile(target, new TextEncoder().encode(text));
}

async function pickRule(client: BaseLanguageClient, title: string): Promise<string | undefined> {
  const rules = client.sendRequest<readonly RuleSummary[]>(methods.rules);
  const items = rules.then((list) =>
    list.map(({ id, title, severity, category }) => ({
      label: id,
      description: `${severity}, ${category}`,
      detail: title,
    })),
  );
  const options = {
    title,
    placeHolder: l10n.t("Which rule?"),
    matchOnDetail: true,
    matchOnDescription: true,
  };
  return (await window.showQuickPick(items, options))?.label;
}
