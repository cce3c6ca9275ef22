import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { parseImageReference } from "../../../server/src/documents/imageReference";
import { createRegistryClient, type RegistryClient } from "../../../server/src/registry/client";
import { lacks, pusher, startDockerRegistry } from "../../support/dockerRegistry";
import { folderWith } from "../../support/folder";
import { mediaTypes } from "../../support/registry";
import { testPorts } from "../../support/registryPorts";
import { startTokenServer } from "../../support/tokenServer";

const missing = lacks("docker-registry");
const options = missing === undefined ? {} : { skip: `a real registry cannot be asked: ${missing}` };
const password = ["pass", "phrase"].join("-");

function reference(text: string) {
  const parsed = parseImageReference(text);
  assert.ok(parsed, text);
  return parsed;
}

/** One platform's image, an OCI index and a Docker list over it. Gives their digests. */
async function pushAll(host: string, authorization?: string) {
  const push = pusher(host, "team/app", authorization);
  const config = await push.blob('{"architecture":"amd64","os":"linux","config":{"User":"1000"}}');
  const layer = await push.blob("no real layer", mediaTypes.layer);
  const image = { schemaVersion: 2, mediaType: mediaTypes.image, config, layers: [layer] };
  const single = await push.manifest(image, "single");
  const entry = {
    mediaType: mediaTypes.image,
    digest: single,
    size: JSON.stringify(image).length,
    platform: { os: "linux", architecture: "amd64" },
  };
  const index = await push.manifest(
    { ...{ schemaVersion: 2 }, mediaType: mediaTypes.index, ...{ manifests: [entry] } },
    "index",
  );
  const list = await push.manifest(
    { ...{ schemaVersion: 2 }, mediaType: mediaTypes.list, ...{ manifests: [entry] } },
    "list",
  );
  return { single, index, list };
}

async function digests(client: RegistryClient, host: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const tag of ["single", "index", "list"]) {
    const image = reference(`${host}/team/app:${tag}`);
    const answer = await client.digestOf(image);
    assert.equal(answer.state, "known", JSON.stringify(answer));
    if (answer.state !== "known") continue;
    found[tag] = answer.value;
    const fetched = await client.manifest(image, answer.value);
    assert.equal(
      fetched.state === "known" && fetched.value.manifest.kind,
      tag === "single" ? "image" : "index",
    );
  }
  return found;
}

test("a real registry for everybody", options, async (t) => {
  const host = await startDockerRegistry(t, folderWith(t));
  const pushed = await pushAll(host);
  const client = createRegistryClient(testPorts(), () => [host]);
  assert.deepEqual(await digests(client, host), pushed);
  assert.deepEqual(await client.digestOf(reference(`${host}/team/app:none`)), { state: "absent" });
  assert.deepEqual(await client.digestOf(reference(`${host}/team/none:1`)), { state: "absent" });
  assert.deepEqual(await client.referrers(reference(`${host}/team/app:index`), pushed.index), {
    state: "absent",
  });
});

test("a real registry with passwords", options, async (t) => {
  const lacking = lacks("htpasswd");
  if (lacking !== undefined) return t.skip(lacking);
  const folder = folderWith(t);
  const htpasswd = execFileSync("htpasswd", ["-Bbn", "alice", password]);
  writeFileSync(join(folder, "htpasswd"), htpasswd);
  const host = await startDockerRegistry(t, folder, {
    htpasswd: { realm: "team", path: join(folder, "htpasswd") },
  });
  const auth = Buffer.from(`alice:${password}`).toString("base64");
  const pushed = await pushAll(host, `Basic ${auth}`);
  const client = createRegistryClient(testPorts({ config: { auths: { [host]: { auth } } } }));
  assert.deepEqual(await digests(client, host), pushed);
  const stranger = await createRegistryClient(testPorts(), () => [host]).digestOf(
    reference(`${host}/team/app:index`),
  );
  assert.match(stranger.state === "unknown" ? stranger.reason : "", /wants a login: docker login/);
});

test("a real registry with tokens, from a server beside it", options, async (t) => {
  const lacking = lacks("openssl");
  if (lacking !== undefined) return t.skip(lacking);
  const folder = folderWith(t);
  const tokens = await startTokenServer(t, folder, password);
  const host = await startDockerRegistry(t, folder, {
    token: {
      realm: tokens.realm,
      service: "test-registry",
      issuer: "plimsoll-test",
      rootcertbundle: tokens.certificate,
    },
  });
  const pushed = await pushAll(host, `Bearer ${tokens.issue("repository:team/app:pull,push")}`);
  const config = { auths: { [host]: { username: "alice", password } } };
  assert.deepEqual(await digests(createRegistryClient(testPorts({ config })), host), pushed);
  const identity = { auths: { [host]: { identitytoken: password } } };
  assert.deepEqual(await digests(createRegistryClient(testPorts({ config: identity })), host), pushed);
  const stranger = await createRegistryClient(testPorts(), () => [host]).digestOf(
    reference(`${host}/team/app:index`),
  );
  assert.match(stranger.state === "unknown" ? stranger.reason : "", /gives no token without a login/);
});

test("images that skopeo pushed, as OCI and as Docker made them", options, async (t) => {
  const lacking = lacks("skopeo", "umoci");
  if (lacking !== undefined) return t.skip(lacking);
  const folder = folderWith(t);
  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const host = await startDockerRegistry(t, folder);
  mkdirSync(join(folder, "rootfs"));
  writeFileSync(join(folder, "rootfs/hello"), "hello\n");
  run("umoci", "init", "--layout", "oci");
  run("umoci", "new", "--image", "oci:app");
  run("umoci", "insert", "--image", "oci:app", "rootfs", "/");
  run("umoci", "config", "--image", "oci:app", "--config.user", "1000:1000");
  const insecure = ["--insecure-policy", "copy", "-q", "--dest-tls-verify=false"];
  run("skopeo", ...insecure, "oci:oci:app", `docker://${host}/team/app:oci`);
  run("skopeo", ...insecure, "--format", "v2s2", "oci:oci:app", `docker://${host}/team/app:docker`);
  const client = createRegistryClient(testPorts(), () => [host]);
  for (const tag of ["oci", "docker"]) {
    const image = reference(`${host}/team/app:${tag}`);
    const raw = run("skopeo", "inspect", "--raw", "--tls-verify=false", `docker://${host}/team/app:${tag}`);
    const digest = `sha256:${createHash("sha256").update(raw).digest("hex")}`;
    assert.deepEqual(await client.digestOf(image), { state: "known", value: digest }, tag);
    const fetched = await client.manifest(image, digest);
    assert.equal(fetched.state === "known" && fetched.value.manifest.kind, "image", tag);
  }
});
