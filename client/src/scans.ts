import { type LogOutputChannel, l10n, ProgressLocation, window } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { methods, type ScanParams, type ScanResult } from "../../server/src/lsp/protocol";

let runs = 0;

/**
 * Has the user's scanner look at the images of the active file, or at one of them, and says what came of it.
 * @param params what a lens names; `undefined` for all images of the active file
 */
export async function scanImages(
  client: BaseLanguageClient,
  output: LogOutputChannel,
  params: ScanParams | undefined,
): Promise<void> {
  const document = window.activeTextEditor?.document;
  const wanted = params ?? (document && { uri: client.code2ProtocolConverter.asUri(document.uri) });
  if (wanted === undefined) {
    void window.showInformationMessage(l10n.t("Open a Dockerfile or a Compose file to scan its images."));
    return;
  }
  const workDoneToken = `plimsoll-scan-${++runs}`;
  const options = {
    location: ProgressLocation.Notification,
    title: l10n.t("Plimsoll: scanning images"),
    cancellable: true,
  };
  const result = await window.withProgress(options, async (progress, token) => {
    const listener = client.onNotification("$/progress", (told: Progress) => {
      if (told.token === workDoneToken && told.value.message !== undefined)
        progress.report({ message: told.value.message });
    });
    try {
      const asked: ScanParams = { ...wanted, workDoneToken };
      return await client.sendRequest<ScanResult | null>(methods.scan, asked, token);
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    } finally {
      listener.dispose();
    }
  });
  if (result === undefined) return;
  if (result === null) throw new Error(l10n.t("the images could not be scanned."));
  for (const note of result.notes) output.info(note);
  const { scanned, grave, notes } = result;
  const said = l10n.t(
    "Plimsoll: images scanned: {0}, with critical or high vulnerabilities: {1}.",
    scanned,
    grave,
  );
  const [first, ...more] = notes;
  if (first === undefined) void window.showInformationMessage(said);
  else {
    const rest = more.length === 0 ? "" : ` ${l10n.t("And {0} more, see the output.", more.length)}`;
    void window.showWarningMessage(`${said} ${first.charAt(0).toUpperCase()}${first.slice(1)}.${rest}`);
  }
}

interface Progress {
  readonly token: string | number;
  readonly value: { readonly message?: string };
}
