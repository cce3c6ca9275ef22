import assert from "node:assert/strict";
import test from "node:test";
import { type ImageReference, parseImageReference } from "../../../server/src/documents/imageReference";
import { createRegistryClient } from "../../../server/src/registry/client";
import {
  digestOf,
  mediaTypes,
  putImage,
  putIndex,
  startTestRegistry,
  type TestRegistry,
} from "../../support/registry";
import { testPorts } from "../../support/registryPorts";

function reference(text: string): ImageReference {
  const parsed = parseImageReference(text);
  assert.ok(parsed, text);
  return parsed;
}

function clientFor(registry: TestRegistry, setup: Parameters<typeof testPorts>[0] = {}) {
  const ports = testPorts(setup);
  return { ports, client: createRegistryClient(ports, () => [registry.host]) };
}

test("a tag is asked for by HEAD, and an index's own digest is the answer", async (t) => {
  const registry = await startTestRegistry(t);
  const index = putIndex(registry, "team/app", {}, "1.0");
  const single = putImage(registry, "team/single", {}, "1.0").digest;
  const { client } = clientFor(registry);
  assert.deepEqual(await client.digestOf(reference(`${registry.host}/team/app:1.0`)), {
    state: "known",
    value: index,
  });
  assert.deepEqual(await client.digestOf(reference(`${registry.host}/team/single:1.0`)), {
    state: "known",
    value: single,
  });
  assert.deepEqual(registry.requests, [
    "HEAD /v2/team/app/manifests/1.0",
    "HEAD /v2/team/single/manifests/1.0",
  ]);
});

test("a Docker list is a list, too", async (t) => {
  const registry = await startTestRegistry(t);
  const entry = putImage(registry, "team/app", {});
  const digest = registry.put(
    "team/app",
    { schemaVersion: 2, mediaType: mediaTypes.list, manifests: [entry] },
    "latest",
  );
  const { client } = clientFor(registry);
  const image = reference(`${registry.host}/team/app`);
  assert.deepEqual(await client.digestOf(image), { state: "known", value: digest });
  const fetched = await client.manifest(image, digest);
  assert.equal(fetched.state === "known" && fetched.value.manifest.kind, "index");
});

test("what is not there is absent", async (t) => {
  const registry = await startTestRegistry(t);
  const { client } = clientFor(registry);
  assert.deepEqual(await client.digestOf(reference(`${registry.host}/team/app:1.0`)), { state: "absent" });
});

test("the same question is put once, whoever asks it and however often", async (t) => {
  const registry = await startTestRegistry(t);
  putIndex(registry, "team/app", {}, "1.0");
  let now = 1_000_000;
  const { client } = clientFor(registry, { now: () => now });
  const image = reference(`${registry.host}/team/app:1.0`);
  await Promise.all(Array.from({ length: 20 }, () => client.digestOf(image)));
  await client.digestOf(image);
  assert.equal(registry.requests.length, 1);
  now += 3_600_000;
  await client.digestOf(image);
  assert.equal(registry.requests.length, 2);
});

test("what is named by its digest comes from the cache, unless that has been tampered with", async (t) => {
  const registry = await startTestRegistry(t);
  const digest = putIndex(registry, "team/app", {}, "1.0");
  const { client, ports } = clientFor(registry);
  const image = reference(`${registry.host}/team/app:1.0`);
  await client.manifest(image, digest);
  assert.deepEqual([...ports.kept.keys()], [digest]);
  const again = createRegistryClient(ports, () => [registry.host]);
  assert.equal((await again.manifest(image, digest)).state, "known");
  assert.equal(registry.requests.length, 1);
  ports.kept.set(digest, new TextEncoder().encode('{"manifests":[]}'));
  const third = createRegistryClient(ports, () => [registry.host]);
  const fetched = await third.manifest(image, digest);
  assert.equal(fetched.state === "known" && fetched.value.manifest.kind === "index", true);
  assert.equal(registry.requests.length, 2);
});

test("a registry that nobody has named is not asked, nor is an address from a file", async (t) => {
  const registry = await startTestRegistry(t);
  const client = createRegistryClient(testPorts());
  for (const text of [
    `${registry.host}/team/app:1`,
    "169.254.169.254/latest/meta-data",
    "localhost:5000/a",
  ]) {
    const answer = await client.digestOf(reference(text));
    assert.equal(answer.state, "unknown");
    assert.match(answer.reason, /not among the registries that may be asked/);
  }
  assert.deepEqual(registry.requests, []);
});

test("a registry that the user has logged in to may be asked", async (t) => {
  const registry = await startTestRegistry(t);
  putIndex(registry, "team/app", {}, "1.0");
  const client = createRegistryClient(
    testPorts({ config: { auths: { [`https://${registry.host}/v1/`]: {} } } }),
  );
  assert.equal((await client.digestOf(reference(`${registry.host}/team/app:1.0`))).state, "known");
});

test("a digest that the registry does not tell is that of the content", async (t) => {
  const registry = await startTestRegistry(t);
  const content = JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests: [] });
  registry.intercept = (request, response) => {
    response.writeHead(200, { "content-type": mediaTypes.index });
    response.end(request.method === "HEAD" ? undefined : content);
    return true;
  };
  const { client } = clientFor(registry);
  assert.deepEqual(await client.digestOf(reference(`${registry.host}/team/app:1.0`)), {
    state: "known",
    value: digestOf(content),
  });
});

test("who cancels a question cancels it for nobody else", async (t) => {
  const registry = await startTestRegistry(t);
  const digest = putIndex(registry, "team/app", {}, "1.0");
  let arrived = (): void => {};
  const first = new Promise<void>((resolve) => (arrived = resolve));
  registry.intercept = () => {
    registry.intercept = undefined;
    arrived();
    return true;
  };
  const { client } = clientFor(registry);
  const image = reference(`${registry.host}/team/app:1.0`);
  const controller = new AbortController();
  const cancelled = client.digestOf(image, controller.signal);
  const patient = client.digestOf(image);
  await first;
  controller.abort();
  assert.equal((await cancelled).state, "unknown");
  assert.deepEqual(await patient, { state: "known", value: digest });
});
