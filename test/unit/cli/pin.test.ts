import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { plimsoll } from "../../support/cliProcess";
import { folderWith } from "../../support/folder";
import { putImage, putIndex, startTestRegistry } from "../../support/registry";

const old = `sha256:${"0123456789abcdef".repeat(4)}`;

test("pin appends the index's digest, keeps tags, comments, quotes and line ends, and does no more", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const app = putIndex(registry, "team/app", {}, "1.0", "latest");
  const tool = putImage(registry, "team/tool", {}, "2").digest;
  const front = putIndex(registry, "docker/dockerfile", {}, "1");
  const dockerfile = (a: string, l: string, s: string, q: string): string =>
    [
      `# syntax=${host}/docker/dockerfile:1${s}`,
      `ARG BASE="${host}/team/app:1.0${a}"`,
      "ARG V=1.0",
      "FROM ${BASE} AS first",
      `FROM --platform=linux/amd64 ${host}/team/app${l} AS build # the build`,
      `FROM ${host}/team/app:$V`,
      "FROM scratch",
      `COPY --from=${host}/team/tool:2${q} /a /b`,
      "COPY --from=build /a /b",
      `RUN --mount=type=bind,from=${host}/team/tool:2${q},target=/x \\`,
      "  true",
      `FROM ${host}/team/app:1.0@${old}`,
      "",
    ].join("\r\n");
  const compose = (a: string): string =>
    `x-a: &a\n  image: '${host}/team/app:1.0${a}' # renovate: keep\nservices:\n  a:\n    <<: *a\n  b:\n    <<: *a\n  c:\n    build: .\n    image: ${host}/own:1\n`;
  const folder = folderWith(t, { Dockerfile: dockerfile("", "", "", ""), "compose.yaml": compose("") });
  const args = ["pin", "--online", "--registry", host];
  const dry = await plimsoll(folder, [...args, "--dry-run"]);
  assert.equal(dry.code, 0, dry.err);
  assert.match(dry.out, /^--- a\/Dockerfile\n/);
  assert.match(dry.err, /Dockerfile:6: .+:1\.0: not pinned: variables make it up\n/);
  assert.equal(readFileSync(join(folder, "Dockerfile"), "utf8"), dockerfile("", "", "", ""));

  const done = await plimsoll(folder, args);
  assert.equal(done.code, 0, done.err);
  assert.equal(
    readFileSync(join(folder, "Dockerfile"), "utf8"),
    dockerfile(`@${app}`, `:latest@${app}`, `@${front}`, `@${tool}`),
  );
  assert.equal(readFileSync(join(folder, "compose.yaml"), "utf8"), compose(`@${app}`));
  assert.match(done.err, /8 images looked at, 2 files changed\.\n$/);

  const requests = registry.requests.length;
  const again = await plimsoll(folder, args);
  assert.match(again.err, /0 files changed/);
  assert.deepEqual(
    registry.requests.slice(requests).filter((request) => !request.startsWith("HEAD")),
    [],
  );
});

test("pin --check without the network says what has no digest; with it, what has moved; --update moves it on", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const before = putIndex(registry, "team/app", { user: "1" }, "1.0");
  const folder = folderWith(t, { Dockerfile: `FROM ${host}/team/app:1.0\n` });
  const offline = await plimsoll(folder, ["pin", "--check"]);
  assert.deepEqual([offline.code, offline.sockets], [1, []]);
  assert.equal(offline.out, `Dockerfile:1: ${host}/team/app:1.0: not pinned\n`);

  const online = ["--online", "--registry", host];
  assert.equal((await plimsoll(folder, ["pin", ...online])).code, 0);
  assert.deepEqual((await plimsoll(folder, ["pin", "--check"])).code, 0);
  assert.deepEqual((await plimsoll(folder, ["pin", "--check", ...online])).code, 0);

  const after = putIndex(registry, "team/app", { user: "2" }, "1.0");
  assert.notEqual(after, before);
  assert.equal((await plimsoll(folder, ["pin", "--check"])).code, 0);
  const moved = await plimsoll(folder, ["pin", "--check", "--format", "json", ...online]);
  assert.equal(moved.code, 1);
  assert.deepEqual(JSON.parse(moved.out), {
    version: 1,
    images: [
      {
        path: "Dockerfile",
        line: 1,
        image: `${host}/team/app:1.0@${before}`,
        state: "moved",
        digest: after,
      },
    ],
  });
  assert.match((await plimsoll(folder, ["pin", ...online])).err, /0 files changed/);
  assert.equal((await plimsoll(folder, ["pin", "--update", ...online])).code, 0);
  assert.equal(readFileSync(join(folder, "Dockerfile"), "utf8"), `FROM ${host}/team/app:1.0@${after}\n`);
});

