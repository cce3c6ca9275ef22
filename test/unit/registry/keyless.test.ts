import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { nodeHashing } from "../../../server/src/platform/nodeRegistry";
import { sigstoreVerifier } from "../../../server/src/platform/nodeSigstore";
import { signerOfBundle, type Verification } from "../../../server/src/registry/signatures";

const file = join(
  __dirname,
  "../../../../shared/reference/data/scanner-samples/sigstore-oci-attestation.json",
);
const missing = existsSync(file) ? undefined : `../shared is missing: ${file}`;

/** The image that the bundle is about, and who has signed it with which provider's word. */
const subject = "sha256:732112270d7e59418a8c080b134b24cabd67d250d0d0147a97ed95ba5c280aa4";
const issuer = "https://github.com/login/oauth";

function bundle(): Record<string, never> {
  return JSON.parse(readFileSync(file, "utf8")) as Record<string, never>;
}

function trusting(identity: string, by = issuer): Verification {
  return {
    hashing: nodeHashing,
    keys: [],
    keyless: { verifier: sigstoreVerifier, identities: [{ identity, issuer: by }] },
  };
}

test("a bundle of the public instance is verified without a question to anybody, and says who signed it", (t) => {
  if (missing !== undefined) return t.skip(missing);
  const signer = sigstoreVerifier.signerOf(bundle());
  assert.ok(typeof signer !== "string", String(signer));
  const { name } = signer;
  assert.deepEqual([name.endsWith("@soyland.com"), signer.issuer], [true, issuer]);
  assert.equal(signerOfBundle(bundle(), subject, trusting(name)), name);
  assert.equal(signerOfBundle(bundle(), subject, trusting("*@soyland.com")), name);
});

test("another signer, another provider and another image are not proven", (t) => {
  if (missing !== undefined) return t.skip(missing);
  for (const [identity, by, image] of [
    ["soyland.com", issuer, subject],
    // For the library it would be a pattern that fits.
    [".*@soyland.com", issuer, subject],
    ["*@soyland.com", "https://accounts.google.com", subject],
    ["*@soyland.com", issuer.slice(0, -1), subject],
    ["*@soyland.com", issuer, `sha256:${"0".repeat(64)}`],
  ] as const)
    assert.equal(signerOfBundle(bundle(), image, trusting(identity, by)), undefined, identity);
  assert.equal(signerOfBundle(bundle(), subject, { hashing: nodeHashing, keys: [] }), undefined);
});

test("what was tampered with, or is no bundle, is not verified", (t) => {
  if (missing !== undefined) return t.skip(missing);
  const { dsseEnvelope, ...rest } = bundle() as Record<string, Record<string, unknown>>;
  const payload = Buffer.from(String(dsseEnvelope?.payload), "base64").toString();
  const other = Buffer.from(payload.replace("127.0.0.1", "127.0.0.2")).toString("base64");
  const changed = { ...rest, dsseEnvelope: { ...dsseEnvelope, payload: other } };
  assert.equal(typeof sigstoreVerifier.signerOf(changed), "string");
  assert.equal(signerOfBundle(changed, subject, trusting("*@soyland.com")), undefined);
  const material = (bundle() as Record<string, Record<string, unknown>>).verificationMaterial;
  const unlogged = { ...bundle(), verificationMaterial: { ...material, tlogEntries: [] } };
  assert.equal(typeof sigstoreVerifier.signerOf(unlogged), "string");
  for (const none of [
    undefined,
    null,
    7,
    "",
    [],
    {},
    { mediaType: "application/vnd.dev.sigstore.bundle+json" },
  ])
    assert.equal(typeof sigstoreVerifier.signerOf(none), "string");
});
