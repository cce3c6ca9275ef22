import assert from "node:assert/strict";
import test from "node:test";
import { parseImageReference } from "../../../server/src/documents/imageReference";
import { imagePurl } from "../../../server/src/inventory/purl";
import { plimsoll } from "../../support/cliProcess";
import { cycloneDxSchema } from "../../support/cycloneDx";
import { folderWith } from "../../support/folder";
import { putIndex, startTestRegistry } from "../../support/registry";
import { runHere } from "../../support/terminal";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

const tree = {
  "a/Dockerfile": [
    "# syntax=docker/dockerfile:1",
    "ARG BASE",
    "FROM node:14 AS build",
    `COPY --from=ghcr.io/team/tool:2@${digest} /x /x`,
    "RUN --mount=type=bind,from=golang:1.22,target=/go true",
    "FROM build",
    "FROM $BASE",
    "FROM scratch",
    "",
  ].join("\n"),
  "b/compose.yaml":
    "services:\n  web:\n    image: docker.io/library/node:14\n  own:\n    build: .\n    image: mine\n  any:\n    image: redis\n  open:\n    image: ${WHAT}\n",
  "plimsoll.yaml": 'images:\n  approved: ["docker.io/library/node"]\n  registries: ["ghcr.io"]\n',
};

interface Component {
  readonly "bom-ref": string;
  readonly properties: readonly { readonly name: string; readonly value: string }[];
  readonly evidence: {
    readonly occurrences: readonly { readonly location: string; readonly line: number }[];
  };
}

interface Bom {
  readonly serialNumber: string;
  readonly components: readonly Component[];
  readonly metadata: { readonly properties?: readonly { readonly value: string }[] };
}

test("every image is listed with its places, its pin, its end of life and what the policy says", async (t) => {
  const folder = folderWith(t, tree);
  const made = await runHere(folder, ["inventory"]);
  assert.deepEqual([made.code, made.err], [0, ""]);
  const bom = JSON.parse(made.out) as Bom;
  const shown = bom.components.map((component) => [
    component["bom-ref"],
    ...component.properties.filter(({ name }) => !name.includes("product")).map(({ value }) => value),
    ...component.evidence.occurrences.map(({ location, line }) => `${location}:${line}`),
  ]);
  assert.deepEqual(shown, [
    ["pkg:docker/docker/dockerfile@1", "tag", "no", "a/Dockerfile:1"],
    ["pkg:docker/golang@1.22", "tag", "no", "2025-02-11", "a/Dockerfile:5"],
    ["pkg:docker/node@14", "tag", "yes", "2023-04-30", "a/Dockerfile:3", "b/compose.yaml:3"],
    ["pkg:docker/redis", "latest", "no", "b/compose.yaml:8"],
    [
      `pkg:docker/team/tool@${encodeURIComponent(digest)}?repository_url=ghcr.io&tag=2`,
      ...["digest", "yes", "a/Dockerfile:4"],
    ],
    ["unresolved:$BASE", "unknown", "unknown", "a/Dockerfile:7"],
    ["unresolved:${WHAT}", "unknown", "unknown", "b/compose.yaml:10"],
  ]);
});

test("the bill is valid by the official schema, and the same files give the same bytes", async (t) => {
  const validate = cycloneDxSchema();
  const folder = folderWith(t, tree);
  const first = await runHere(folder, ["inventory"]);
  assert.ok(validate(JSON.parse(first.out)), JSON.stringify(validate.errors));
  assert.equal(validate({ ...(JSON.parse(first.out) as object), specVersion: 7 }), false);
  assert.equal((await runHere(folderWith(t, tree), ["inventory"])).out, first.out);
  const other = await runHere(folderWith(t, { Dockerfile: "FROM node:14\n" }), ["inventory"]);
  assert.notEqual((JSON.parse(other.out) as Bom).serialNumber, (JSON.parse(first.out) as Bom).serialNumber);
  const empty = await runHere(folderWith(t), ["inventory"]);
  assert.ok(validate(JSON.parse(empty.out)), JSON.stringify(validate.errors));
});

