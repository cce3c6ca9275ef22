import {
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
  /** What is being done, in a few words. */
  step(message: string): void;
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
    step: (message) => send({ kind: "report", message }),
    end: () => send({ kind: "end" }),
  };
}
