import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { promisify } from "node:util";
import { type Ended, plimsoll } from "../../support/cliProcess";
import { lacks, type Pusher, pusher, startDockerRegistry } from "../../support/dockerRegistry";
import { folderWith } from "../../support/folder";
import { layoutImage, type OciLayout, ociLayout } from "../../support/ociLayout";
import { type Entry, mediaTypes } from "../../support/registry";
import { type SigningKey, signingKey, simplePayload, simpleSigning } from "../../support/signing";
import { startTokenServer } from "../../support/tokenServer";

const password = ["pass", "phrase"].join("-");
const bundleType = "application/vnd.dev.sigstore.bundle.v0.3+json";

/** A real registry that wants something of who asks, and what its users have in their `config.json`. */
interface Guarded {
  readonly host: string;
  /** Whom the process may talk to. */
  readonly sockets: readonly string[];
  readonly auths: Readonly<Record<string, unknown>>;
  /** How skopeo logs in, and how a request does. */
  readonly login: readonly string[];
  readonly authorization: string | undefined;
}

const kinds: Readonly<Record<string, (t: TestContext, folder: string) => Promise<Guarded>>> = {
  everybody: async (t, folder) => {
    const host = await startDockerRegistry(t, folder);
    return { host, sockets: [`connect ${host}`], auths: {}, login: [], authorization: undefined };
  },
  "whoever has a password": async (t, folder) => {
    const path = join(folder, "htpasswd");
    writeFileSync(path, execFileSync("htpasswd", ["-Bbn", "alice", password]));
    const host = await startDockerRegistry(t, folder, { htpasswd: { realm: "team", path } });
    const auth = Buffer.from(`alice:${password}`).toString("base64");
    const sockets = [`connect ${host}`];
    return { host, sockets, auths: { [host]: { auth } }, login: creds, authorization: `Basic ${auth}` };
  },
  "whoever has a token": async (t, folder) => {
    const { realm, certificate, issue } = await startTokenServer(t, folder, password);
    const host = await startDockerRegistry(t, folder, {
      token: { realm, service: "test-registry", issuer: "plimsoll-test", rootcertbundle: certificate },
    });
    const sockets = [`connect ${host}`, `connect ${new URL(realm).host}`];
    const authorization = `Bearer ${issue("repository:team/app:pull,push")}`;
    return { host, sockets, auths: { [host]: { identitytoken: password } }, login: creds, authorization };
  },
};

const creds = ["--dest-creds", `alice:${password}`];

for (const [whom, start] of Object.entries(kinds)) {
  test(`what skopeo pushed into a real registry for ${whom}: image, index, list, attestations, signatures`, async (t) => {
    const lacking = lacks("docker-registry", "skopeo", "htpasswd", "openssl");
    if (lacking !== undefined) return t.skip(lacking);
    const folder = folderWith(t);
    const guarded = await start(t, folder);
    const { host } = guarded;
    const layout = ociLayout(folderWith(t));
    const alice = signingKey();
    const tags = fill(layout, alice);
    // Not waited for at once: the server that gives tokens runs in this process.
    const skopeo = async (...args: readonly string[]): Promise<string> =>
      (await promisify(execFile)("skopeo", args, { timeout: 60_000 })).stdout;
    const insecure = ["--insecure-policy", "copy", "-q", "--all", "--dest-tls-verify=false"];
    const { login, authorization } = guarded;
    for (const tag of tags) {
      const from = `oci:${layout.folder}:${tag === "list" ? "both" : tag}`;
      const format = tag === "list" ? ["--format", "v2s2"] : [];
      await skopeo(...insecure, ...login, ...format, from, `docker://${host}/team/app:${tag}`);
    }
    const home = folderWith(t, {
      "config.json": JSON.stringify({ auths: guarded.auths }),
      "alice.pub": alice.pem,
    });
    const ask = (tag: string, ...args: readonly string[]): Promise<Ended> =>
      plimsoll(
        home,
        ["image", `${host}/team/app:${tag}`, "--online", "--registry", host, "--format", "json", ...args],
        { DOCKER_CONFIG: home },
      );
    const inspect = [
      "inspect",
      "--raw",
      "--tls-verify=false",
      ...login.map((one) => one.replace("dest-", "")),
    ];
    for (const [tag, platforms, user] of [
      ["single", [], "1000"],
      ["both", ["linux/amd64", "linux/arm64"], "app"],
      ["list", ["linux/amd64", "linux/arm64"], "app"],
    ] as const) {
      const ended = await ask(tag);
      assert.equal(ended.code, 0, ended.err);
      const told = JSON.parse(ended.out) as Record<string, unknown>;
      const raw = await skopeo(...inspect, `docker://${host}/team/app:${tag}`);
      assert.equal(told.digest, `sha256:${createHash("sha256").update(raw).digest("hex")}`, tag);
      assert.deepEqual(
        [told.platforms, told.user, told.signatures],
        [platforms, { state: "known", value: user }, { state: "none" }],
        tag,
      );
      assert.deepEqual([...ended.sockets].sort(), [...guarded.sockets].sort());
    }
    const push = pusher(host, "team/app", authorization);
    await refer(push, "bundled", bundleType, (digest) => bundleOf(digest, alice));
    await refer(push, "notary", "application/vnd.cncf.notary.signature", () => "{}");
    const evidence = async (tag: string, ...args: readonly string[]) => {
      const { sbom, provenance, signatures } = JSON.parse((await ask(tag, ...args)).out) as Record<
        string,
        unknown
      >;
      return { sbom, provenance, signatures };
    };
    const found = (...what: readonly string[]) => ({ state: "found", what, refuted: false });
    const verified = (what: string) => ({ state: "verified", what: [what] });
    assert.deepEqual(await evidence("attested"), {
      sbom: found("https://spdx.dev/Document"),
      provenance: found("https://slsa.dev/provenance/v1"),
      signatures: { state: "none" },
    });
    const key = ["--key", "alice.pub"];
    assert.deepEqual((await evidence("cosigned")).signatures, found("cosign"));
    assert.deepEqual((await evidence("cosigned", ...key)).signatures, verified("cosign by a given key"));
    const bundled = (await evidence("bundled", ...key)).signatures;
    assert.deepEqual(bundled, verified("sigstore bundle by a given key"));
    // Notation is never more than found: nobody here verifies it.
    assert.deepEqual((await evidence("notary", ...key)).signatures, found("notation"));
  });
}

