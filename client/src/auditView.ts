import {
  commands,
  type Disposable,
  EventEmitter,
  Range,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
} from "vscode";
import {
  type AuditedFile,
  type AuditFinding,
  type AuditResult,
  type NotChecked,
  type Severity,
  severities,
} from "../../server/src/lsp/protocol";

/** The tree of the last audit's results, in a view that is there only once there was an audit. */
export interface AuditView extends Disposable {
  show(result: AuditResult): void;
}

type Node =
  | { readonly kind: "file"; readonly file: AuditedFile }
  | { readonly kind: "finding"; readonly uri: string; readonly finding: AuditFinding }
  | { readonly kind: "notChecked"; readonly files: readonly NotChecked[] }
  | { readonly kind: "notCheckedFile"; readonly file: NotChecked };

export function createAuditView(): AuditView {
  let result: AuditResult | undefined;
  const changed = new EventEmitter<undefined>();
  const provider: TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: treeItem,
    getChildren: (node) => (node === undefined ? roots(result) : children(node)),
  };
  const view = window.createTreeView("plimsoll.audit", { treeDataProvider: provider, showCollapseAll: true });
  return {
    show: (next) => {
      result = next;
      const count = next.files.reduce((sum, file) => sum + file.findings.length, 0);
      view.message =
        count === 0
          ? `Nothing found in ${next.filesChecked} ${next.filesChecked === 1 ? "file" : "files"}.`
          : "";
      void commands.executeCommand("setContext", "plimsoll.audited", true);
      changed.fire(undefined);
    },
    dispose: () => {
      view.dispose();
      changed.dispose();
    },
  };
}

function roots(result: AuditResult | undefined): Node[] {
  if (result === undefined) return [];
  const files = [...result.files]
    .sort((a, b) => rank(a) - rank(b))
    .map((file): Node => ({ kind: "file", file }));
  return result.notChecked.length === 0
    ? files
    : [...files, { kind: "notChecked", files: result.notChecked }];
}

function children(node: Node): Node[] {
  if (node.kind === "file") {
    const uri = node.file.uri;
    return [...node.file.findings]
      .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
      .map((finding) => ({ kind: "finding", uri, finding }));
  }
  if (node.kind === "notChecked") return node.files.map((file) => ({ kind: "notCheckedFile", file }));
  return [];
}

/** The place of a file's gravest finding among the severities. */
function rank(file: AuditedFile): number {
  return Math.min(severities.length, ...file.findings.map((finding) => severities.indexOf(finding.severity)));
}

function treeItem(node: Node): TreeItem {
  switch (node.kind) {
    case "file": {
      const item = new TreeItem(Uri.parse(node.file.uri), TreeItemCollapsibleState.Expanded);
      item.iconPath = ThemeIcon.File;
      item.description = true;
      const count = node.file.findings.length;
      item.tooltip = `${count} ${count === 1 ? "finding" : "findings"}`;
      return item;
    }
    case "finding":
      return findingItem(node.uri, node.finding);
    case "notChecked": {
      const item = new TreeItem("Not checked", TreeItemCollapsibleState.Collapsed);
      item.description = String(node.files.length);
      item.iconPath = new ThemeIcon("circle-slash");
      return item;
    }
    case "notCheckedFile": {
      const uri = Uri.parse(node.file.uri);
      const item = new TreeItem(uri);
      item.description = node.file.reason;
      item.tooltip = node.file.reason;
      item.command = { command: "vscode.open", title: "Open", arguments: [uri] };
      return item;
    }
  }
}

function findingItem(uri: string, finding: AuditFinding): TreeItem {
  const { start, end } = finding.range;
  const item = new TreeItem(finding.message);
  item.description = `${finding.rule}, line ${start.line + 1}`;
  item.tooltip = `${finding.severity}: ${finding.message}`;
  item.iconPath = icons[finding.severity];
  item.accessibilityInformation = { label: `${finding.severity}: ${finding.message} Line ${start.line + 1}` };
  const selection = new Range(start.line, start.character, end.line, end.character);
  item.command = { command: "vscode.open", title: "Open", arguments: [Uri.parse(uri), { selection }] };
  return item;
}

const icons: Readonly<Record<Severity, ThemeIcon>> = {
  critical: new ThemeIcon("error", new ThemeColor("problemsErrorIcon.foreground")),
  high: new ThemeIcon("warning", new ThemeColor("problemsWarningIcon.foreground")),
  medium: new ThemeIcon("info", new ThemeColor("problemsInfoIcon.foreground")),
  low: new ThemeIcon("lightbulb"),
  info: new ThemeIcon("comment"),
};
