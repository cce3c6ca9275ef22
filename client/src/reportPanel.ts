import { type Disposable, l10n, Uri, ViewColumn, type WebviewPanel, window, workspace } from "vscode";

/** The webview that shows the HTML report. */
export interface ReportPanel extends Disposable {
  /** Shows a report in the panel, which is made or brought to the front. */
  show(html: string): void;
}

/** The type of the webview, which the manifest's `when` clauses name. */
const viewType = "plimsoll.report";

export function createReportPanel(): ReportPanel {
  let panel: WebviewPanel | undefined;
  return {
    show: (html) => {
      if (panel === undefined) {
        panel = window.createWebviewPanel(viewType, l10n.t("Plimsoll Report"), ViewColumn.Active, {
          enableScripts: true,
          enableFindWidget: true,
          localResourceRoots: [],
        });
        panel.onDidDispose(() => {
          panel = undefined;
        });
      } else {
        panel.reveal();
      }
      panel.webview.html = withContentSecurityPolicy(html);
    },
    dispose: () => panel?.dispose(),
  };
}

/**
 * Writes a report into a folder of the extension's own, for the browser of the desktop to open.
 *
 * @param folder the folder, which is made where it is missing
 * @param html the report
 * @returns where it is
 */
export async function writeReport(folder: Uri, html: string): Promise<Uri> {
  await workspace.fs.createDirectory(folder);
  const file = Uri.joinPath(folder, "plimsoll-report.html");
  await workspace.fs.writeFile(file, new TextEncoder().encode(html));
  return file;
}

/**
 * The report quotes files that nobody vouches for, so the panel lets nothing run but the script that the report itself
 * names by its hash, whatever else is in it: no request, no form. The policy counts only if it is the first thing in the
 * document.
 */
function withContentSecurityPolicy(html: string): string {
  const policy = `default-src 'none'; script-src ${scriptOf(html)}; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'`;
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  const head = /<head(?:\s[^<>]{0,200})?>/i.exec(html);
  if (head === null) return `<!DOCTYPE html><html><head>${meta}</head><body>${html}</body></html>`;
  const start = head.index + head[0].length;
  return html.slice(0, start) + meta + html.slice(start);
}

/** The hash in the report's own policy, which stands before anything that comes from a file. */
function scriptOf(html: string): string {
  const own =
    /<meta http-equiv="Content-Security-Policy" content="[^"<>]{0,300}?script-src ('sha256-[A-Za-z0-9+/]{43}=')/;
  return own.exec(html.slice(0, 1_000))?.[1] ?? "'none'";
}
