import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import test, { type TestContext } from "node:test";
import { parseImageReference } from "../../../server/src/documents/imageReference";
import type { Fact } from "../../../server/src/engine/facts";
import type { DockerSettings } from "../../../server/src/platform/ports";
import { parseChallenge } from "../../../server/src/registry/challenge";
import { createRegistryClient } from "../../../server/src/registry/client";
import { parseDockerConfig } from "../../../server/src/registry/dockerConfig";
import { isOfOneOwner } from "../../../server/src/registry/domains";
import { closed, listening, putIndex, startTestRegistry, type TestRegistry } from "../../support/registry";
import { testPorts } from "../../support/registryPorts";

const password = ["correct", "horse"].join("-");
const basic = `Basic ${Buffer.from(`alice:${password}`).toString("base64")}`;
const token = ["t0k", "en"].join("");

/** A registry that lets in whoever brings the right header, and says how to get it. */
async function guarded(t: TestContext, challenge: string, header: string): Promise<TestRegistry> {
  const registry = await startTestRegistry(t);
  putIndex(registry, "team/app", {}, "1.0");
  registry.intercept = (request, response) => {
    if (request.headers.authorization === header) return false;
    response.writeHead(401, { "www-authenticate": challenge });
    response.end();
    return true;
  };
  return registry;
}

async function ask(
  registry: TestRegistry,
  config: unknown,
  more: { askHelper?: DockerSettings["askHelper"]; named?: readonly string[] } = {},
): Promise<Fact<string>> {
  const image = parseImageReference(`${registry.host}/team/app:1.0`);
  assert.ok(image);
  const client = createRegistryClient(testPorts({ config, ...more }), () => [
    registry.host,
    ...(more.named ?? []),
  ]);
  return client.digestOf(image);
}

/** A server that gives tokens, and what it was asked. */
async function tokenServer(
  t: TestContext,
  answer?: (request: IncomingMessage, response: ServerResponse) => void,
) {
  const asked: { method: string; url: URL; authorization: string | undefined; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    asked.push({
      method: request.method ?? "",
      url: new URL(request.url ?? "", "http://tokens"),
      authorization: request.headers.authorization,
      body,
    });
    if (answer !== undefined) answer(request, response);
    else response.end(JSON.stringify({ token, expires_in: 300 }));
  });
  const port = await listening(server);
  t.after(() => closed(server));
  return { asked, port };
}

test("Basic: the login of config.json, or a word about what to do", async (t) => {
  const registry = await guarded(t, 'Basic realm="team"', basic);
  const auth = Buffer.from(`alice:${password}`).toString("base64");
  assert.equal((await ask(registry, { auths: { [registry.host]: { auth } } })).state, "known");
  const refused = await ask(registry, undefined);
  assert.equal(
    refused.state === "unknown" && refused.reason,
    `${registry.host} wants a login: docker login ${registry.host}`,
  );
  const wrong = await ask(registry, { auths: { [registry.host]: { username: "bob", password: "x" } } });
  assert.match(
    wrong.state === "unknown" ? wrong.reason : "",
    /gives no access to .+\/team\/app, or it does not exist/,
  );
});

test("Bearer: a token without a login, for one repository, kept while it lasts", async (t) => {
  const { asked, port } = await tokenServer(t);
  const registry = await guarded(
    t,
    `Bearer realm="http://127.0.0.1:${port}/token",service="registry",scope="repository:team/app:pull,push"`,
    `Bearer ${token}`,
  );
  const image = parseImageReference(`${registry.host}/team/app:1.0`);
  assert.ok(image);
  const client = createRegistryClient(testPorts(), () => [registry.host]);
  const digest = await client.digestOf(image);
  assert.equal(digest.state, "known");
  assert.equal((await client.manifest(image, digest.state === "known" ? digest.value : "")).state, "known");
  assert.equal(asked.length, 1);
  assert.deepEqual(
    [asked[0]?.method, asked[0]?.url.searchParams.get("service"), asked[0]?.url.searchParams.get("scope")],
    ["GET", "registry", "repository:team/app:pull"],
  );
  assert.equal(asked[0]?.authorization, undefined);
});

test("Bearer: a password goes along, an identity token is changed by POST", async (t) => {
  const { asked, port } = await tokenServer(t);
  const challenge = `Bearer realm="http://127.0.0.1:${port}/token",service="registry"`;
  const registry = await guarded(t, challenge, `Bearer ${token}`);
  const { host } = registry;
  assert.equal((await ask(registry, { auths: { [host]: { username: "alice", password } } })).state, "known");
  assert.equal(asked.at(-1)?.authorization, basic);
  const identitytoken = ["refresh", "me"].join("-");
  assert.equal((await ask(registry, { auths: { [host]: { identitytoken } } })).state, "known");
  const form = new URLSearchParams(asked.at(-1)?.body);
  assert.deepEqual(
    [asked.at(-1)?.method, form.get("grant_type"), form.get("refresh_token"), asked.at(-1)?.authorization],
    ["POST", "refresh_token", identitytoken, undefined],
  );
});

