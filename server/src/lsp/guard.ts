import { CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import type { Log } from "../platform/ports";

/**
 * Wraps a request's handler so that whatever goes wrong in it is logged with the method's name and answered with
 * `empty`: one bad request must not take the server down, nor put a pop-up before the user.
 *
 * A request that was cancelled is answered as such. Answers on purpose ({@link ResponseError}) pass through.
 */
export function guardRequest<P, R>(
  method: string,
  log: Log,
  empty: R,
  handler: (params: P, token: CancellationToken) => Promise<R> | R,
): (params: P, token?: CancellationToken) => Promise<R | ResponseError<never>> {
  // The library leaves the parameters out where the client sends none, so that the token is missing here.
  return async (params, token = CancellationToken.None) => {
    if (token.isCancellationRequested) return cancelled();
    try {
      const result = await handler(params, token);
      return token.isCancellationRequested ? cancelled() : result;
    } catch (error) {
      if (token.isCancellationRequested) return cancelled();
      if (error instanceof ResponseError) throw error;
      log.error(`${method} failed: ${describeError(error)}`);
      return empty;
    }
  };
}

/**
 * The same for a request whose empty answer would mean "checked and clean": it is answered with an error, so that the
 * client keeps what it showed before.
 */
export function guardFindings<P, R>(
  method: string,
  log: Log,
  handler: (params: P, token: CancellationToken) => Promise<R>,
): (params: P, token?: CancellationToken) => Promise<R | ResponseError<never>> {
  const failed = new ResponseError<never>(LSPErrorCodes.RequestFailed, `${method} failed: the log says why.`);
  return guardRequest<P, R | ResponseError<never>>(method, log, failed, handler) as (
    params: P,
    token?: CancellationToken,
  ) => Promise<R | ResponseError<never>>;
}

/** The same for a notification, or for work that nobody waits for. */
export function guardTask<A extends readonly unknown[]>(
  name: string,
  log: Log,
  handler: (...args: A) => Promise<void> | void,
): (...args: A) => void {
  return (...args) => {
    const fail = (error: unknown): void => {
      try {
        log.error(`${name} failed: ${describeError(error)}`);
      } catch {
        // The connection is gone, and with it everybody who could read this.
      }
    };
    try {
      Promise.resolve(handler(...args)).catch(fail);
    } catch (error) {
      fail(error);
    }
  };
}

/** An error in words for the log, with its stack where it has one. */
export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
}

function cancelled(): ResponseError<never> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "The request was cancelled.");
}

/** A token of the protocol as what everything else is stopped by. */
export function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
