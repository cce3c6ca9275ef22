import { type LogOutputChannel, l10n, window } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { methods, type ScanParams, type ScanResult } from "../../server/src/lsp/protocol";
import { requestWithProgress } from "./longRequest";

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
  const result = await requestWithProgress<ScanResult | null>(
    client,
    l10n.t("Plimsoll: scanning images"),
    methods.scan,
    wanted,
  );
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
