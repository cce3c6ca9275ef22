import assert from "node:assert/strict";
import test from "node:test";
import { type Ended, plimsoll } from "../../support/cliProcess";
import { folderWith } from "../../support/folder";
import { putIndex, startTestRegistry } from "../../support/registry";
import { cosign, signingKey } from "../../support/signing";

interface Said {
  readonly findings: readonly {
    readonly path: string;
    readonly rule: string;
    readonly message: string;
    readonly severity: string;
    readonly range: { readonly start: { readonly line: number } };
  }[];
  readonly notChecked: readonly { readonly path: string; readonly rule?: string; readonly reason: string }[];
}

function saidIn({ out }: Ended): Said {
  return JSON.parse(out) as Said;
}

/** Each finding of the wanted rules as `path:line rule`. */
function placesIn(ended: Ended, wanted: RegExp): readonly string[] {
  return saidIn(ended).findings.flatMap(({ path, rule, range }) =>
    wanted.test(rule) ? `${path}:${range.start.line} ${rule}` : [],
  );
}

test("age, signatures and digests are demanded of what pipelines, development containers and # syntax= name, too", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const alice = signingKey();
  const old = putIndex(registry, "team/old", { created: "2020-01-01T00:00:00Z" }, "1");
  cosign(registry, "team/old", old, alice);
  putIndex(registry, "team/new", { created: new Date().toISOString() }, "1");
  const folder = folderWith(t, {
    Dockerfile: `# syntax=${host}/team/old:1\nFROM ${host}/team/new:1\nUSER 1\n`,
    ".github/workflows/ci.yml": `jobs:\n  a:\n    container: ${host}/team/old:1\n    services:\n      db: { image: ${host}/team/gone:1 }\n    steps:\n      - uses: docker://${host}/team/new:\${{ matrix.tag }}\n`,
    ".gitlab-ci.yml": `image: ${host}/team/new:1\n`,
    ".devcontainer/devcontainer.json": `{ "image": "${host}/team/old:1" }\n`,
    "plimsoll.yaml":
      "images: { require: { digest: low, maxAge: { days: 365, severity: medium }, signature: { keys: cosign.pub } } }\n",
    "cosign.pub": alice.pem,
  });
  const check = ["check", ".", "--format", "json"];
  const wanted = /too-old|unverified|not-digest|not-pinned/;
  const online = await plimsoll(folder, [...check, "--online", "--registry", host]);
  assert.deepEqual(placesIn(online, wanted), [
    ".devcontainer/devcontainer.json:1 pipeline-image-not-digest",
    ".devcontainer/devcontainer.json:1 pipeline-image-too-old",
    ".github/workflows/ci.yml:3 pipeline-image-not-digest",
    ".github/workflows/ci.yml:3 pipeline-image-too-old",
    ".github/workflows/ci.yml:5 pipeline-image-not-digest",
    ".gitlab-ci.yml:1 pipeline-image-not-digest",
    ".gitlab-ci.yml:1 pipeline-image-unverified",
    "Dockerfile:1 base-image-too-old",
    "Dockerfile:2 base-image-not-pinned-by-digest",
    "Dockerfile:2 base-image-unverified",
  ]);
  assert.deepEqual(online.sockets, [`connect ${host}`]);
  const open = ({ notChecked }: Said): readonly string[] =>
    notChecked.flatMap(({ path, rule, reason }) =>
      rule !== undefined && wanted.test(rule) ? `${path} ${reason.replaceAll(host, "HOST")}` : [],
    );
  // There is no such service, and the rest of the action's name is put in later.
  const ci = ".github/workflows/ci.yml";
  const action = "HOST/team/new:${{ matrix.tag }}";
  assert.deepEqual([...open(saidIn(online))].sort(), [
    `${ci} how old HOST/team/gone:1 is, is not known: HOST has no such image`,
    `${ci} how old ${action} is, is not known`,
    `${ci} whether ${action} has a digest is not known`,
    `${ci} who has signed HOST/team/gone:1 is not known: HOST has no such image`,
    `${ci} who has signed ${action} is not known`,
  ]);

  const offline = await plimsoll(folder, [...check, "--strict"]);
  assert.deepEqual([offline.code, offline.sockets], [2, []]);
  assert.deepEqual(
    placesIn(offline, wanted).filter((place) => !place.includes("-not-")),
    [],
  );
  // Two demands of each of seven images, and the digest of the one whose name is not known.
  assert.equal(open(saidIn(offline)).length, 2 * 7 + 1);
});

