import * as http from "node:http";
import * as https from "node:https";
import * as tls from "node:tls";
import { type HttpProxy, proxyFor } from "./nodeProxy";
import type { Http, HttpRequest, HttpResponse } from "./ports";

/**
 * The network of this machine, through the proxy that the environment names. Node's own client, not `fetch`: in Node 20
 * that takes no proxy without a library of 400 KB, and follows redirects by itself.
 */
export const nodeHttp: Http = {
  send: (request) => {
    const url = new URL(request.url);
    if (url.protocol !== "https:" && url.protocol !== "http:")
      return Promise.reject(new Error(`${url.protocol} is not spoken here`));
    // One limit for all: the name's lookup, the proxy, the handshake, and each byte of the answer.
    const limit = AbortSignal.timeout(request.timeout);
    const signal = request.signal === undefined ? limit : AbortSignal.any([limit, request.signal]);
    return exchange(url, request, signal).catch((error: unknown) => {
      if (request.signal?.aborted === true) throw new Error("it was cancelled");
      if (limit.aborted) throw new Error(`no answer within ${request.timeout / 1_000} seconds`);
      throw new Error(reasonOf(error));
    });
  },
};

async function exchange(url: URL, request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
  signal.throwIfAborted();
  const proxy = url.protocol === "https:" ? proxyFor(url, process.env) : undefined;
  const socket = proxy === undefined ? undefined : await tunnel(url, proxy, signal);
  return new Promise((resolve, reject) => {
    const client = url.protocol === "https:" ? https : http;
    const body = request.body === undefined ? undefined : Buffer.from(request.body);
    const sent = client.request(url, {
      method: request.method,
      headers: { ...request.headers, ...(body !== undefined && { "content-length": body.length }) },
      signal,
      // Each exchange has a connection of its own: a process must end when its work is done. An agent of any kind
      // would make another one than the tunnel.
      ...(socket === undefined ? { agent: false } : { createConnection: () => socket }),
    });
    sent.on("error", reject);
    sent.on("response", (response) => {
      readBody(response, request, (error, content) => {
        if (error !== undefined) {
          reject(error);
          response.destroy();
        } else resolve(responseOf(response, content));
      });
    });
    sent.end(body);
  });
}

function readBody(
  response: http.IncomingMessage,
  { maxBytes, method }: HttpRequest,
  done: (error: Error | undefined, content: Buffer) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  const tooLarge = new Error(`the answer is larger than ${maxBytes.toLocaleString("en-US")} bytes`);
  const nothing = Buffer.alloc(0);
  // What a HEAD would have is told as the length, and is not sent.
  if (method !== "HEAD" && Number(response.headers["content-length"] ?? 0) > maxBytes) {
    done(tooLarge, nothing);
    return;
  }
  response.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length > maxBytes) done(tooLarge, nothing);
    else chunks.push(chunk);
  });
  response.on("end", () => done(undefined, Buffer.concat(chunks)));
  response.on("error", (error) => done(error, nothing));
  response.on("aborted", () => done(new Error("the connection was closed early"), nothing));
}

function responseOf(response: http.IncomingMessage, body: Buffer): HttpResponse {
  return {
    status: response.statusCode ?? 0,
    body,
    header: (name) => {
      const value = response.headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
  };
}

/** A connection to a server through a proxy, encrypted from end to end. */
async function tunnel(url: URL, proxy: HttpProxy, signal: AbortSignal): Promise<tls.TLSSocket> {
  const target = `${url.hostname}:${url.port || 443}`;
  const connected = await new Promise<NonNullable<http.IncomingMessage["socket"]>>((resolve, reject) => {
    const client = proxy.url.protocol === "https:" ? https : http;
    const asked = client.request({
      host: proxy.url.hostname.replace(/^\[|\]$/g, ""),
      port: proxy.url.port || (proxy.url.protocol === "https:" ? 443 : 80),
      method: "CONNECT",
      path: target,
      headers: { host: target, ...(proxy.login && { "proxy-authorization": proxy.login }) },
      agent: false,
      signal,
    });
    asked.on("connect", (response, socket) => {
      if (response.statusCode === 200) resolve(socket);
      else {
        socket.destroy();
        reject(new Error(`the proxy ${proxy.url.host} answered with status ${response.statusCode}`));
      }
    });
    asked.on("response", (response) => {
      response.destroy();
      reject(new Error(`the proxy ${proxy.url.host} opens no tunnel`));
    });
    asked.on("error", reject);
    asked.end();
  });
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve, reject) => {
    const isName = !/^[\d.]+$|:/.test(host);
    const secured = tls.connect({ socket: connected, host, ...(isName && { servername: host }) }, () =>
      resolve(secured),
    );
    const stop = (): void => void secured.destroy(new Error("aborted"));
    signal.addEventListener("abort", stop, { once: true });
    secured.once("close", () => signal.removeEventListener("abort", stop));
    secured.once("error", reject);
  });
}

const reasons: ReadonlyMap<string, string> = new Map([
  ["ENOTFOUND", "its name is not known"],
  ["EAI_AGAIN", "its name could not be looked up"],
  ["ECONNREFUSED", "nobody listens there"],
  ["ECONNRESET", "the connection was closed early"],
  ["EHOSTUNREACH", "it cannot be reached"],
  ["ENETUNREACH", "the network cannot be reached"],
  ["ETIMEDOUT", "no answer came in time"],
  ["EPROTO", "it speaks no TLS"],
  ["HPE_INVALID_CONSTANT", "it speaks no HTTP"],
]);

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Several addresses that all failed have an error each, and a message of their own for none.
  const first = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;
  const code = "code" in first && typeof first.code === "string" ? first.code : "";
  return reasons.get(code) ?? (first.message.split("\n")[0] || code);
}
