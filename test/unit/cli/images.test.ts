import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { plimsoll } from "../../support/cliProcess";
import { folderWith } from "../../support/folder";
import { putIndex, startTestRegistry } from "../../support/registry";
import { cosign, signingKey } from "../../support/signing";

test("check --online tells of each image what its registry says: in HTML, in JSON, and merged from shards", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const alice = signingKey();
  const user = "<b>root</b>";
  cosign(registry, "team/app", putIndex(registry, "team/app", { user }, "1.0"), alice);
  const folder = folderWith(t, {
    "a/Dockerfile": `FROM ${host}/team/app:1.0\n`,
    "b/compose.yaml": `services:\n  a:\n    image: ${host}/team/app:1.0\n  b:\n    image: ${host}/team/gone:1\n`,
    "c/.github/workflows/ci.yml": `jobs:\n  a:\n    container: ${host}/team/app:1.0\n`,
    "plimsoll.yaml": "images: { require: { signature: { keys: cosign.pub, images: '**/app' } } }\n",
    "cosign.pub": alice.pem,
  });
  const check = (...args: readonly string[]) =>
    plimsoll(folder, ["check", "--online", "--registry", host, "--fail-on", "never", ...args]);
  const imagesIn = (text: string): unknown => (JSON.parse(text) as { images?: unknown }).images;
  const json = await check("--format", "json");
  const images = imagesIn(json.out) as readonly {
    readonly image: string;
    readonly places: unknown;
    readonly told: readonly { readonly name: string; readonly text: string }[];
    readonly unknown?: string;
  }[];
  assert.deepEqual(
    images.map(({ image, places, unknown }) => ({ image, places, unknown })),
    [
      {
        image: `${host}/team/app:1.0`,
        places: [
          { path: "a/Dockerfile", line: 1 },
          { path: "b/compose.yaml", line: 3 },
          { path: "c/.github/workflows/ci.yml", line: 3 },
        ],
        unknown: undefined,
      },
      {
        image: `${host}/team/gone:1`,
        places: [{ path: "b/compose.yaml", line: 5 }],
        unknown: `${host} has no such image`,
      },
    ],
  );
  const told = new Map(images[0]?.told.map(({ name, text }) => [name, text]));
  assert.deepEqual(
    [...told.keys()],
    ["Digest", "Created", "Platforms", "Default user", "Download", "SBOM", "Provenance", "Signatures"],
  );
  assert.equal(told.get("Signatures"), "verified (cosign by a given key)");

  const html = (await check("--format", "html")).out;
  assert.match(html, /<h2>Images<\/h2>/);
  assert.match(html, /<dt>Signatures<\/dt><dd>verified \(cosign by a given key\)<\/dd>/);
  assert.match(html, /&lt;b&gt;root&lt;\/b&gt;/);
  assert.doesNotMatch(html, /<b>root/);
  assert.match(html, /Not known: 127\.0\.0\.1:\d+ has no such image/);

  for (const shard of ["1/2", "2/2"])
    await check("--format", "json", "--shard", shard, "--output", `${shard[0]}.json`);
  const merged = await plimsoll(folder, ["merge", "--format", "json", "1.json", "2.json"]);
  assert.deepEqual(imagesIn(merged.out), images);
  assert.deepEqual(merged.sockets, []);
  assert.notDeepEqual(imagesIn(readFileSync(join(folder, "1.json"), "utf8")), images);

  const silent = await plimsoll(folder, ["check", "--format", "json", "--fail-on", "never"]);
  assert.deepEqual([imagesIn(silent.out), silent.sockets], [undefined, []]);
});

test("pins that have moved are found where pipelines and development containers name images", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const before = putIndex(registry, "team/app", { user: "1" }, "1.0");
  const after = putIndex(registry, "team/app", { user: "2" }, "1.0");
  const old = `${host}/team/app:1.0@${before}`;
  const folder = folderWith(t, {
    ".github/workflows/ci.yml": `jobs:\n  a:\n    container: "${old}" # renovate: keep\n    steps:\n      - uses: docker://${old} # 1.0\n`,
    ".gitlab-ci.yml": `image: ${host}/team/app:1.0@${after}\n`,
    ".devcontainer/devcontainer.json": `{ "image": "${old}" }\n`,
  });
  const args = ["--rule", "pipeline-image-pin-outdated", "--format", "json", "--fail-on", "low"];
  const silent = await plimsoll(folder, ["check", ...args]);
  assert.deepEqual([silent.code, silent.sockets], [0, []]);
  const ended = await plimsoll(folder, ["check", "--online", "--registry", host, ...args]);
  const { findings } = JSON.parse(ended.out) as {
    findings: readonly { path: string; range: { start: { line: number } }; fixes: readonly unknown[] }[];
  };
  assert.deepEqual(
    findings.map(({ path, range, fixes }) => [path, range.start.line, fixes.length]),
    [
      [".devcontainer/devcontainer.json", 1, 1],
      [".github/workflows/ci.yml", 3, 1],
      [".github/workflows/ci.yml", 5, 1],
    ],
  );
  assert.deepEqual([ended.code, ended.sockets], [1, [`connect ${host}`]]);
  const pinned = await plimsoll(folder, ["pin", "--online", "--registry", host, "--update"]);
  assert.equal(pinned.code, 0, pinned.err);
  const text = readFileSync(join(folder, ".github/workflows/ci.yml"), "utf8");
  const now = old.replace(before, after);
  assert.equal(
    text,
    `jobs:\n  a:\n    container: "${now}" # renovate: keep\n    steps:\n      - uses: docker://${now} # 1.0\n`,
  );
  const current = await plimsoll(folder, ["check", "--online", "--registry", host, ...args]);
  assert.equal(current.code, 0, current.out);
});
