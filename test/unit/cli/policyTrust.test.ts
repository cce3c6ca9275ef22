import assert from "node:assert/strict";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { type Ended, plimsoll } from "../../support/cliProcess";
import { folderWith } from "../../support/folder";
import { mediaTypes, putImage, putIndex, startTestRegistry, type TestRegistry } from "../../support/registry";
import { cosign, signingKey } from "../../support/signing";

/** What a run says of the rules that ask registries: findings by image, and reasons for what was not checked. */
function saidIn({ out }: Ended) {
  const { findings, notChecked } = JSON.parse(out) as {
    readonly findings: readonly {
      readonly rule: string;
      readonly message: string;
      readonly severity: string;
    }[];
    readonly notChecked: readonly { readonly rule?: string; readonly reason: string }[];
  };
  const wanted = /unverified|too-old|vulnerable/;
  return {
    found: findings
      .filter(({ rule }) => wanted.test(rule))
      .map(({ severity, message }) => `${severity}: ${message}`),
    open: notChecked.flatMap(({ rule, reason }) => (rule !== undefined && wanted.test(rule) ? reason : [])),
  };
}

const jsonOf = (registry: TestRegistry) =>
  ["check", ".", "--format", "json", "--online", "--registry", registry.host] as const;

test("signatures that the policy demands: verified, of others, for one platform, none, and not to be verified", async (t) => {
  const registry = await startTestRegistry(t);
  registry.hasReferrers = true;
  const { host } = registry;
  const alice = signingKey();
  const mallory = signingKey();
  const signedWith = (name: string, key: typeof alice, annotations = {}): void =>
    cosign(registry, `team/${name}`, putIndex(registry, `team/${name}`, {}, "1"), key, annotations);
  signedWith("good", alice);
  signedWith("other", mallory);
  putIndex(registry, "team/none", {}, "1");
  const platforms = (name: string, count: number, isSecondNamed = true): void => {
    const images = ["amd64", "arm64"].map((architecture, index) => {
      const { digest, entry } = one(registry, name, architecture);
      const platform = { os: "linux", architecture };
      return { digest, entry: index === 0 || isSecondNamed ? { ...entry, platform } : entry };
    });
    registry.put(
      name,
      { schemaVersion: 2, mediaType: mediaTypes.index, manifests: images.map(({ entry }) => entry) },
      "1",
    );
    for (const { digest } of images.slice(0, count)) cosign(registry, name, digest, alice);
  };
  platforms("team/half", 1);
  platforms("team/both", 2);
  platforms("team/unnamed", 1, false);
  const notation = putImage(registry, "team/notation", {}, "1").digest;
  registry.put("team/notation", {
    ...{ schemaVersion: 2, mediaType: mediaTypes.image, config: registry.blob("{}"), layers: [] },
    artifactType: "application/vnd.cncf.notary.signature",
    subject: { mediaType: mediaTypes.image, digest: notation, size: 1 },
  });
  const names = ["good", "both", "other", "none", "half", "unnamed", "notation", "gone"];
  const folder = folderWith(t, {
    Dockerfile: `${names.map((name) => `FROM ${host}/team/${name}:1 AS ${name}\n`).join("")}FROM $BASE\n`,
    "compose.yaml": `services:\n  a:\n    image: ${host}/team/none:1\n`,
    "plimsoll.yaml": `images:\n  require:\n    signature:\n      images: "${host}/team/*"\n      keys: keys/alice.pub\n`,
    "keys/alice.pub": alice.pem,
  });
  const all = await plimsoll(folder, jsonOf(registry));
  const image = (name: string): string => `${host}/team/${name}:1`;
  assert.deepEqual(saidIn(all), {
    found: [
      `high: ${image("other")} is signed, but by none of those whom the policy names`,
      `high: ${image("none")} has no signature, and the policy demands one`,
      `high: ${image("half")} is signed as the policy demands for linux/amd64 alone`,
      `high: ${image("unnamed")} is signed as the policy demands for linux/amd64 alone`,
      `high: ${image("none")} has no signature, and the policy demands one`,
    ],
    open: [
      `who has signed ${image("notation")} is not known: its signature (notation) cannot be verified here`,
      `who has signed ${image("gone")} is not known: ${host} has no such image`,
      "who has signed $BASE is not known",
    ],
  });
  assert.deepEqual([all.code, all.sockets], [1, [`connect ${host}`]]);

  const offline = await plimsoll(folder, ["check", ".", "--format", "json", "--strict"]);
  const { found, open } = saidIn(offline);
  assert.deepEqual([found, offline.sockets, offline.code], [[], [], 2]);
  // Each image once, and the variable.
  assert.equal(open.length, names.length + 2);
  assert.match(open[0] ?? "", /good:1 is not known: registries are asked with --online/);

  registry.intercept = (request, response) => {
    if (!/\.sig$/.test(request.url ?? "")) return false;
    response.writeHead(500).end();
    return true;
  };
  const mute = saidIn(await plimsoll(folder, jsonOf(registry)));
  assert.deepEqual(mute.found, []);
  assert.equal(mute.open.length, names.length + 2);
  assert.match(mute.open[0] ?? "", /good:1 is not known: .+ answered with status 500/);
});

