import { maxRowsOfMessage, maxSendAttempts, maxSendWait } from "../limits";
import { type Answer, hmacOf } from "../platform/nodePost";
import { plainText } from "../report/plain";
import { fromObject } from "../report/readJson";
import { type Row, rowsOf } from "../report/rows";
import { hashOf } from "../text/hash";
import { named, readPart } from "./merge";
import type { ReportArgs } from "./pipelineArgs";
import { type ExitCode, exitCodes, type Terminal, UsageError } from "./terminal";

/** The environment variable with the secret that messages are signed with. */
const secretVariable = "PLIMSOLL_WEBHOOK_SECRET";

/**
 * `plimsoll report`: sends a result of `check --format json` to a receiver, as flat rows. The only command that sends
 * anything, and only to the address that it was given.
 */
export async function report(args: ReportArgs, terminal: Terminal): Promise<ExitCode> {
  const url = addressOf(args.webhook);
  const { name, report: value } = await readPart(args.result, terminal);
  const result = named(name, () => fromObject(value));
  const rows = rowsOf(result, args.minSeverity);
  const bodies = messagesOf(rows, result.tool.version, result.complete);
  if (args.dryRun) {
    await terminal.outAll(bodies.map((body) => `${body}\n`));
    terminal.err(`${rows.length} rows in ${bodies.length} messages would be sent to ${url.host}.\n`);
    return exitCodes.clean;
  }
  const secret = terminal.environment[secretVariable];
  if (!secret) terminal.err(`plimsoll: ${secretVariable} is not set: the messages are not signed\n`);
  for (const [index, body] of bodies.entries()) {
    const problem = await send(url, body, secret, terminal);
    if (problem === undefined) continue;
    // The address may hold a token: the host alone is named.
    const which = `message ${index + 1} of ${bodies.length}`;
    terminal.err(`plimsoll: ${which} was not taken by ${url.host}: ${plainText(problem)}\n`);
    return exitCodes.fault;
  }
  terminal.err(`${rows.length} rows in ${bodies.length} messages sent to ${url.host}.\n`);
  return exitCodes.clean;
}

function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:"))
    throw new UsageError("--webhook takes an address that begins with https:// or http://");
  if (url.username !== "" || url.password !== "")
    throw new UsageError(
      `--webhook takes no password in the address: messages are signed by ${secretVariable}`,
    );
  return url;
}

/** One message at least, so that a receiver hears of a clean run, too. */
function messagesOf(rows: readonly Row[], version: string, complete: boolean): readonly string[] {
  const count = Math.max(1, Math.ceil(rows.length / maxRowsOfMessage));
  return Array.from({ length: count }, (_, at) =>
    JSON.stringify({
      ...{ version: 1, tool: "plimsoll", toolVersion: version, complete },
      ...{ message: at + 1, messages: count, total: rows.length },
      rows: rows.slice(at * maxRowsOfMessage, (at + 1) * maxRowsOfMessage),
    }),
  );
}

/** @returns what went wrong in the end, or `undefined` */
async function send(
  url: URL,
  body: string,
  secret: string | undefined,
  terminal: Terminal,
): Promise<string | undefined> {
  const headers = {
    "content-type": "application/json",
    "user-agent": `plimsoll/${terminal.version}`,
    // The same for each attempt, so that a receiver can tell a second one from a second message.
    "x-plimsoll-delivery": hashOf(body),
    ...(secret && { "x-plimsoll-signature-256": `sha256=${hmacOf(body, secret)}` }),
  };
  for (let attempt = 1; ; attempt++) {
    const answer = await terminal.post(url.href, body, headers, terminal.signal);
    if (answer.state === "answered" && answer.status >= 200 && answer.status < 300) return undefined;
    const problem = answer.state === "failed" ? answer.reason : meaningOf(answer.status);
    if (terminal.signal.aborted || attempt === maxSendAttempts || !isPassing(answer)) return problem;
    await terminal.wait(waitBefore(attempt, answer));
  }
}

function meaningOf(status: number): string {
  return status >= 300 && status < 400
    ? `it redirects elsewhere (${status}), which is not followed`
    : `it answered ${status}`;
}

/** Whether another attempt may end otherwise. */
function isPassing(answer: Answer): boolean {
  return answer.state === "failed" || answer.status === 429 || answer.status >= 500;
}

/** Milliseconds: twice as long each time, or as the receiver asks, within a bound. */
function waitBefore(attempt: number, answer: Answer): number {
  const asked = answer.state === "answered" ? Number(answer.retryAfter) * 1_000 : Number.NaN;
  return Math.min(maxSendWait, asked > 0 ? asked : 500 * 2 ** attempt);
}
