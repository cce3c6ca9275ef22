import assert from "node:assert/strict";
import test from "node:test";
import type { ComposeDocument, Service } from "../../../../server/src/documents/compose/model";
import { parseCompose } from "../../../../server/src/documents/compose/parse";
import { distinct } from "../../../../server/src/documents/compose/select";
import type { Span } from "../../../../server/src/text/span";

function serviceIn(text: string, name = "web"): Service {
  const service = parseCompose(text).services.find((one) => one.name === name);
  assert.ok(service !== undefined, `has a service ${name}`);
  return service;
}

function web(...lines: readonly string[]): Service {
  return serviceIn(`services:\n  web:\n${lines.map((line) => `    ${line}\n`).join("")}`);
}

function cut(document: ComposeDocument, span: Span): string {
  return document.text.slice(span.start, span.end);
}

test("the form of a file", () => {
  const forms: readonly (readonly [string, ComposeDocument["form"], number])[] = [
    ["services:\n  a:\n    image: x\n", "spec", 1],
    ["include:\n  - other.yaml\n", "spec", 0],
    ["services:\n", "spec", 0],
    ["volumes:\n  data:\nx-a: 1\n", "fragment", 0],
    ["web:\n  image: x\ndb:\n  build: .\n", "v1", 2],
    ["name: CI\non:\n  push:\njobs:\n  build:\n    runs-on: x\n", "not-compose", 0],
    ["jobs:\n  build:\n    runs-on: x\n", "not-compose", 0],
    ["- a\n- b\n", "not-compose", 0],
    ["", "not-compose", 0],
  ];
  for (const [text, form, services] of forms) {
    const document = parseCompose(text);
    assert.deepEqual([document.form, document.services.length], [form, services], JSON.stringify(text));
  }
});

test("booleans as Compose takes them", () => {
  const values = [
    "true",
    "'true'",
    "yes",
    "On",
    "1",
    "false",
    "'no'",
    "off",
    "${X}",
    "${X:-true}",
    "maybe",
    "[true]",
  ];
  const read = values.map((value) => web(`privileged: ${value}`).privileged?.value);
  assert.deepEqual(read, [
    true,
    true,
    true,
    true,
    true,
    false,
    false,
    false,
    undefined,
    true,
    undefined,
    undefined,
  ]);
  assert.ok(web("privileged: ${X}").privileged !== undefined, "a variable is a field without a known value");
  assert.equal(web("privileged: maybe").privileged, undefined);
});

test("lists and single values", () => {
  assert.deepEqual(
    web("cap_add: [A, 'B']").capAdd?.value.map((item) => item.value),
    ["A", "B"],
  );
  assert.deepEqual(
    web("tmpfs: /run").tmpfs?.value.map((item) => item.value),
    ["/run"],
  );
  assert.deepEqual(web("cap_add:").capAdd?.value, []);
  assert.deepEqual(web("cap_add: []").capAdd?.value, []);
});

test("environment in both forms", () => {
  const text =
    "services:\n  web:\n    environment:\n      - \"A=b=c\"\n      - NAME\n      - EMPTY=\n  map:\n    environment:\n      A: 'b'\n      N:\n      P: 5432\n";
  const document = parseCompose(text);
  const read = document.services.map((service) =>
    service.environment.map((one) => [one.name, one.value?.value, cut(document, one.valueSpan)]),
  );
  assert.deepEqual(read, [
    [
      ["A", "b=c", "b=c"],
      ["NAME", undefined, ""],
      ["EMPTY", "", ""],
    ],
    [
      ["A", "b", "'b'"],
      ["N", undefined, ""],
      ["P", "5432", "5432"],
    ],
  ]);
});

