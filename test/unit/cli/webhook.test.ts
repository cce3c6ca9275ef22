import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import test, { type TestContext } from "node:test";
import { post } from "../../../server/src/platform/nodePost";
import { plimsoll } from "../../support/commandLine";
import { folderWith } from "../../support/folder";
import { runHere } from "../../support/terminal";

const unsafe = 'FROM busybox:1.37\nUSER root\nCMD ["/app"]\n';
const secret = "s3cr";

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Message {
  readonly message: number;
  readonly messages: number;
  readonly rows: readonly Readonly<Record<string, string | number>>[];
}

/** A receiver on the loopback device. */
async function receiver(
  t: TestContext,
  answer: (response: ServerResponse, count: number) => void = (response) => response.end(),
): Promise<{ readonly url: string; readonly received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      received.push({ path: request.url ?? "", headers: request.headers, body });
      answer(response, received.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => new Promise((resolve) => server.close(resolve)));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?token=t0`, received };
}

async function resultOf(t: TestContext, files: Readonly<Record<string, string>>): Promise<string> {
  return (await runHere(folderWith(t, files), ["check", "--format", "json"])).out;
}

test("a real process sends signed rows that a receiver can verify, and says so", async (t) => {
  const { url, received } = await receiver(t);
  const result = await resultOf(t, { "a/Dockerfile": unsafe, "b/Dockerfile": unsafe });
  const environment = { PLIMSOLL_WEBHOOK_SECRET: secret };
  const sent = await plimsoll(folderWith(t), ["report", "--webhook", url], result, environment);
  assert.deepEqual([sent.code, sent.out], [0, ""]);
  assert.match(sent.err, /^2 rows in 1 messages sent to 127\.0\.0\.1:\d+\.\n$/);
  assert.equal(received.length, 1);
  const [{ body, headers, path }] = received as [Received];
  assert.equal(path, "/hook?token=t0");
  assert.equal(
    headers["x-plimsoll-signature-256"],
    `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  );
  const { rows } = JSON.parse(body) as Message;
  assert.deepEqual(
    rows.map(({ status, severity, rule, path, line }) => [status, severity, rule, path, line]),
    ["a", "b"].map((name) => ["finding", "high", "final-stage-user-root", `${name}/Dockerfile`, 2]),
  );
  for (const row of rows)
    for (const value of Object.values(row)) assert.match(typeof value, /^(string|number)$/);
});

test("many rows go in several messages, and nothing is lost", async (t) => {
  const { url, received } = await receiver(t);
  const files = Object.fromEntries(Array.from({ length: 501 }, (_, at) => [`${at}/Dockerfile`, unsafe]));
  const sent = await runHere(folderWith(t), ["report", "--webhook", url], { post }, await resultOf(t, files));
  assert.equal(sent.code, 0);
  const messages = received.map(({ body }) => JSON.parse(body) as Message);
  assert.deepEqual(
    messages.map(({ message, messages, rows }) => [message, messages, rows.length]),
    [
      [1, 2, 500],
      [2, 2, 1],
    ],
  );
  assert.equal(new Set(messages.flatMap(({ rows }) => rows.map(({ path }) => path))).size, 501);
});

test("a receiver that is busy is asked again, as late as it says, and not for ever", async (t) => {
  const result = await resultOf(t, { Dockerfile: unsafe });
  const attempt = async (answer: (response: ServerResponse, count: number) => void) => {
    const { url, received } = await receiver(t, answer);
    const waits: number[] = [];
    const wait = async (milliseconds: number): Promise<void> => void waits.push(milliseconds);
    const ended = await runHere(folderWith(t), ["report", "--webhook", url], { post, wait }, result);
    const deliveries = new Set(received.map(({ headers }) => headers["x-plimsoll-delivery"]));
    assert.equal(deliveries.size, 1);
    return { ended, waits, count: received.length };
  };
  const busy = await attempt((response, count) => {
    response.writeHead(
      count === 1 ? 503 : count === 2 ? 429 : 200,
      count === 2 ? { "retry-after": "7" } : {},
    );
    response.end();
  });
  assert.deepEqual([busy.ended.code, busy.waits, busy.count], [0, [1_000, 7_000], 3]);
  const broken = await attempt((response) => response.writeHead(500, { "retry-after": "99999" }).end());
  assert.deepEqual([broken.ended.code, broken.count], [2, 5]);
  assert.ok(broken.waits.every((wait) => wait === 30_000));
  assert.match(broken.ended.err, /message 1 of 1 was not taken by 127\.0\.0\.1:\d+: it answered 500/);
  const cut = await attempt((response) => response.destroy());
  assert.deepEqual([cut.ended.code, cut.count], [2, 5]);
  const refused = await attempt((response) => response.writeHead(403).end());
  assert.deepEqual([refused.ended.code, refused.count, refused.waits], [2, 1, []]);
});

test("a redirection is not followed, and no message holds the address's token", async (t) => {
  const other = await receiver(t);
  const { url, received } = await receiver(t, (response) =>
    response.writeHead(307, { location: other.url }).end(),
  );
  const result = await resultOf(t, { Dockerfile: unsafe });
  const ended = await runHere(folderWith(t), ["report", "--webhook", url], { post }, result);
  assert.deepEqual([ended.code, received.length, other.received.length], [2, 1, 0]);
  assert.match(ended.err, /it redirects elsewhere \(307\), which is not followed/);
  assert.equal(ended.err.includes("t0"), false);
});

test("--dry-run prints the messages and sends nothing; wrong usage sends nothing either", async (t) => {
  const result = await resultOf(t, { Dockerfile: unsafe });
  const folder = folderWith(t, { "result.json": result });
  const dry = await runHere(folder, [
    "report",
    "--webhook",
    "https://x.example/h",
    "--dry-run",
    "result.json",
  ]);
  assert.equal(dry.code, 0);
  assert.equal((JSON.parse(dry.out) as Message).rows.length, 1);
  assert.match(dry.err, /would be sent to x\.example\.\n$/);
  for (const [args, message] of [
    [["report"], /takes --webhook URL/],
    [["report", "--webhook", "file:///etc/passwd", "result.json"], /begins with https/],
    [["report", "--webhook", "https://u:p@x.example/", "result.json"], /takes no password/],
    [["report", "--webhook", "https://x.example/", "none.json"], /does not exist/],
  ] as const) {
    const ended = await runHere(folder, args);
    assert.equal(ended.code, 2);
    assert.match(ended.err, message);
  }
});
