import assert from "node:assert/strict";
import { createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import test from "node:test";
import { plimsoll } from "../../support/cliProcess";
import { lacks, pusher, startDockerRegistry } from "../../support/dockerRegistry";
import { folderWith } from "../../support/folder";
import { mediaTypes, putImage, putIndex, startTestRegistry } from "../../support/registry";

const simpleSigning = "application/vnd.dev.cosign.simplesigning.v1+json";
const bundle = "application/vnd.dev.sigstore.bundle.v0.3+json";
const empty = "application/vnd.oci.empty.v1+json";

function pem(key: KeyObject): string {
  return key.export({ type: "spki", format: "pem" }).toString();
}

function keyPair() {
  return generateKeyPairSync("ec", { namedCurve: "P-256" });
}

function sign(content: string | Buffer, key: KeyObject): string {
  return createSign("SHA256").update(content).sign(key, "base64");
}

function simplePayload(digest: string): string {
  return JSON.stringify({
    critical: {
      identity: { "docker-reference": "team/app" },
      image: { "docker-manifest-digest": digest },
      type: "cosign container image signature",
    },
    optional: null,
  });
}

test("what a real registry tells of an image with attestations and a signature that cosign would make", {
  ...(lacks("docker-registry") === undefined
    ? {}
    : { skip: `no real registry: ${lacks("docker-registry")}` }),
}, async (t) => {
  const alice = keyPair();
  const folder = folderWith(t, {
    "alice.pub": pem(alice.publicKey),
    "mallory.pub": pem(keyPair().publicKey),
    "none.pub": "hello",
  });
  const host = await startDockerRegistry(t, folderWith(t));
  const push = pusher(host, "team/app");
  const config = await push.blob(
    JSON.stringify({
      created: "2026-10-31T10:00:00Z",
      os: "linux",
      architecture: "amd64",
      config: { User: "1000" },
    }),
  );
  const layer = await push.blob("x".repeat(2_000), mediaTypes.layer);
  const image = { schemaVersion: 2, mediaType: mediaTypes.image, config, layers: [layer] };
  const platform = { os: "linux", architecture: "amd64" };
  const one = {
    mediaType: mediaTypes.image,
    digest: await push.manifest(image),
    size: JSON.stringify(image).length,
  };
  const statement = async (predicate: string) => ({
    ...(await push.blob(`{"predicateType":"${predicate}"}`, "application/vnd.in-toto+json")),
    annotations: { "in-toto.io/predicate-type": predicate },
  });
  const attestation = {
    ...{ schemaVersion: 2, mediaType: mediaTypes.image, config: await push.blob("{}") },
    layers: [await statement("https://spdx.dev/Document"), await statement("https://slsa.dev/provenance/v1")],
  };
  const attested = {
    mediaType: mediaTypes.image,
    digest: await push.manifest(attestation),
    size: JSON.stringify(attestation).length,
    platform: { os: "unknown", architecture: "unknown" },
    annotations: {
      "vnd.docker.reference.type": "attestation-manifest",
      "vnd.docker.reference.digest": one.digest,
    },
  };
  const index = {
    schemaVersion: 2,
    mediaType: mediaTypes.index,
    manifests: [{ ...one, platform }, attested],
  };
  const digest = await push.manifest(index, "1.0");
  const args = ["image", `${host}/team/app:1.0`, "--online"];
  const unsigned = await plimsoll(folder, args);
  assert.equal(unsigned.code, 0, unsigned.err);
  assert.match(unsigned.out, /\n {2}Signatures +none found\n/);
  assert.deepEqual(unsigned.sockets, [`connect ${host}`]);

  const payload = simplePayload(digest);
  const signature = {
    ...{ schemaVersion: 2, mediaType: mediaTypes.image, config: await push.blob("{}") },
    layers: [
      {
        ...(await push.blob(payload, simpleSigning)),
        annotations: { "dev.cosignproject.cosign/signature": sign(payload, alice.privateKey) },
      },
    ],
  };
  await push.manifest(signature, `${digest.replace(":", "-")}.sig`);
  const found = await plimsoll(folder, args);
  assert.equal(
    found.out.replace(/, \d+ \w+ ago|, today/, ", AGE"),
    [
      `${host}/team/app:1.0`,
      `  Digest        ${digest}`,
      "  Created       2026-10-31, AGE",
      "  Platforms     linux/amd64",
      "  Default user  1000",
      "  Download      2 kB",
      "  SBOM          found, not checked (https://spdx.dev/Document)",
      "  Provenance    found, not checked (https://slsa.dev/provenance/v1)",
      "  Signatures    found, not checked (cosign)",
      "",
    ].join("\n"),
  );
  const verified = await plimsoll(folder, [
    ...args,
    "--key",
    "mallory.pub",
    "--key",
    "alice.pub",
    "--format",
    "json",
  ]);
  assert.equal(verified.code, 0);
  const told = JSON.parse(verified.out) as Record<string, unknown>;
  assert.deepEqual(told.signatures, { state: "verified", what: ["cosign by a given key"] });
  assert.deepEqual([told.version, told.digest], [1, digest]);
  const refuted = await plimsoll(folder, [...args, "--key", "mallory.pub"]);
  assert.equal(refuted.code, 1);
  assert.match(refuted.out, /found, but made by nobody of those given \(cosign\)/);
  assert.match((await plimsoll(folder, [...args, "--key", "none.pub"])).err, /no public key in PEM/);
});

test("bundles and Notation among the referrers; what is signed is another image; what cannot be asked", async (t) => {
  const registry = await startTestRegistry(t);
  registry.hasReferrers = true;
  const { host } = registry;
  const alice = keyPair();
  const folder = folderWith(t, { "alice.pub": pem(alice.publicKey) });
  const envelope = (digest: string): string => {
    const payload = JSON.stringify({ subject: [{ digest: { sha256: digest.slice(7) } }] });
    const type = "application/vnd.in-toto+json";
    const signed = `DSSEv1 ${type.length} ${type} ${payload.length} ${payload}`;
    return JSON.stringify({
      dsseEnvelope: {
        payload: Buffer.from(payload).toString("base64"),
        payloadType: type,
        signatures: [{ sig: sign(signed, alice.privateKey) }],
      },
    });
  };
  const refer = (repository: string, subject: string, artifactType: string, content: string): void => {
    registry.put(repository, {
      ...{ schemaVersion: 2, mediaType: mediaTypes.image, artifactType },
      config: registry.blob("{}", empty),
      layers: [registry.blob(content, artifactType)],
      subject: { mediaType: mediaTypes.index, digest: subject, size: 1 },
    });
  };
  const good = putIndex(registry, "team/good", { user: "app" }, "1");
  refer("team/good", good, bundle, envelope(good));
  const swapped = putIndex(registry, "team/swapped", { user: "app", created: "1970-01-01T00:00:00Z" }, "1");
  refer("team/swapped", swapped, bundle, envelope(good));
  const notation = putImage(registry, "team/notation", { created: "junk" }, "1").digest;
  refer("team/notation", notation, "application/vnd.cncf.notary.signature", "{}");
  const ask = async (name: string) => {
    const ended = await plimsoll(folder, [
      ...["image", `${host}/team/${name}:1`, "--online", "--key", "alice.pub", "--format", "json"],
    ]);
    const { signatures, platforms, user, created } = JSON.parse(ended.out || "{}") as Record<string, unknown>;
    return { code: ended.code, signatures, platforms, user, created };
  };
  assert.deepEqual(await ask("good"), {
    ...{ code: 0, signatures: { state: "verified", what: ["sigstore bundle by a given key"] } },
    ...{ platforms: ["linux/amd64", "linux/arm64/v8"], user: { state: "known", value: "app" } },
    created: { state: "known", value: "2026-11-01T00:00:00.000Z" },
  });
  const other = await ask("swapped");
  assert.deepEqual(
    [other.code, other.signatures, other.created],
    [1, { state: "found", what: ["sigstore bundle"], refuted: true }, { state: "absent" }],
  );
  const notary = await ask("notation");
  assert.deepEqual(
    [notary.code, notary.signatures],
    [1, { state: "found", what: ["notation"], refuted: false }],
  );
  // A real bundle of Sigstore's, signed by the one who is wanted, about an image that is not this one.
  const real = "../shared/reference/data/scanner-samples/sigstore-oci-attestation.json";
  if (existsSync(real)) {
    const keyless = putIndex(registry, "team/keyless", { user: "x" }, "1");
    refer("team/keyless", keyless, bundle, readFileSync(real, "utf8"));
    const ended = await plimsoll(folder, [
      ...["image", `${host}/team/keyless:1`, "--online", "--identity", "**"],
      ...["--issuer", "https://github.com/login/oauth"],
    ]);
    assert.equal(ended.code, 1);
    assert.match(ended.out, /Signatures +found, but made by nobody of those given \(sigstore bundle\)/);
  }
  registry.intercept = (request, response) => {
    if (!/\.sig$|referrers/.test(request.url ?? "")) return false;
    response.writeHead(500).end();
    return true;
  };
  const mute = await ask("good");
  assert.deepEqual(
    [mute.code, mute.signatures],
    [2, { state: "unknown", reason: `${host} answered with status 500` }],
  );
});

test("a pinned image says what its tag stands for now; wrong usage", async (t) => {
  const registry = await startTestRegistry(t);
  const before = putIndex(registry, "team/app", { user: "1" }, "1");
  const after = putIndex(registry, "team/app", { user: "2" }, "1");
  const folder = folderWith(t);
  const moved = await plimsoll(folder, ["image", `${registry.host}/team/app:1@${before}`, "--online"]);
  assert.ok(moved.out.includes(`${before}; its tag has moved to ${after}`), moved.out);
  const missing = await plimsoll(folder, ["image", `${registry.host}/team/none`, "--online"]);
  assert.deepEqual([missing.code, missing.out], [2, ""]);
  for (const args of [
    ["image"],
    ["image", "node:22"],
    ["image", "NODE", "--online"],
    ["image", "-x", "--online"],
    ["image", "node:22", "--online", "--identity", "a@example.com"],
    ["image", "node:22", "--online", "--issuer", "https://example.com"],
  ]) {
    const ended = await plimsoll(folder, args);
    assert.deepEqual([ended.code, ended.sockets], [2, []], args.join(" "));
  }
});
