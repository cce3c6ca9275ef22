import { createHmac } from "node:crypto";

/** What a receiver answered, or why it did not. */
export type Answer =
  | { readonly state: "answered"; readonly status: number; readonly retryAfter: string | undefined }
  | { readonly state: "failed"; readonly reason: string };

/** Milliseconds until an answer must have begun. */
const answerLimit = 30_000;

/** Sends one text. A redirection is an answer like any other and is not followed: a body goes where it was told to go. */
export async function post(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers,
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerLimit)]),
    });
    // Nothing that a receiver says is of use here, however long it is.
    await response.body?.cancel();
    return {
      state: "answered",
      status: response.status,
      retryAfter: response.headers.get("retry-after") ?? undefined,
    };
  } catch (error) {
    return { state: "failed", reason: reasonOf(error) };
  }
}

/** The HMAC-SHA256 of a text in UTF-8, in hexadecimal digits. */
export function hmacOf(text: string, secret: string): string {
  return createHmac("sha256", secret).update(text).digest("hex");
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return "it did not answer in time";
  return error.cause instanceof Error && error.cause.message !== "" ? error.cause.message : error.message;
}
