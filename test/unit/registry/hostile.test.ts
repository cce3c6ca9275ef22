import assert from "node:assert/strict";
import { createServer, type ServerResponse } from "node:http";
import test, { type TestContext } from "node:test";
import { parseImageReference } from "../../../server/src/documents/imageReference";
import { maxManifestBytes } from "../../../server/src/limits";
import { createRegistryClient } from "../../../server/src/registry/client";
import {
  closed,
  listening,
  mediaTypes,
  putIndex,
  startTestRegistry,
  type TestRegistry,
} from "../../support/registry";
import { testPorts } from "../../support/registryPorts";

/** Asks a registry that misbehaves for a tag and for a manifest, and gives both reasons. */
async function reasons(registry: TestRegistry, signal?: AbortSignal): Promise<readonly string[]> {
  const image = parseImageReference(`${registry.host}/team/app:1.0`);
  assert.ok(image);
  const client = createRegistryClient(testPorts(), () => [registry.host]);
  const answers = [
    await client.digestOf(image, signal),
    await client.manifest(image, `sha256:${"a".repeat(64)}`, signal),
  ];
  return answers.map((answer) => (answer.state === "unknown" ? answer.reason : answer.state));
}

async function hostile(
  t: TestContext,
  answer: (response: ServerResponse, method: string | undefined) => void,
): Promise<TestRegistry> {
  const registry = await startTestRegistry(t);
  registry.intercept = (request, response) => {
    answer(response, request.method);
    return true;
  };
  return registry;
}

test("a login page in between is no registry, whatever it says", async (t) => {
  const registry = await hostile(t, (response) => {
    response.writeHead(200, { "content-type": "text/html", "docker-content-digest": "sha256:junk" });
    response.end("<html>Welcome to the hotel</html>");
  });
  for (const reason of await reasons(registry))
    assert.match(reason, /answered with text\/html where a manifest/);
});

test("a digest that is none, and one that is another's, are not believed", async (t) => {
  const registry = await hostile(t, (response, method) => {
    const lie = method === "HEAD" ? "sha256:short" : `sha256:${"a".repeat(64)}`;
    response.writeHead(200, { "content-type": mediaTypes.index, "docker-content-digest": lie });
    response.end(method === "HEAD" ? undefined : '{"manifests":[]}');
  });
  assert.deepEqual(
    (await reasons(registry)).map((reason) => reason.replace(registry.host, "HOST")),
    ["HOST answered with a digest that is none", "HOST says another digest than that of what it sends"],
  );
});

test("what has another digest than was asked for is refused, even without a header that lies", async (t) => {
  const registry = await hostile(t, (response) => {
    response.writeHead(200, { "content-type": mediaTypes.index });
    response.end('{"manifests":[]}');
  });
  assert.match((await reasons(registry))[1] ?? "", /sends something else than what was asked for/);
});

test("an answer without end is cut off, whether or not it tells its length", async (t) => {
  let sent = 0;
  const endless = await hostile(t, (response, method) => {
    response.writeHead(200, { "content-type": mediaTypes.index });
    if (method === "HEAD") return void response.end();
    const chunk = Buffer.alloc(65_536, " ");
    const more = (): void => {
      sent += chunk.length;
      if (!response.destroyed && sent < 100_000_000) response.write(chunk, more);
    };
    more();
  });
  assert.match((await reasons(endless))[1] ?? "", /larger than 4,194,304 bytes/);
  assert.ok(sent < 10 * maxManifestBytes, `${sent} bytes were taken`);
  const announced = await hostile(t, (response) => {
    response.writeHead(200, { "content-type": mediaTypes.index, "content-length": 5e9 });
    response.flushHeaders();
  });
  assert.match((await reasons(announced))[1] ?? "", /larger than 4,194,304 bytes/);
});

test("a registry that never answers is given up, and at once when nobody waits any more", async (t) => {
  const registry = await hostile(t, () => {});
  const controller = new AbortController();
  const waiting = reasons(registry, controller.signal);
  setTimeout(() => controller.abort(), 50);
  for (const reason of await waiting) assert.match(reason, /could not be asked: it was cancelled/);
});

