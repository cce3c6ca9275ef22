import { ProgressLocation, window } from "vscode";
import { type BaseLanguageClient, WorkDoneProgress } from "vscode-languageclient";

let requests = 0;

/**
 * Sends a request that takes its time, with progress that the user can cancel.
 *
 * @param params to which the token of the progress is added
 * @returns the answer, or undefined when it was cancelled: what came until then would look like all there is
 */
export async function requestWithProgress<Result>(
  client: BaseLanguageClient,
  title: string,
  method: string,
  params: object,
): Promise<Result | undefined> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(options, async (progress, token) => {
    requests += 1;
    const workDoneToken = `plimsoll-request-${requests}`;
    let reached = 0;
    const listener = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
      if (value.kind !== "report") return;
      // The protocol tells where it stands, the editor wants to know the step.
      const increment = Math.max(0, (value.percentage ?? reached) - reached);
      reached += increment;
      progress.report({ increment, ...(value.message !== undefined && { message: value.message }) });
    });
    try {
      const result = await client.sendRequest<Result>(method, { ...params, workDoneToken }, token);
      return token.isCancellationRequested ? undefined : result;
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    } finally {
      listener.dispose();
    }
  });
}