function one(registry: TestRegistry, repository: string, architecture: string) {
  const config = registry.blob(
    JSON.stringify({ architecture, os: "linux", created: "2026-11-01T00:00:00Z", config: {} }),
  );
  const image = { schemaVersion: 2, mediaType: mediaTypes.image, config, layers: [] };
  const digest = registry.put(repository, image);
  return { digest, entry: { mediaType: mediaTypes.image, digest, size: JSON.stringify(image).length } };
}

test("every entry about an image must be met, by any of its keys; a certificate beside cosign's first scheme is not checked", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const [alice, bob, carol] = [signingKey(), signingKey(), signingKey()];
  const digest = putIndex(registry, "team/app", {}, "1");
  cosign(registry, "team/app", digest, bob);
  const keyless = putIndex(registry, "team/keyless", {}, "1");
  cosign(registry, "team/keyless", keyless, carol, { "dev.sigstore.cosign/certificate": "-" });
  const inline = (pem: string): string => `          - |\n${pem.trim().replace(/^/gm, "            ")}\n`;
  const entry = (...pems: readonly string[]): string => `      - keys:\n${pems.map(inline).join("")}`;
  const policy = (text: string): string => `images:\n  require:\n    signature:\n${text}`;
  const folder = folderWith(t, { Dockerfile: `FROM ${host}/team/app:1\n` });
  const saidUnder = async (text: string) => {
    writeFileSync(join(folder, "plimsoll.yaml"), policy(text));
    return saidIn(await plimsoll(folder, jsonOf(registry)));
  };
  assert.deepEqual(await saidUnder(entry(alice.pem, bob.pem)), { found: [], open: [] });
  const both = await saidUnder(`${entry(bob.pem)}${entry(alice.pem)}        severity: medium\n`);
  assert.deepEqual(both.found, [
    `medium: ${host}/team/app:1 is signed, but by none of those whom the policy names`,
  ]);
  const elsewhere = await saidUnder(`${entry(alice.pem)}        images: quay.io/*/*\n`);
  assert.deepEqual(elsewhere, { found: [], open: [] });
  writeFileSync(join(folder, "Dockerfile"), `FROM ${host}/team/keyless:1\n`);
  const identity = `      - identities: [{ identity: "*@example.com", issuer: "https://example.com" }]\n`;
  assert.deepEqual(await saidUnder(identity), {
    found: [],
    open: [
      `who has signed ${host}/team/keyless:1 is not known: its signature (cosign) cannot be verified here`,
    ],
  });
});

