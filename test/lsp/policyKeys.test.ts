import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { folderWith } from "../support/folder";
import { putIndex, startTestRegistry } from "../support/registry";
import { cosign, signingKey } from "../support/signing";
import { type Client, fullCapabilities, startClient } from "./client";

test("a key of the policy that changes on the disk counts at once, whatever its file is called", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const [alice, mallory] = [signingKey(), signingKey()];
  cosign(registry, "team/app", putIndex(registry, "team/app", {}, "1"), alice);
  const text = `FROM ${host}/team/app:1\nUSER 1000\n`;
  const folder = folderWith(t, {
    Dockerfile: text,
    "plimsoll.yaml": "images: { require: { signature: { keys: trust/release.key } } }\n",
    "trust/release.key": alice.pem,
  });
  const client = await startClient({
    folder,
    capabilities: fullCapabilities,
    settings: () => ({ network: true, networkRegistries: [host] }),
    environment: { HOME: folder, XDG_CACHE_HOME: join(folder, ".cache") },
  });
  const watched: unknown[] = [];
  client.connection.onRequest("client/registerCapability", (params: unknown) => {
    watched.push(params);
    return null;
  });
  const uri = pathToFileURL(join(folder, "Dockerfile")).toString();
  const key = join(folder, "trust", "release.key");
  const answered = client.once("workspace/diagnostic/refresh");
  await client.open(uri, text);
  await answered;
  assert.equal(await unverified(client, uri), undefined);
  assert.match(JSON.stringify(watched), /\*\*\/trust\/release\.key/);

  writeFileSync(key, mallory.pem);
  await changed(client, key, 2);
  assert.match((await until(client, uri)) ?? "", /is signed, but by none of those whom the policy names$/);
  rmSync(key);
  await changed(client, key, 3);
  while ((await unverified(client, uri)) !== undefined) await client.once("workspace/diagnostic/refresh");
  const { notChecked } = await client.connection.sendRequest<{ notChecked: readonly { reason: string }[] }>(
    "plimsoll/auditFile",
    { uri },
  );
  assert.ok(notChecked.some(({ reason }) => reason.endsWith("trust/release.key: it does not exist")));
  writeFileSync(key, alice.pem);
  await changed(client, key, 1);
  assert.equal(await client.stop(), 0);
});

async function changed(client: Client, file: string, type: number): Promise<void> {
  const changes = [{ uri: pathToFileURL(file).toString(), type }];
  await client.connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
}

/** The message of the finding about the signature; `undefined` where there is none. */
async function unverified(client: Client, uri: string): Promise<string | undefined> {
  const found = (await client.diagnostics(uri)).find(({ code }) => code === "base-image-unverified");
  return found && String(found.message);
}

/** The same, once an answer of the registry has brought it. */
async function until(client: Client, uri: string): Promise<string | undefined> {
  for (;;) {
    const message = await unverified(client, uri);
    if (message !== undefined) return message;
    await client.once("workspace/diagnostic/refresh");
  }
}
