import {
  type CancellationToken,
  type Connection,
  WorkDoneProgress,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from "vscode-languageserver";

/** What a long request tells of itself: nothing where the client gave no token. */
export interface Progress {
  begin(title: string): void;
  /** How many files are done, of how many. */
  files(count: { readonly done: number; readonly total: number }): void;
  end(): void;
}

/** Work-done progress that the user may cancel. */
export function progressTo(connection: Connection, token: string | number | undefined): Progress {
  const send = (value: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd): void => {
    if (token !== undefined) void connection.sendProgress(WorkDoneProgress.type, token, value);
  };
  return {
    begin: (title) => send({ kind: "begin", title, percentage: 0, cancellable: true }),
    files: ({ done, total }) =>
      send({
        kind: "report",
        percentage: Math.floor((100 * done) / Math.max(1, total)),
        message: `${done} of ${total} files`,
      }),
    end: () => send({ kind: "end" }),
  };
}

/** The protocol's cancellation as the signal that audits know. */
export function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