test("attestations count for the image that they themselves name, not for the one beside which an index lists them", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const alice = signingKey();
  const listed = (name: string, subjectOf: (digest: string) => string): void => {
    const { digest, entry } = one(registry, name, "amd64");
    const attestation = {
      ...{ schemaVersion: 2, mediaType: mediaTypes.image, config: registry.blob("{}"), layers: [] },
      subject: { mediaType: mediaTypes.image, digest: subjectOf(digest), size: 1 },
    };
    const signed = registry.put(name, attestation);
    cosign(registry, name, signed, alice);
    const manifests = [
      { ...entry, platform: { os: "linux", architecture: "amd64" } },
      {
        ...{ mediaType: mediaTypes.image, digest: signed, size: JSON.stringify(attestation).length },
        platform: { os: "unknown", architecture: "unknown" },
        annotations: {
          "vnd.docker.reference.type": "attestation-manifest",
          "vnd.docker.reference.digest": digest,
        },
      },
    ];
    registry.put(name, { schemaVersion: 2, mediaType: mediaTypes.index, manifests }, "1");
  };
  listed("team/own", (digest) => digest);
  listed("team/borrowed", () => `sha256:${"0".repeat(64)}`);
  const folder = folderWith(t, {
    Dockerfile: `FROM ${host}/team/own:1 AS a\nFROM ${host}/team/borrowed:1\n`,
    "plimsoll.yaml": "images: { require: { signature: { keys: [cosign.pub] } } }\n",
    "cosign.pub": alice.pem,
  });
  assert.deepEqual(saidIn(await plimsoll(folder, jsonOf(registry))), {
    found: [],
    open: [
      `who has signed ${host}/team/borrowed:1 is not known: its signature (cosign) cannot be verified here`,
    ],
  });
});

test("a key file that is missing, lies elsewhere or is none is told at its place, and its images are not checked", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const alice = signingKey();
  cosign(registry, "team/app", putIndex(registry, "team/app", {}, "1"), alice);
  const outside = folderWith(t, { "alice.pub": alice.pem });
  const folder = folderWith(t, { Dockerfile: `FROM ${host}/team/app:1\n`, "none.pub": "hello\n" });
  symlinkSync(join(outside, "alice.pub"), join(folder, "link.pub"));
  for (const [file, reason] of [
    ["gone.pub", "it does not exist"],
    ["none.pub", "it holds no public key in PEM"],
    ["../alice.pub", "it lies outside of the repository"],
    ["link.pub", "the link leads out of the audited folder"],
  ] as const) {
    writeFileSync(
      join(folder, "plimsoll.yaml"),
      `images:\n  require:\n    signature:\n      - keys: [${file}]\n`,
    );
    const ended = await plimsoll(folder, jsonOf(registry));
    assert.deepEqual(saidIn(ended), {
      found: [],
      open: [`who has signed ${host}/team/app:1 is not known: ${file}: ${reason}`],
    });
    assert.match(
      ended.err,
      new RegExp(`line 4: the key ${file.replaceAll(".", "\\.")} is not read: ${reason}`),
    );
    const { findings } = JSON.parse(ended.out) as {
      findings: readonly {
        rule: string;
        message: string;
        range: { start: { line: number; column: number } };
      }[];
    };
    const told = findings.find(({ rule }) => rule === "unreadable-public-key");
    assert.deepEqual(
      [told?.message, told?.range.start.line, told?.range.start.column, ended.code],
      [`No key is read from this file: ${reason}`, 4, 16, 2],
    );
  }
});

test("age and vulnerabilities that the policy demands: judged where they are known, else not checked", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  putIndex(registry, "team/old", { created: "2020-01-01T00:00:00Z" }, "1");
  putIndex(registry, "team/new", { created: new Date().toISOString() }, "1");
  putIndex(registry, "team/undated", { created: "1970-01-01T00:00:00Z" }, "1");
  const names = ["old", "new", "undated", "gone"];
  const folder = folderWith(t, {
    Dockerfile: names.map((name) => `FROM ${host}/team/${name}:1 AS ${name}\n`).join(""),
    "plimsoll.yaml":
      "images: { require: { maxAge: { days: 365, severity: medium }, vulnerabilities: { critical: 0, high: 1 } } }\n",
  });
  const online = saidIn(await plimsoll(folder, jsonOf(registry)));
  assert.equal(online.found.length, 1);
  assert.match(
    online.found[0] ?? "",
    /^medium: 127\.0\.0\.1:\d+\/team\/old:1 was made \d{4} days ago, and the policy allows 365$/,
  );
  const age = `how old ${host}/team`;
  assert.deepEqual(
    online.open.filter((reason) => !reason.includes("scanned")),
    [
      `${age}/undated:1 is, is not known: it does not say`,
      `${age}/gone:1 is, is not known: ${host} has no such image`,
    ],
  );
  assert.equal(
    online.open.filter((reason) => reason.endsWith("was not scanned: no scanner was run")).length,
    4,
  );
});
