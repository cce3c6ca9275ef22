import { execFileSync } from "node:child_process";
import { createSign, generateKeyPairSync, randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { closed, listening } from "./registry";

/** Gives tokens for a real registry. */
export interface TokenServer {
  readonly realm: string;
  /** The file with the certificate that the registry is to trust. */
  readonly certificate: string;
  /** Makes a token for a scope (`repository:team/app:pull,push`) itself. */
  issue(scope: string): string;
}

/**
 * Starts a server that gives tokens as the registry's documentation describes, to alice and to whoever has her identity token.
 * @param folder where its key and certificate go
 * @param password of alice, and her identity token
 */
export async function startTokenServer(
  t: TestContext,
  folder: string,
  password: string,
): Promise<TokenServer> {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = join(folder, "key.pem");
  const certificate = join(folder, "cert.pem");
  writeFileSync(key, privateKey.export({ type: "pkcs8", format: "pem" }));
  execFileSync(
    "openssl",
    ["req", "-x509", "-key", key, "-out", certificate, "-days", "2", "-subj", "/CN=plimsoll-test"],
    { stdio: "ignore" },
  );
  const x5c = readFileSync(certificate, "utf8").replace(/-----[^-]+-----|\s/g, "");
  const issue = (scope: string): string => {
    const [type, name, actions = ""] = scope.split(":");
    const now = Math.floor(Date.now() / 1_000);
    const claims = {
      ...{ iss: "plimsoll-test", sub: "alice", aud: "test-registry", jti: randomUUID() },
      ...{ iat: now, nbf: now - 10, exp: now + 300 },
      access: [{ type, name, actions: actions.split(",") }],
    };
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const signed = `${encode({ typ: "JWT", alg: "RS256", x5c: [x5c] })}.${encode(claims)}`;
    return `${signed}.${createSign("RSA-SHA256").update(signed).sign(privateKey, "base64url")}`;
  };
  const basic = `Basic ${Buffer.from(`alice:${password}`).toString("base64")}`;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const form = new URLSearchParams(body);
    const scope =
      form.get("scope") ?? new URL(request.url ?? "", "http://tokens").searchParams.get("scope") ?? "";
    const known =
      request.headers.authorization === basic ||
      (request.method === "POST" && form.get("refresh_token") === password);
    response.statusCode = known ? 200 : 401;
    const token = issue(scope);
    response.end(known ? JSON.stringify({ token, access_token: token, expires_in: 300 }) : "{}");
  });
  const port = await listening(server);
  t.after(() => closed(server));
  return { realm: `http://127.0.0.1:${port}/token`, certificate, issue };
}