test("what is not there is said, and what could not be asked ends with 2", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const folder = folderWith(t, { Dockerfile: `FROM ${host}/team/none:1\n` });
  const args = ["pin", "--online", "--registry", host];
  const missing = await plimsoll(folder, args);
  assert.deepEqual(
    [missing.code, missing.out],
    [0, `Dockerfile:1: ${host}/team/none:1: not pinned: ${host} has no ${host}/team/none:1\n`],
  );
  const unnamed = await plimsoll(folder, ["pin", "--online"]);
  assert.equal(unnamed.code, 2);
  assert.match(unnamed.out, /not known: .+ is not among the registries that may be asked\n/);
  assert.deepEqual(unnamed.sockets, []);
  await registry.close();
  const dead = await plimsoll(folder, args);
  assert.equal(dead.code, 2);
  assert.match(dead.out, /not known: .+ could not be asked: nobody listens there\n/);
});

test("wrong usage", async (t) => {
  const folder = folderWith(t, { Dockerfile: "FROM node:22\n" });
  for (const [args, expected] of [
    [["pin"], /takes --online/],
    [["pin", "--check", "--update"], /changes nothing/],
    [["pin", "--registry", "example.com"], /goes with --online/],
    [["pin", "--online", "--registry", "https://example.com"], /takes a host/],
    [["pin", "--online", "--registry", "example"], /takes a host/],
    [["pin", "--online", "--format", "csv"], /text or json/],
  ] as const) {
    const ended = await plimsoll(folder, args);
    assert.deepEqual([ended.code, ended.sockets], [2, []], args.join(" "));
    assert.match(ended.err, expected);
  }
});

test("pipelines and development containers are pinned where their own keys name an image, and nowhere else", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const app = putIndex(registry, "team/app", {}, "1.0", "latest");
  const workflow = (a: string, l: string): string =>
    `on: push
jobs:
  a:
    container: ${host}/team/app:1.0${a} # the base
    services:
      db: { image: "${host}/team/app:1.0${a}", ports: [1] }
      cache:
        image: ${host}/team/app:\${{ matrix.tag }}
    steps:
      - uses: actions/checkout@v4
      - uses: docker://${host}/team/app:1.0${a}
      - uses: 'docker://${host}/team/app${l}'
      - run: docker run ${host}/team/app:1.0
  b:
    container:
      image: ${host}/team/app:1.0${a}
`;
  const action = (a: string): string =>
    `runs:\n  using: docker\n  image: docker://${host}/team/app:1.0${a}\n`;
  const gitlab = (a: string): string =>
    `default:
  image: ${host}/team/app:1.0${a}
services: ["${host}/team/app:1.0${a}"]
.shared: &shared
  services:
    - name: ${host}/team/app:1.0${a}
      alias: db
job:
  <<: *shared
  image: { name: '${host}/team/app:1.0${a}', entrypoint: [""] }
  variables: { image: ${host}/team/app:1.0 }
other:
  image: $CI_REGISTRY_IMAGE:1.0
  script: [docker build .]
`;
  const devcontainer = (a: string): string =>
    `{\r\n  // the base\r\n  "image": "${host}/team/app:1.0${a}",\r\n  "features": {},\r\n}\r\n`;
  const files = (a: string, l: string): Record<string, string> => ({
    ".github/workflows/ci.yml": workflow(a, l),
    "action.yml": action(a),
    ".gitlab-ci.yml": gitlab(a),
    ".devcontainer/devcontainer.json": devcontainer(a),
  });
  const folder = folderWith(t, { ...files("", ""), "own/action.yml": "runs:\n  image: Dockerfile\n" });
  const before = await plimsoll(folder, ["pin", "--check"]);
  assert.deepEqual([before.code, before.sockets], [1, []]);
  assert.match(before.err, /11 images looked at\./);
  const done = await plimsoll(folder, ["pin", "--online", "--registry", host]);
  assert.equal(done.code, 0, done.err);
  for (const [name, text] of Object.entries(files(`@${app}`, `:latest@${app}`)))
    assert.equal(readFileSync(join(folder, name), "utf8"), text, name);
  assert.equal((await plimsoll(folder, ["pin", "--check"])).code, 0);
});
