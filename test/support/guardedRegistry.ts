import { createServer } from "node:http";
import { closed, listening, startTestRegistry, type TestRegistry } from "./registry";

/** A registry that lets in whoever brings a token, and the server that gives tokens to everybody. */
export interface GuardedRegistry {
  readonly registry: TestRegistry;
  /** `127.0.0.1:port` of the server that gives tokens. */
  readonly realm: string;
}

export async function startGuardedRegistry(t: {
  after(done: () => Promise<void>): void;
}): Promise<GuardedRegistry> {
  const registry = await startTestRegistry(t);
  const token = ["any", "body"].join("-");
  const server = createServer((_, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ token, expires_in: 300 }));
  });
  const realm = `127.0.0.1:${await listening(server)}`;
  t.after(() => closed(server));
  registry.intercept = (request, response) => {
    if (request.headers.authorization === `Bearer ${token}`) return false;
    response.setHeader("www-authenticate", `Bearer realm="http://${realm}/token",service="test"`);
    response.writeHead(401).end();
    return true;
  };
  return { registry, realm };
}