test("as a table: one row for each place, harmless in a spreadsheet", async (t) => {
  const folder = folderWith(t, { ...tree, "=cmd|x/Dockerfile": "FROM alpine\n" });
  const { out } = await runHere(folder, ["inventory", "--format", "csv"]);
  const rows = out.split("\r\n");
  assert.equal(rows.length, 11);
  assert.ok(
    rows.includes(
      "node:14,docker.io/library/node,14,,tag,yes,2023-04-30,Node.js 14,FROM,build,a/Dockerfile,3,6,pkg:docker/node@14,,,,,",
    ),
  );
  assert.match(out, /,'=cmd\|x\/Dockerfile,/);
});

test("what was accepted of an image is told with reason, owner, ticket and end", async (t) => {
  const folder = folderWith(t, {
    "a/Dockerfile": "FROM node:14\nUSER 1\n",
    "b/Dockerfile":
      "# plimsoll-ignore base-image-end-of-life until 2099-01-01: paid for\nFROM node:14\nUSER 1\n",
    "plimsoll.yaml":
      'ignore:\n  - image: "node:14"\n    path: a/**\n    reason: "until, say, the move"\n    owner: shop\n    ticket: CHG-7\n    until: 2099-03-01\n',
  });
  const validate = cycloneDxSchema();
  const bom = JSON.parse((await runHere(folder, ["inventory"])).out) as Bom;
  assert.ok(validate(bom), JSON.stringify(validate.errors));
  const told =
    bom.components[0]?.properties.filter(({ name }) => name.startsWith("plimsoll:exception")) ?? [];
  const values = told.map(({ value }) => value);
  assert.ok(
    values.includes(
      "base-image-end-of-life at a/Dockerfile:1, accepted by repository; reason: until, say, the move; owner: shop; ticket: CHG-7; until: 2099-03-01",
    ),
    values.join("\n"),
  );
  assert.ok(
    values.includes(
      "base-image-end-of-life at b/Dockerfile:2, accepted by comment; reason: paid for; until: 2099-01-01",
    ),
    values.join("\n"),
  );
  assert.equal(values.filter((value) => value === "CHG-7").length, 1);
  const { out } = await runHere(folder, ["inventory", "--format", "csv"]);
  assert.match(
    out,
    /,a\/Dockerfile,1,6,pkg:docker\/node@14,.*base-image-end-of-life.*,"until, say, the move",shop,CHG-7,2099-03-01\r\n/,
  );
  assert.match(
    out,
    /,b\/Dockerfile,2,6,pkg:docker\/node@14,base-image-end-of-life,paid for,,,2099-01-01\r\n/,
  );
});

test("what could not be read is said, in the bill and to the user", async (t) => {
  const folder = folderWith(t, { Dockerfile: Uint8Array.of(0, 1) });
  const made = await runHere(folder, ["inventory", "--strict"]);
  assert.equal(made.code, 2);
  assert.match(made.err, /Dockerfile: not looked at: it is a binary file/);
  assert.equal(
    (JSON.parse(made.out) as Bom).metadata.properties?.[0]?.value,
    "Dockerfile: it is a binary file",
  );
});

test("package URLs", () => {
  for (const [image, purl] of [
    ["ubuntu", "pkg:docker/ubuntu"],
    ["grafana/grafana:11", "pkg:docker/grafana/grafana@11"],
    ["localhost:5000/a/b:1", "pkg:docker/a/b@1?repository_url=localhost%3A5000"],
  ] as const)
    assert.equal(imagePurl(parseImageReference(image)!), purl);
});

test("inventory --online says what registries know of each image, asked once; pipelines are part of it", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const before = putIndex(registry, "team/app", { user: "1" }, "1.0");
  const after = putIndex(registry, "team/app", { user: "2" }, "1.0");
  const folder = folderWith(t, {
    Dockerfile: `FROM ${host}/team/app:1.0@${before} AS a\nFROM ${host}/team/app:1.0\nFROM other.example.com/x:1\n`,
    ".github/workflows/ci.yml": `jobs:\n  a:\n    container: ${host}/team/app:1.0\n`,
  });
  const args = ["inventory", "--format", "csv"];
  const plain = await plimsoll(folder, args);
  assert.doesNotMatch(plain.out, /registry:/);
  assert.deepEqual([plain.code, plain.sockets, registry.requests], [0, [], []]);
  const asked = await plimsoll(folder, [...args, "--online", "--registry", host]);
  assert.equal(asked.code, 0, asked.err);
  const [head = "", ...rows] = asked.out.trim().split("\r\n");
  const from = head.split(",").indexOf("registry:digest");
  const told = rows.map((row) =>
    row
      .split(",")
      .slice(from)
      .join(" ")
      .replace(/ \d+ none/, " SIZE none"),
  );
  assert.deepEqual(
    told.sort(),
    [
      `${before} 2026-11-01 moved linux/amd64 linux/arm64/v8 1 SIZE none none none`,
      `${after} 2026-11-01  linux/amd64 linux/arm64/v8 2 SIZE none none none`,
      `${after} 2026-11-01  linux/amd64 linux/arm64/v8 2 SIZE none none none`,
      "unknown: other.example.com is not among the registries that may be asked        ",
    ].sort(),
  );
  assert.equal(new Set(registry.requests).size, registry.requests.length);
  const strict = await plimsoll(folder, ["inventory", "--strict", "--online", "--registry", host]);
  assert.equal(strict.code, 2);
  assert.match(strict.out, /"plimsoll:registry:pin",\s+"value": "moved"/);
  assert.equal((await plimsoll(folder, ["inventory", "--registry", host])).code, 2);
});
