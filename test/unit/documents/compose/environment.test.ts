import assert from "node:assert/strict";
import test from "node:test";
import { readDotenv } from "../../../../server/src/documents/compose/dotenv";
import type { ComposeDocument, Service } from "../../../../server/src/documents/compose/model";
import { parseCompose } from "../../../../server/src/documents/compose/parse";
import { placeIn } from "../../../../server/src/documents/compose/places";
import type { Neighbours } from "../../../../server/src/documents/neighbours";

function beside(texts: Record<string, string>, name = "compose.yaml"): Neighbours {
  const known = Object.entries(texts).map(([path, value]) => [path, { state: "known", value }] as const);
  return { name, overrides: [], texts: new Map(known), complete: true };
}

function only(document: ComposeDocument): Service {
  assert.equal(document.services.length, 1);
  return document.services[0]!;
}

test("environment files are read as Compose reads them", () => {
  const text = [
    "# A=comment",
    "A=one # a comment",
    "B=one#none  ",
    'C="two # \\"words\\""',
    "D='$A'",
    "export E = spaced",
    "F: yaml",
    'G="first',
    'second"',
    "OUTSIDE",
    "H=",
    "not a name=1",
    "I='open",
    "J=1",
  ].join("\r\n");
  assert.deepEqual(
    readDotenv(text).map(({ name, raw, quote }) => [name, raw, quote]),
    [
      ["A", "one", undefined],
      ["B", "one#none", undefined],
      ["C", 'two # \\"words\\"', '"'],
      ["D", "$A", "'"],
      ["E", "spaced", undefined],
      ["F", "yaml", undefined],
      ["G", "first\r\nsecond", '"'],
      ["H", "", undefined],
      ["I", "'open", undefined],
      ["J", "1", undefined],
    ],
  );
  for (const { name, nameSpan } of readDotenv(text))
    assert.equal(text.slice(nameSpan.start, nameSpan.end), name);
});

test("the .env beside a file sets its variables, over their defaults", () => {
  const text = [
    "services:",
    "  db:",
    "    image: postgres:${TAG:-17}",
    "    privileged: ${PRIVILEGED:-false}",
    "    user: ${RUN_AS}",
    "    ports: ['${BIND:-127.0.0.1}:${PORT}:5432']",
    "    volumes: ['${DATA}:/data']",
    "    cap_add: ['${CAP:-NET_RAW}']",
    "    pid: ${EMPTY:-host}",
    "    ipc: ${EMPTY-host}",
    "    mem_limit: ${UNSET:-1g}",
    "    uts: ${TAG:+host}",
    "",
  ].join("\n");
  const env =
    "TAG=16\nPRIVILEGED=yes\nRUN_AS=1000\nBIND=0.0.0.0\nPORT=15432\nDATA=./data\nCAP=SYS_ADMIN\nEMPTY=\n";
  const document = parseCompose(text, beside({ ".env": env }));
  const db = only(document);
  assert.equal(db.image?.value.value, "postgres:16");
  assert.equal(db.privileged?.value, true);
  assert.equal(db.user?.value.value, "1000");
  assert.equal(db.ports[0]?.hostIp, "0.0.0.0");
  assert.equal(db.ports[0]?.hostIpSpan, undefined);
  assert.deepEqual(db.ports[0]?.published, { from: 15432, to: 15432 });
  assert.equal(db.volumes[0]?.type, "bind");
  assert.equal(db.volumes[0]?.source, "./data");
  assert.equal(db.capAdd?.value[0]?.value, "SYS_ADMIN");
  assert.equal(db.pid?.value.value, "host");
  assert.equal(db.ipc?.value.value, "");
  assert.equal(db.limits.memory?.value.value, "1g");
  assert.equal(db.uts?.value.value, "host");
  const set = document.project.settings.get("BIND");
  assert.ok(set);
  const place = placeIn(document, set);
  assert.equal(place?.file.path, ".env");
  assert.equal(env.slice(place!.span.start, place!.span.end), "BIND");
  assert.equal(document.project.settings.has("UNSET"), false);
});

test("what may be a secret is not taken from a file, nor is anything where secrets stand", () => {
  const text = [
    "services:",
    "  web:",
    "    image: ${DB_PASSWORD:-app}:1",
    "    user: ${WITH_URL}",
    "    command: serve $MODE",
    "    environment:",
    "      MODE: ${MODE}",
    "    labels: ['mode=${MODE}']",
    "",
  ].join("\n");
  const env = "DB_PASSWORD=tide\nWITH_URL=https://me:tide@example.org\nMODE=prod\n";
  const web = only(parseCompose(text, beside({ ".env": env })));
  assert.equal(web.image?.value.value, undefined);
  assert.equal(web.user?.value.value, undefined);
  assert.equal(web.environment[0]?.value?.value, undefined);
  assert.equal(web.command?.value.words[0]?.value, undefined);
  assert.equal(web.labels[0]?.value?.value, undefined);
});

test("variables of variables, and those that only the shell knows", () => {
  const env = "A=1\nB=${A}-b\nC='${A}'\nD=$OUTSIDE\nE=\"x\\ty\"\n";
  const text =
    "services:\n  web:\n    image: app\n    cap_add: ['${B}', '${C}', '${D:-default}', '${E}', '$${A}']\n";
  const web = only(parseCompose(text, beside({ ".env": env })));
  assert.deepEqual(
    web.capAdd?.value.map(({ value }) => value),
    ["1-b", "${A}", undefined, "x\ty", "${A}"],
  );
});

test("an environment file is looked for where a variable is, and nowhere else", () => {
  const without = parseCompose("services:\n  web:\n    image: app:1\n", beside({}));
  assert.ok(!without.project.asked.includes(".env"));
  const text = "services:\n  web:\n    image: app:$TAG\n";
  assert.ok(parseCompose(text, beside({})).project.asked.includes(".env"));
  const unreadable: Neighbours = {
    ...beside({}),
    texts: new Map([[".env", { state: "unknown", reason: "it is too large" }]]),
  };
  const [problem] = parseCompose(text, unreadable).problems;
  assert.equal(problem?.message, ".env was not read: it is too large");
  assert.equal(problem?.effect, "unchecked");
});

test("included files have their own variables beneath those of the file that includes them", () => {
  const service = (name: string): string =>
    `services:\n  ${name}:\n    image: \${IMAGE}\n    build: \${CONTEXT:-.}\n`;
  const texts = {
    ".env": "IMAGE=outer\n",
    "a/compose.yaml": service("a").replaceAll("IMAGE", "INNER"),
    "a/.env": "INNER=of-a\nIMAGE=never\n",
    "b/compose.yaml": service("b").replaceAll("IMAGE", "INNER"),
    "c/vars.env": "INNER=of-c\n",
    "d/compose.yaml": service("d"),
  };
  const text = [
    "include:",
    "  - a/compose.yaml",
    "  - path: b/compose.yaml",
    "    project_directory: home",
    "    env_file: [c/vars.env]",
    "  - path: [d/compose.yaml]",
    "services: {}",
    "",
  ].join("\n");
  const document = parseCompose(text, beside(texts));
  assert.deepEqual(
    document.project.otherServices.map((service) => [service.name, service.image?.value.value]),
    [
      ["a", "of-a"],
      ["b", "of-c"],
      ["d", "outer"],
    ],
  );
  const folders = document.project.otherServices.map(
    ({ build }) => placeIn(document, build!.keySpan)?.file.folder,
  );
  assert.deepEqual(folders, ["a", "home", "d"]);
});