test("merge keys: own keys win, then earlier maps, and the origin tells", () => {
  const text =
    "x-a: &a\n  privileged: true\n  user: a\nx-b: &b\n  <<: *a\n  user: b\n  pid: host\nservices:\n  web:\n    <<: [*b, *a]\n    image: x\n    pid: none\n";
  const service = serviceIn(text);
  assert.deepEqual(
    [service.user?.value.value, service.pid?.value.value, service.privileged?.value],
    ["b", "none", true],
  );
  assert.deepEqual([service.pid?.origin.kind, service.privileged?.origin.kind], ["own", "merge"]);
  assert.equal(text.slice(service.privileged?.keySpan.start).startsWith("privileged: true"), true);
});

test("what an anchor brings to many services is selected once, at its source", () => {
  const text =
    "x-a: &a\n  privileged: true\nservices:\n  a:\n    <<: *a\n    image: x\n  b: &b\n    <<: *a\n    image: y\n  c: *b\n";
  const selected = distinct(
    parseCompose(text),
    (service) => [service.privileged],
    (field) => field.keySpan,
  );
  assert.deepEqual(
    selected.map(({ service, part }) => [service.name, part.keySpan.start]),
    [["a", 10]],
  );
});

test("extends within the file joins lists and environments, and overrides scalars", () => {
  const text =
    "services:\n  base:\n    image: x\n    user: root\n    cap_add: [A]\n    command: [a]\n    environment: [P=1, Q=2]\n    volumes: ['aa:/a', 'bb:/b']\n  web:\n    extends:\n      service: base\n    user: app\n    cap_add: [B]\n    command: [b]\n    environment: { Q: 3 }\n    volumes: ['cc:/b']\n";
  const service = serviceIn(text);
  assert.equal(service.complete, true);
  assert.deepEqual([service.user?.value.value, service.image?.value.value], ["app", "x"]);
  assert.deepEqual(
    service.capAdd?.value.map((item) => [item.value, item.origin.kind]),
    [
      ["A", "extends"],
      ["B", "own"],
    ],
  );
  assert.deepEqual(
    service.command?.value.words.map((word) => word.value),
    ["b"],
  );
  assert.deepEqual(
    service.environment.map((one) => `${one.name}=${one.value?.value}`),
    ["P=1", "Q=3"],
  );
  assert.deepEqual(
    service.volumes.map((mount) => mount.source),
    ["aa", "cc"],
  );
});

test("extends of another file, of nothing and in a circle is unresolved", () => {
  const text =
    "services:\n  a:\n    extends: { file: o.yaml, service: x }\n  b:\n    extends: none\n  c:\n    extends: d\n  d:\n    extends: c\n";
  const { services } = parseCompose(text);
  assert.deepEqual(
    services.map((service) => [service.extends?.resolved, service.complete, service.overlay]),
    [
      [false, false, false],
      [false, false, false],
      [true, false, false],
      [false, false, false],
    ],
  );
});

test("!reset takes a key away and !override replaces a list", () => {
  const text =
    "services:\n  base:\n    image: x\n    privileged: true\n    cap_add: [A]\n    ports: ['80:80']\n  web:\n    extends: base\n    cap_add: !override [B]\n    privileged: !reset null\n    ports: !reset []\n";
  const service = serviceIn(text);
  assert.deepEqual(
    service.capAdd?.value.map((item) => item.value),
    ["B"],
  );
  assert.deepEqual([service.ports, service.privileged, service.fields.has("ports")], [[], undefined, false]);
});

test("overlays", () => {
  const text =
    "services:\n  a:\n    ports: ['80:80']\n  b:\n    image: x\n  c:\n    build: .\n  d:\n  e:\n    provider:\n      type: p\n";
  assert.deepEqual(
    parseCompose(text).services.map((service) => service.overlay),
    [true, false, false, true, false],
  );
});