/** Makes everything that is pushed; gives the tags in an order in which a registry takes them. */
function fill(layout: OciLayout, key: SigningKey): readonly string[] {
  const image = { schemaVersion: 2, mediaType: mediaTypes.image };
  const index = { schemaVersion: 2, mediaType: mediaTypes.index };
  const config = layout.blob("{}", mediaTypes.config);
  layoutImage(layout, "amd64", "1000", "single");
  const manifests = ["amd64", "arm64"].map((architecture) => layoutImage(layout, architecture, "app"));
  layout.put({ ...index, ...{ manifests } }, "both");

  const [first] = manifests;
  const statement = (predicate: string): Entry => ({
    ...layout.blob(JSON.stringify({ predicateType: predicate }), "application/vnd.in-toto+json"),
    annotations: { "in-toto.io/predicate-type": predicate },
  });
  const attestations = layout.put({
    ...image,
    ...{ config, layers: ["https://spdx.dev/Document", "https://slsa.dev/provenance/v1"].map(statement) },
  });
  const attested = {
    ...attestations,
    platform: { os: "unknown", architecture: "unknown" },
    annotations: {
      "vnd.docker.reference.type": "attestation-manifest",
      "vnd.docker.reference.digest": first?.digest ?? "",
    },
  };
  layout.put({ ...index, ...{ manifests: [first, attested] } }, "attested");

  const cosigned = layoutImage(layout, "amd64", "cosigned", "cosigned").digest;
  const payload = simplePayload(cosigned);
  const signature = {
    ...layout.blob(payload, simpleSigning),
    annotations: { "dev.cosignproject.cosign/signature": key.sign(payload) },
  };
  const cosignTag = `${cosigned.replace(":", "-")}.sig`;
  layout.put({ ...image, ...{ config, layers: [signature] } }, cosignTag);

  return ["single", "both", "list", "attested", "cosigned", cosignTag];
}

/**
 * Pushes an image and what refers to it, with the tag that stands in for the API for referrers, which this registry does not
 * have: as cosign and notation do, since skopeo leaves out what it does not know in a list.
 */
async function refer(
  push: Pusher,
  name: string,
  artifactType: string,
  contentOf: (digest: string) => string,
): Promise<void> {
  const image = { schemaVersion: 2, mediaType: mediaTypes.image };
  const config = await push.blob(`{"architecture":"amd64","os":"linux","config":{"User":"${name}"}}`);
  const layers = [await push.blob("no real layer", mediaTypes.layer)];
  const digest = await push.manifest({ ...image, ...{ config, layers } }, name);
  const artifact = {
    ...{ ...image, artifactType, config: await push.blob("{}", "application/vnd.oci.empty.v1+json") },
    layers: [await push.blob(contentOf(digest), artifactType)],
    subject: { mediaType: mediaTypes.image, digest, size: 1 },
  };
  const entry = {
    ...{ mediaType: mediaTypes.image, artifactType, digest: await push.manifest(artifact) },
    size: JSON.stringify(artifact).length,
  };
  const index = { schemaVersion: 2, mediaType: mediaTypes.index, manifests: [entry] };
  await push.manifest(index, digest.replace(":", "-"));
}

function bundleOf(digest: string, key: SigningKey): string {
  const payload = JSON.stringify({ subject: [{ digest: { sha256: digest.slice("sha256:".length) } }] });
  const payloadType = "application/vnd.in-toto+json";
  const sig = key.sign(`DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} ${payload}`);
  const signatures = [{ sig }];
  return JSON.stringify({
    dsseEnvelope: { payload: Buffer.from(payload).toString("base64"), payloadType, signatures },
  });
}