test("redirects lead nowhere but to the registry's own", async (t) => {
  const elsewhere: string[] = [];
  const other = createServer((request, response) => {
    elsewhere.push(`${request.url} ${request.headers.authorization ?? ""}`);
    response.end();
  });
  const port = await listening(other);
  t.after(() => closed(other));
  for (const [location, expected] of [
    [`http://localhost:${port}/x`, /which is not known to be its own/],
    ["http://169.254.169.254/latest/meta-data", /not safe to follow/],
    ["https://169.254.169.254/latest/meta-data", /which is not known to be its own/],
    ["file:///etc/passwd", /not safe to follow/],
    ["https://user:name@127.0.0.1/x", /not safe to follow/],
    ["http://[", /sends on to nowhere/],
    ["/v2/team/app/manifests/1.0", /sends on without end/],
  ] as const) {
    const registry = await hostile(t, (response) => {
      response.writeHead(307, { location });
      response.end();
    });
    for (const reason of await reasons(registry)) assert.match(reason, expected, location);
    assert.ok(registry.requests.length <= 8, location);
  }
  assert.deepEqual(elsewhere, []);
});

test("a redirect within the registry is followed, another port gets no login", async (t) => {
  const seen: (string | undefined)[] = [];
  const registry = await startTestRegistry(t);
  const digest = putIndex(registry, "team/app", {}, "1.0");
  const storage = createServer((request, response) => {
    seen.push(request.headers.authorization);
    registry.intercept = undefined;
    void fetch(`http://${registry.host}${request.url}`, {
      headers: { accept: String(request.headers.accept) },
    }).then(async (answer) => {
      response.writeHead(200, { "content-type": mediaTypes.index });
      response.end(Buffer.from(await answer.arrayBuffer()));
    });
  });
  const port = await listening(storage);
  t.after(() => closed(storage));
  registry.intercept = (request, response) => {
    if (request.headers.authorization === undefined) {
      response.writeHead(401, { "www-authenticate": "Basic realm=x" });
    } else response.writeHead(307, { location: `http://127.0.0.1:${port}${request.url}` });
    response.end();
    return true;
  };
  const config = { auths: { [registry.host]: { username: "alice", password: ["se", "cret"].join("") } } };
  const image = parseImageReference(`${registry.host}/team/app:1.0`);
  assert.ok(image);
  const client = createRegistryClient(testPorts({ config }));
  assert.equal((await client.manifest(image, digest)).state, "known");
  assert.deepEqual(seen, [undefined]);
});

test("429 and a Retry-After stop all further questions, until the time has come", async (t) => {
  const registry = await hostile(t, (response) => {
    response.writeHead(429, { "retry-after": "120" });
    response.end();
  });
  let now = Date.parse("2026-11-22T08:00:00Z");
  const client = createRegistryClient(testPorts({ now: () => now }), () => [registry.host]);
  const ask = async (tag: string): Promise<string> => {
    const image = parseImageReference(`${registry.host}/team/app:${tag}`);
    assert.ok(image);
    const answer = await client.digestOf(image);
    return answer.state === "unknown" ? answer.reason : answer.state;
  };
  assert.match(await ask("1"), /has had enough and is left alone until 08:02 UTC/);
  assert.match(await ask("2"), /left alone until 08:02 UTC/);
  assert.equal(registry.requests.length, 1);
  now += 121_000;
  await ask("3");
  assert.equal(registry.requests.length, 2);
});

test("below ten remaining pulls nothing more is asked", async (t) => {
  const registry = await startTestRegistry(t);
  putIndex(registry, "team/app", {}, "1.0");
  registry.intercept = (_request, response) => {
    response.setHeader("ratelimit-remaining", "9;w=21600");
    return false;
  };
  const said = await reasons(registry);
  assert.equal(said[0], "known");
  assert.match(said[1] ?? "", /has had enough/);
});

test("after two failures in a row a registry is left alone, so that fifty images do not wait fifty times", async (t) => {
  const registry = await hostile(t, (response) => response.destroy());
  const client = createRegistryClient(testPorts(), () => [registry.host]);
  for (let tag = 0; tag < 10; tag++) {
    const image = parseImageReference(`${registry.host}/team/app:${tag}`);
    assert.ok(image);
    assert.equal((await client.digestOf(image)).state, "unknown");
  }
  assert.equal(registry.requests.length, 2);
});
