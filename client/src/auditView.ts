import {
  commands,
  type Disposable,
  EventEmitter,
  l10n,
  type Memento,
  Range,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
  workspace,
} from "vscode";
import type { AuditedImage, AuditResult, Severity } from "../../server/src/lsp/protocol";
import { childrenOf, type Grouping, groupings, type Node, rootsOf } from "./auditTree";
import { severityName } from "./severityName";

/** The tree of the last audit's results, in a view that is there only once there was an audit. */
export interface AuditView extends Disposable {
  show(result: AuditResult): void;
  groupBy(grouping: Grouping): void;
}

const groupingKey = "plimsoll.grouping";

/** @param state where the grouping is remembered */
export function createAuditView(state: Memento): AuditView {
  let result: AuditResult | undefined;
  let grouping = groupings.find((one) => one === state.get(groupingKey)) ?? "file";
  const changed = new EventEmitter<undefined>();
  const provider: TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: treeItem,
    getChildren: (node) => {
      if (node !== undefined) return [...childrenOf(node)];
      return result === undefined ? [] : [...rootsOf(result, grouping)];
    },
  };
  const view = window.createTreeView("plimsoll.audit", { treeDataProvider: provider, showCollapseAll: true });
  const tellGrouping = (): void => {
    view.description = groupingText(grouping);
    void commands.executeCommand("setContext", groupingKey, grouping);
  };
  tellGrouping();
  return {
    show: (next) => {
      result = next;
      const count = next.files.reduce((sum, file) => sum + file.findings.length, 0);
      view.message =
        count > 0
          ? ""
          : next.filesChecked === 1
            ? l10n.t("Nothing found in 1 file.")
            : l10n.t("Nothing found in {0} files.", next.filesChecked);
      void commands.executeCommand("setContext", "plimsoll.audited", true);
      changed.fire(undefined);
    },
    groupBy: (next) => {
      grouping = next;
      void state.update(groupingKey, next);
      tellGrouping();
      changed.fire(undefined);
    },
    dispose: () => {
      view.dispose();
      changed.dispose();
    },
  };
}

function treeItem(node: Node): TreeItem {
  switch (node.kind) {
    case "file": {
      const item = new TreeItem(Uri.parse(node.file.uri), TreeItemCollapsibleState.Expanded);
      item.iconPath = ThemeIcon.File;
      item.description = true;
      item.tooltip = counted(node.file.findings.length);
      return item;
    }
    case "rule":
      return groupItem(node.rule, node.gravest, node.findings.length, "rule");
    case "severity":
      return groupItem(severityName(node.severity), node.severity, node.findings.length, "severity");
    case "finding":
      return findingItem(node);
    case "images": {
      const item = new TreeItem(l10n.t("Images"), TreeItemCollapsibleState.Collapsed);
      item.description = String(node.images.length);
      item.iconPath = new ThemeIcon("package");
      return item;
    }
    case "image":
      return imageItem(node.image);
    case "toldOfImage": {
      const item = new TreeItem(node.name);
      item.description = node.text;
      item.tooltip = node.text;
      item.accessibilityInformation = { label: `${node.name}: ${node.text}` };
      return item;
    }
    case "imagePlace":
      return placeItem(node.uri, node.line);
    case "notChecked": {
      const item = new TreeItem(l10n.t("Not checked"), TreeItemCollapsibleState.Collapsed);
      item.description = String(node.files.length);
      item.iconPath = new ThemeIcon("circle-slash");
      return item;
    }
    case "notCheckedFile": {
      const uri = Uri.parse(node.file.uri);
      const item = new TreeItem(uri);
      item.description = node.file.reason;
      item.tooltip = node.file.reason;
      item.command = { command: "vscode.open", title: l10n.t("Open"), arguments: [uri] };
      return item;
    }
  }
}

/** What a registry says of an image. */
function imageItem({ image, summary, told, unknown }: AuditedImage): TreeItem {
  const item = new TreeItem(image, TreeItemCollapsibleState.Collapsed);
  const text = unknown ?? told.map((part) => `${part.name}: ${part.text}`).join("\n");
  item.description = summary;
  item.tooltip = text;
  item.iconPath = new ThemeIcon(unknown === undefined ? "package" : "circle-slash");
  item.accessibilityInformation = { label: `${image}: ${text}` };
  return item;
}

function placeItem(uri: string, line: number): TreeItem {
  const item = new TreeItem(workspace.asRelativePath(Uri.parse(uri)));
  item.description = l10n.t("line {0}", line + 1);
  item.iconPath = ThemeIcon.File;
  const selection = new Range(line, 0, line, 0);
  item.command = {
    command: "vscode.open",
    title: l10n.t("Open"),
    arguments: [Uri.parse(uri), { selection }],
  };
  return item;
}

function groupItem(label: string, severity: Severity, count: number, context: string): TreeItem {
  const item = new TreeItem(label, TreeItemCollapsibleState.Collapsed);
  item.description = String(count);
  item.iconPath = icons[severity];
  item.tooltip = counted(count);
  item.contextValue = context;
  const gravest = context === "rule" ? `, ${l10n.t("at most {0}", severityName(severity))}` : "";
  item.accessibilityInformation = { label: `${label}: ${counted(count)}${gravest}` };
  return item;
}

function findingItem({ uri, finding, under }: Extract<Node, { kind: "finding" }>): TreeItem {
  const { start, end } = finding.range;
  const line = l10n.t("line {0}", start.line + 1);
  const place = workspace.asRelativePath(Uri.parse(uri));
  const item = new TreeItem(finding.message);
  item.description =
    under === "file"
      ? `${finding.rule}, ${line}`
      : under === "rule"
        ? `${place}, ${line}`
        : `${finding.rule}, ${place}, ${line}`;
  item.tooltip = `${severityName(finding.severity)}: ${finding.message}\n${finding.rule}, ${place}, ${line}`;
  item.iconPath = icons[finding.severity];
  item.contextValue = "finding";
  item.accessibilityInformation = {
    label: `${severityName(finding.severity)}: ${finding.message} ${place}, ${line}`,
  };
  const selection = new Range(start.line, start.character, end.line, end.character);
  item.command = {
    command: "vscode.open",
    title: l10n.t("Open"),
    arguments: [Uri.parse(uri), { selection }],
  };
  return item;
}

function counted(count: number): string {
  return count === 1 ? l10n.t("1 finding") : l10n.t("{0} findings", count);
}

function groupingText(grouping: Grouping): string {
  switch (grouping) {
    case "file":
      return l10n.t("by file");
    case "rule":
      return l10n.t("by rule");
    case "severity":
      return l10n.t("by severity");
  }
}

const icons: Readonly<Record<Severity, ThemeIcon>> = {
  critical: new ThemeIcon("error", new ThemeColor("problemsErrorIcon.foreground")),
  high: new ThemeIcon("warning", new ThemeColor("problemsWarningIcon.foreground")),
  medium: new ThemeIcon("info", new ThemeColor("problemsInfoIcon.foreground")),
  low: new ThemeIcon("lightbulb"),
  info: new ThemeIcon("comment"),
};