test("a pipeline's images are denied and approved as a Dockerfile's are, and plimsoll fix writes what takes their place", async (t) => {
  const folder = folderWith(t, {
    ".gitlab-ci.yml": "image: centos:7\njob:\n  services: [ghcr.io/team/db:1, redis:8]\n",
    "plimsoll.yaml":
      "images: { approved: [redis], registries: [quay.io], denied: [{ image: centos, replacement: 'almalinux:9' }] }\n",
  });
  const ended = await plimsoll(folder, ["check", ".", "--format", "json"]);
  assert.deepEqual(placesIn(ended, /^pipeline-image/), [
    ".gitlab-ci.yml:1 pipeline-image-denied",
    ".gitlab-ci.yml:3 pipeline-image-not-approved",
  ]);
  const fixed = await plimsoll(folder, [
    ...["fix", ".", "--unsafe", "--dry-run", "--rule", "pipeline-image-denied"],
  ]);
  assert.match(fixed.out, /-image: centos:7\n\+image: almalinux:9\n/);
});

test("where the policy demands another user than root, the registry says what an image starts as", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  putIndex(registry, "team/root", { user: "" }, "1");
  putIndex(registry, "team/zero", { user: "0:0" }, "1");
  putIndex(registry, "team/app", { user: "app:app" }, "1");
  const names = ["root", "zero", "app", "gone"];
  const folder = folderWith(t, {
    ...Object.fromEntries(
      names.map((name) => [`${name}/Dockerfile`, `FROM ${host}/team/${name}:1\nCMD ["app"]\n`]),
    ),
    "compose.yaml": `services:\n${names.map((name) => `  ${name}:\n    image: ${host}/team/${name}:1\n`).join("")}`,
    "plimsoll.yaml": "images: { require: { nonRoot: true } }\n",
  });
  const wanted = /^(?:missing-user-instruction|compose-user-missing)$/;
  const check = ["check", ".", "--format", "json"];
  const online = await plimsoll(folder, [...check, "--online", "--registry", host]);
  assert.deepEqual(placesIn(online, wanted), [
    "compose.yaml:2 compose-user-missing",
    "compose.yaml:4 compose-user-missing",
    "root/Dockerfile:1 missing-user-instruction",
    "zero/Dockerfile:1 missing-user-instruction",
  ]);
  assert.ok(saidIn(online).findings.every(({ rule, severity }) => !wanted.test(rule) || severity === "high"));
  const open = ({ notChecked }: Said) =>
    notChecked.flatMap(({ path, rule, reason }) => (wanted.test(rule ?? "") ? [[path, reason]] : []));
  const unknown = `the default user of ${host}/team/gone:1 is not known: ${host} has no such image`;
  assert.deepEqual(open(saidIn(online)), [
    ["compose.yaml", unknown],
    ["gone/Dockerfile", unknown],
  ]);
  assert.deepEqual(online.sockets, [`connect ${host}`]);

  const offline = await plimsoll(folder, check);
  assert.deepEqual([placesIn(offline, wanted), offline.sockets], [[], []]);
  assert.equal(open(saidIn(offline)).length, 2 * names.length);
});

test("inventory --online verifies the signatures that the policy demands", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const [alice, mallory] = [signingKey(), signingKey()];
  cosign(registry, "team/good", putIndex(registry, "team/good", {}, "1"), alice);
  cosign(registry, "team/other", putIndex(registry, "team/other", {}, "1"), mallory);
  cosign(registry, "else/free", putIndex(registry, "else/free", {}, "1"), mallory);
  putIndex(registry, "team/none", {}, "1");
  const images = ["team/good", "team/other", "else/free", "team/none"].map((name) => `${host}/${name}:1`);
  const folder = folderWith(t, {
    Dockerfile: images.map((image) => `FROM ${image}\n`).join(""),
    "plimsoll.yaml": `images: { require: { signature: { keys: cosign.pub, images: "${host}/team/*" } } }\n`,
    "cosign.pub": alice.pem,
  });
  const ended = await plimsoll(folder, ["inventory", "--online", "--registry", host, "--format", "csv"]);
  assert.equal(ended.code, 0, ended.err);
  const lines = ended.out.split("\n");
  const told = images.map((image) => lines.find((line) => line.includes(image)));
  assert.match(told[0] ?? "", /verified: cosign by a given key/);
  assert.match(told[1] ?? "", /"found: cosign, by nobody whom the policy names"/);
  assert.match(told[2] ?? "", /,found: cosign,/);
  assert.match(told[3] ?? "", /,none,/);
  assert.deepEqual(ended.sockets, [`connect ${host}`]);
});