test("a realm of somebody else sees neither the login nor a question, unless the user has named it", async (t) => {
  const { asked, port } = await tokenServer(t);
  const config = (host: string) => ({ auths: { [host]: { username: "alice", password } } });
  const registry = await guarded(
    t,
    `Bearer realm="http://localhost:${port}/token",service="registry"`,
    `Bearer ${token}`,
  );
  const refused = await ask(registry, config(registry.host));
  assert.match(
    refused.state === "unknown" ? refused.reason : "",
    /for tokens, which is not of its own domain/,
  );
  for (const realm of ["http://tokens.example.com/", "ftp://127.0.0.1/", "https://a:b@127.0.0.1/", "junk"]) {
    const other = await guarded(t, `Bearer realm="${realm}"`, `Bearer ${token}`);
    assert.match(
      JSON.stringify(await ask(other, config(other.host))),
      /not encrypted|no place that gives tokens/,
    );
  }
  assert.equal(asked.length, 0);
  assert.equal((await ask(registry, undefined, { named: ["localhost"] })).state, "known");
  assert.equal(asked.length, 1);
});

test("a token server that misbehaves", async (t) => {
  for (const [answer, expected] of [
    ['{"token":"a\\r\\nx: y"}', /answered without a token/],
    ["<html>", /answered without a token/],
    [`{"token":"${"x".repeat(20_000)}"}`, /answered without a token/],
    ["x".repeat(100_000), /larger than 65,536 bytes/],
  ] as const) {
    const { port } = await tokenServer(t, (_request, response) => void response.end(answer));
    const registry = await guarded(t, `Bearer realm="http://127.0.0.1:${port}/"`, `Bearer ${token}`);
    const said = await ask(registry, undefined);
    assert.match(said.state === "unknown" ? said.reason : said.state, expected);
  }
});

test("credential helpers: of one registry, of all, none at hand, and one whose name is a path", async (t) => {
  const registry = await guarded(t, 'Basic realm="team"', basic);
  const asked: (readonly string[])[] = [];
  const askHelper: DockerSettings["askHelper"] = async (helper, server) => {
    asked.push([helper, server]);
    if (helper === "empty") return undefined;
    return JSON.stringify({ ServerURL: server, Username: "alice", Secret: password });
  };
  const { host } = registry;
  assert.equal((await ask(registry, { credHelpers: { [host]: "pass" } }, { askHelper })).state, "known");
  assert.equal((await ask(registry, { credsStore: "desktop" }, { askHelper })).state, "known");
  assert.deepEqual(asked, [
    ["pass", host],
    ["desktop", host],
  ]);
  for (const [helper, expected] of [
    ["empty", /wants a login/],
    ["../../evil", /has no usable name/],
    ["Evil", /has no usable name/],
    ["x; rm", /has no usable name/],
  ] as const) {
    const said = await ask(registry, { credsStore: helper }, { askHelper });
    assert.match(said.state === "unknown" ? said.reason : said.state, expected, helper);
  }
  assert.equal(asked.length, 3);
  const missing = await ask(registry, { credsStore: "desktop" });
  assert.match(
    missing.state === "unknown" ? missing.reason : "",
    /docker-credential-desktop: it is not installed/,
  );
});

test("who belongs together, and who only rents from the same landlord", () => {
  const together = [
    ["registry-1.docker.io", "auth.docker.io"],
    ["registry.gitlab.com", "gitlab.com"],
    ["registry.example.co.uk", "auth.example.co.uk"],
    ["ghcr.io", "ghcr.io"],
    ["127.0.0.1", "127.0.0.1"],
  ];
  const strangers = [
    ["alice.azurecr.io", "bob.azurecr.io"],
    ["alice.azurecr.io", "azurecr.io"],
    ["alice.co.uk", "bob.co.uk"],
    ["1.dkr.ecr.eu-west-1.amazonaws.com", "2.dkr.ecr.eu-west-1.amazonaws.com"],
    ["europe-docker.pkg.dev", "evil.pkg.dev"],
    ["10.0.0.1", "11.0.0.1"],
    ["127.0.0.1", "localhost"],
    ["docker.io", "docker.com"],
    ["evildocker.io", "docker.io"],
    ["a.io", "io"],
    ["[::1]", "[::2]"],
  ];
  for (const [a = "", b = ""] of together) assert.ok(isOfOneOwner(a, b) && isOfOneOwner(b, a), `${a} ${b}`);
  for (const [a = "", b = ""] of strangers)
    assert.ok(!isOfOneOwner(a, b) && !isOfOneOwner(b, a), `${a} ${b}`);
});

test("challenges as they come", () => {
  assert.deepEqual(parseChallenge('bearer service="a\\"b", realm = "x", realm="https://r/t?a=1,2"'), {
    scheme: "bearer",
    realm: "https://r/t?a=1,2",
    service: 'a"b',
  });
  assert.deepEqual(parseChallenge("Basic"), { scheme: "basic" });
  assert.equal(parseChallenge("Negotiate"), undefined);
  assert.equal(parseChallenge('Bearer service="x"'), undefined);
  assert.equal(parseChallenge(`Bearer realm="${"\\".repeat(16_000)}`), undefined);
});

test("a config.json that is none, or hostile, is read as far as it makes sense", () => {
  assert.deepEqual(parseDockerConfig("[]").registries, []);
  assert.deepEqual(parseDockerConfig("{").registries, []);
  const odd = parseDockerConfig(
    '{"__proto__":{"credsStore":"evil"},"auths":{"a":{"auth":"%%%"},"b":null,"c":{"auth":"OnB3"}},"credHelpers":{"d":1,"e":"pass"}}',
  );
  assert.deepEqual([odd.helper, odd.stored.size, odd.registries], [undefined, 0, ["a", "b", "c", "e"]]);
});