test("images, builds and commands", () => {
  const image = web("image: ${REG:-ghcr.io}/team/app:${TAG:-1.2}").image?.value;
  assert.deepEqual([image?.value, image?.reference?.tag], ["ghcr.io/team/app:1.2", "1.2"]);
  assert.equal(web("image: app:${TAG}").image?.value.reference, undefined);
  assert.equal(web("build: ./dir").build?.value.context?.value, "./dir");
  const build = web("build:", "  context: .", "  dockerfile: D", "  args: [A=1]", "  privileged: true").build
    ?.value;
  assert.deepEqual(
    [build?.dockerfile?.value, build?.args[0]?.name, build?.privileged?.value],
    ["D", "A", true],
  );
  assert.deepEqual(web("command: run it").command?.value, {
    form: "string",
    words: web("command: run it").command?.value.words,
  });
  assert.deepEqual(
    web('entrypoint: ["a", "b c"]').entrypoint?.value.words.map((word) => word.value),
    ["a", "b c"],
  );
});

test("limits, healthcheck, logging, env_file and grants", () => {
  const service = web(
    "mem_limit: 1g",
    "deploy: { resources: { limits: { cpus: '0.5', pids: 100 } } }",
    "healthcheck: { test: [NONE] }",
    "logging: { driver: none }",
    "env_file: [a.env, { path: b.env, required: false }]",
    "secrets: [one, { source: two }]",
  );
  const { memory, cpus, pids } = service.limits;
  assert.deepEqual([memory?.value.value, cpus?.value.value, pids?.value.value], ["1g", "0.5", "100"]);
  assert.equal(service.healthcheck?.disabled, true);
  assert.equal(service.logging?.driver?.value, "none");
  assert.deepEqual(
    service.envFiles.map((file) => [file.path.value, file.required]),
    [
      ["a.env", true],
      ["b.env", false],
    ],
  );
  assert.deepEqual(
    service.secrets.map((grant) => grant.value),
    ["one", "two"],
  );
});

test("top-level entries, includes, repeated names and several documents", () => {
  const text =
    "include: [a.yaml, { path: [b.yaml, c.yaml] }]\nservices:\n  web: { image: x }\n  web: { image: y }\nvolumes:\n  data:\n    external: true\n---\nservices:\n  web: { privileged: true }\n";
  const document = parseCompose(text);
  assert.deepEqual(
    document.includes.map((path) => path.value),
    ["a.yaml", "b.yaml", "c.yaml"],
  );
  assert.deepEqual(
    document.services.map((service) => service.image?.value.value),
    ["x", "y", undefined],
  );
  assert.deepEqual(
    document.volumes.map((volume) => [volume.name, volume.fields.has("external")]),
    [["data", true]],
  );
});

test("names from Object.prototype are names like others", () => {
  const text =
    "services:\n  __proto__:\n    image: x\n    environment: { constructor: 1, __proto__: 2 }\n  constructor: { image: y }\n";
  const { services } = parseCompose(text);
  assert.deepEqual(
    services.map((service) => service.name),
    ["__proto__", "constructor"],
  );
  assert.deepEqual(
    services[0]?.environment.map((one) => one.name),
    ["constructor", "__proto__"],
  );
});

test("half-typed text keeps the services around it", () => {
  const all = ["db", "web", "last"];
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["    priv", all],
    ["    ports: [", all],
    ["    ports: [80", all],
    ["    environment: { A: b", all],
    ["    - x", all],
    ["    a: b: c", all],
    ["    user: *", all],
    ["    user: @", all],
    ["     pid: host", all],
    ["    environment:\n      - A=b\n      C: d", all],
    ['    image: "x', all],
    ["\tpid: host", all],
    [" odd:\n    image: x", ["db", "web", "odd", "last"]],
    ["  half", ["db", "web", "half", "last"]],
  ];
  for (const [line, names] of cases) {
    const text = `services:\n  db:\n    image: x\n  web:\n    image: y\n${line}\n  last:\n    image: z\n`;
    const document = parseCompose(text);
    assert.ok(document.problems.length > 0, line);
    assert.deepEqual(
      document.services.map((service) => service.name),
      names,
      line,
    );
  }
});
