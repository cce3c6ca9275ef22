import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import test from "node:test";
import { plimsoll } from "../../support/cliProcess";
import { folderWith } from "../../support/folder";
import { startGuardedRegistry } from "../../support/guardedRegistry";
import { mediaTypes, putIndex } from "../../support/registry";
import { cosign, signingKey } from "../../support/signing";

const bundle = "../shared/reference/data/scanner-samples/sigstore-oci-attestation.json";

test("with the network on, every command sends to the registry that is named and to its token server, and nowhere else", async (t) => {
  const { registry, realm } = await startGuardedRegistry(t);
  const { host } = registry;
  registry.hasReferrers = true;
  const alice = signingKey();
  const before = putIndex(registry, "team/app", { user: "1" }, "1.0");
  const digest = putIndex(registry, "team/app", { user: "2" }, "1.0", "1.0.1");
  cosign(registry, "team/app", digest, alice);
  // What the public instance of Sigstore has signed is verified with keys that are here, not with its servers.
  if (existsSync(bundle)) {
    const type = "application/vnd.dev.sigstore.bundle.v0.3+json";
    registry.put("team/app", {
      ...{ schemaVersion: 2, mediaType: mediaTypes.image, artifactType: type, config: registry.blob("{}") },
      layers: [registry.blob(readFileSync(bundle, "utf8"), type)],
      subject: { mediaType: mediaTypes.index, digest, size: 1 },
    });
  }
  // Other hosts, in every place that a file can name one.
  const folder = folderWith(t, {
    Dockerfile: `# syntax=docker.example.com/dockerfile:1
FROM ${host}/team/app:1.0@${before}
FROM 169.254.169.254/team/app:1
ADD https://example.com/app.tgz /
RUN curl https://example.com/install.sh | sh
COPY --from=ghcr.example.com/team/tool:1 /a /b
FROM ${host}/team/app:1.0
`,
    "compose.yaml": `include: ["https://example.com/compose.yaml"]\nservices:\n  a:\n    image: ${host}/team/app:1.0\n  b:\n    build: https://github.com/example/app.git\n`,
    ".devcontainer/devcontainer.json": `{ "image": "${host}/team/app:1.0", "features": { "ghcr.io/example/feature:1": {} } }\n`,
    "plimsoll.yaml": `images:
  require:
    maxAge: 30
    nonRoot: true
    signature:
      keys: cosign.pub
      identities: [{ identity: "**", issuer: https://github.com/login/oauth }]
`,
    "cosign.pub": alice.pem,
  });
  const online = ["--online", "--registry", host];
  const image = `${host}/team/app:1.0`;
  for (const [args, needle] of [
    [
      ["check", ".", "--format", "json", "--since", "last.json", "--remember", ...online],
      /base-image-pin-outdated/,
    ],
    [["check", ".", "--format", "html", ...online], /verified \(cosign by a given key\)/],
    [["inventory", ".", ...online], /verified: cosign by a given key/],
    [["image", image, "--online", "--key", "cosign.pub"], /verified \(cosign by a given key\)/],
    [
      ["image", image, "--online", "--identity", "**", "--issuer", "https://github.com/login/oauth"],
      /made by nobody of those given \(cosign/,
    ],
    [["pin", ".", "--check", ...online], /moved/],
    [["pin", ".", "--dry-run", "--update", ...online], new RegExp(`[+].+1[.]0@${digest}`)],
  ] as const) {
    const ended = await plimsoll(folder, args);
    assert.match(`${ended.out}${ended.err}`, needle, args.join(" "));
    assert.deepEqual(
      [...ended.sockets].sort(),
      [`connect ${host}`, `connect ${realm}`].sort(),
      args.join(" "),
    );
  }
});

test("a registry that sends to a token server of another domain gets nobody's answer, and that server no question", async (t) => {
  const { registry } = await startGuardedRegistry(t);
  registry.intercept = (_, response) => {
    response.setHeader("www-authenticate", 'Bearer realm="https://tokens.example.com/token",service="test"');
    response.writeHead(401).end();
    return true;
  };
  const ended = await plimsoll(folderWith(t), ["image", `${registry.host}/team/app:1`, "--online"]);
  assert.equal(ended.code, 2);
  assert.deepEqual(ended.sockets, [`connect ${registry.host}`]);
});
