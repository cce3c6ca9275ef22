import assert from "node:assert/strict";
import test from "node:test";
import type { ComposeDocument, Service } from "../../../../server/src/documents/compose/model";
import { parseCompose } from "../../../../server/src/documents/compose/parse";
import { placeIn } from "../../../../server/src/documents/compose/places";
import { joinRelative, type Neighbours } from "../../../../server/src/documents/neighbours";
import { maxProjectFiles } from "../../../../server/src/limits";

function beside(
  texts: Record<string, string>,
  name = "compose.yaml",
  overrides: readonly string[] = [],
): Neighbours {
  const known = Object.entries(texts).map(([path, value]) => [path, { state: "known", value }] as const);
  return { name, overrides, texts: new Map(known), complete: true };
}

function serviceIn(document: ComposeDocument, name: string): Service {
  const service = document.services.find((one) => one.name === name);
  assert.ok(service, `there is a service ${name}`);
  return service;
}

test("a service of another file is extended, and its places are told apart", () => {
  const base = "services:\n  app:\n    image: node:22\n    privileged: true\n    cap_drop: [ALL]\n";
  const text =
    "services:\n  web:\n    extends: { file: ../base.yaml, service: app }\n    cap_drop: [NET_RAW]\n";
  const document = parseCompose(text, beside({ "../base.yaml": base }));
  const web = serviceIn(document, "web");
  assert.equal(web.complete, true);
  assert.equal(web.extends?.resolved, true);
  assert.equal(web.overlay, false);
  assert.deepEqual(
    web.capDrop?.value.map(({ value }) => value),
    ["ALL", "NET_RAW"],
  );
  const { privileged } = web;
  assert.equal(privileged?.value, true);
  assert.equal(privileged?.origin.kind, "extends");
  const place = placeIn(document, privileged!.keySpan);
  assert.equal(place?.file.path, "../base.yaml");
  assert.equal(base.slice(place!.span.start, place!.span.end), "privileged");
  assert.equal(placeIn(document, web.nameSpan), undefined);
});

test("chains lead through files, each relative to its own folder; circles and missing files end them", () => {
  const texts = {
    "a/one.yaml": "services:\n  x:\n    extends: { file: ../b/two.yaml, service: y }\n    user: '1'\n",
    "b/two.yaml": "services:\n  y:\n    image: a:1\n    read_only: true\n",
    "circle.yaml": "services:\n  x:\n    extends: { file: compose.yaml, service: circle }\n",
  };
  const text = [
    "services:",
    "  good:\n    extends: { file: a/one.yaml, service: x }",
    "  gone:\n    extends: { file: nowhere.yaml, service: x }",
    "  nobody:\n    extends: { file: b/two.yaml, service: x }",
    "  circle:\n    extends: { file: circle.yaml, service: x }",
    "  away:\n    extends: { file: /etc/base.yaml, service: x }",
    "",
  ].join("\n");
  const document = parseCompose(text, beside(texts));
  const good = serviceIn(document, "good");
  assert.deepEqual([good.readOnly?.value, good.user?.value.value, good.complete], [true, "1", true]);
  for (const name of ["gone", "nobody", "circle", "away"])
    assert.equal(serviceIn(document, name).complete, false, name);
});

test("an override and its base know each other; what a file says itself stands in it", () => {
  const base = [
    "services:",
    "  db:",
    "    image: postgres:17",
    "    user: root",
    "    ports: ['5432:5432']",
    "    environment: { A: base, B: base }",
    "    volumes: ['./a:/data', './c:/c']",
    "    command: [one, two]",
    "    deploy: { resources: { limits: { memory: 1G } } }",
    "  only: { image: a:1 }",
    "",
  ].join("\n");
  const override = [
    "services:",
    "  db:",
    "    user: '999'",
    "    ports: ['127.0.0.1:6000:5432']",
    "    environment: [B=override, C=override]",
    "    volumes: ['./b:/data']",
    "    command: three",
    "    cap_drop: [ALL]",
    "    deploy: { resources: { limits: { cpus: '1' } } }",
    "  new: { image: b:1 }",
    "",
  ].join("\n");
  const upper = parseCompose(override, beside({ "compose.yaml": base }, "compose.override.yaml"));
  const db = serviceIn(upper, "db");
  assert.equal(upper.project.base, "compose.yaml");
  assert.equal(db.overlay, true, "what is missing is said of the base");
  assert.equal(db.user?.value.value, "999");
  assert.equal(db.image?.value.value, "postgres:17");
  assert.equal(db.ports.length, 2);
  assert.deepEqual(
    db.environment.map(({ name, value }) => `${name}=${value?.value}`),
    ["A=base", "B=override", "C=override"],
  );
  assert.deepEqual(db.volumes.map(({ source, target }) => `${source}:${target}`).sort(), [
    "./b:/data",
    "./c:/c",
  ]);
  assert.deepEqual(
    db.command?.value.words.map(({ value }) => value),
    ["three"],
  );
  assert.deepEqual([db.limits.memory?.value.value, db.limits.cpus?.value.value], ["1G", "1"]);
  assert.equal(serviceIn(upper, "new").overlay, false);
  assert.deepEqual(
    upper.project.otherServices.map(({ name }) => name),
    ["only"],
  );

  const lower = parseCompose(base, beside({ "compose.override.yaml": override }));
  const same = serviceIn(lower, "db");
  assert.equal(same.overlay, false);
  assert.equal(same.user?.value.value, "root", "a base is also used without its override");
  assert.deepEqual(
    same.capDrop?.value.map(({ value }) => value),
    ["ALL"],
  );
  assert.equal(same.capDrop?.origin.kind, "file");
  assert.deepEqual(
    lower.project.otherServices.map(({ name }) => name),
    ["new"],
  );
});

test("other names are merged only where the configuration says so", () => {
  const base = "services:\n  web:\n    image: a:1\n";
  const text = "services:\n  web:\n    restart: always\n";
  const name = "docker-compose.prod.yml";
  const texts = { "docker-compose.yml": base };
  assert.equal(serviceIn(parseCompose(text, beside(texts, name)), "web").image, undefined);
  const document = parseCompose(text, beside(texts, name, [name]));
  assert.equal(serviceIn(document, "web").image?.value.value, "a:1");
  const lower = parseCompose(base, beside({ [name]: text }, "docker-compose.yml", [name]));
  assert.equal(serviceIn(lower, "web").restart?.value.value, "always");
});

test("!reset and !override take away what a base says", () => {
  const base =
    "services:\n  web:\n    image: a:1\n    ports: ['80:80']\n    volumes: ['/:/host']\n    privileged: true\n";
  const text =
    "services:\n  web:\n    ports: !reset []\n    volumes: !override ['./a:/a']\n    privileged: !reset null\n";
  const document = parseCompose(text, beside({ "compose.yaml": base }, "compose.override.yml"));
  const web = serviceIn(document, "web");
  assert.deepEqual([web.ports.length, web.volumes.length, web.privileged], [0, 1, undefined]);
});

test("included files bring their services, those that they include too, however they are named", () => {
  const texts = {
    "db/compose.yaml":
      "include: [../cache/compose.yaml]\nservices:\n  db: { image: postgres:17 }\nsecrets:\n  pw: { file: ./pw.txt }\n",
    "cache/compose.yaml": "include: [../db/compose.yaml]\nservices:\n  cache: { image: redis:8 }\n",
    "c.yaml": "services:\n  c: { image: a:1 }\n",
  };
  const text = "include:\n  - db/compose.yaml\n  - path: [c.yaml]\nservices:\n  web: { image: b:1 }\n";
  const { project, problems } = parseCompose(text, beside(texts));
  assert.deepEqual(project.otherServices.map(({ name }) => name).sort(), ["c", "cache", "db"]);
  assert.deepEqual(
    project.otherSecrets.map(({ name }) => name),
    ["pw"],
  );
  assert.deepEqual(problems, []);
});

test("what cannot be read is said, and its services are not judged as whole", () => {
  const text = "services:\n  web:\n    extends: { file: base.yaml, service: app }\n";
  const texts = new Map([["base.yaml", { state: "unknown", reason: "permission denied" } as const]]);
  const document = parseCompose(text, { name: "compose.yaml", overrides: [], texts, complete: true });
  assert.equal(serviceIn(document, "web").complete, false);
  assert.deepEqual(
    document.problems.map(({ message, effect }) => [message, effect]),
    [["base.yaml was not read: permission denied", "unchecked"]],
  );
});

test("more files than the limit are named as not read", () => {
  const texts = Object.fromEntries(
    Array.from({ length: maxProjectFiles + 2 }, (_, at) => [
      `f${at}.yaml`,
      `services:\n  s${at}: { image: a:1 }\n`,
    ]),
  );
  const text = `include: [${Object.keys(texts).join(", ")}]\n`;
  const { project, problems } = parseCompose(text, beside(texts));
  assert.equal(project.otherServices.length, maxProjectFiles);
  assert.equal(problems.length, 2);
});

test("the model says which files it looks for", () => {
  const text =
    "services:\n  web:\n    build: { context: app, dockerfile: ../docker/Dockerfile }\n  x:\n    build: https://example.org/a.git\n";
  const document = parseCompose(text, beside({}));
  const { asked } = document.project;
  assert.ok(asked.includes("compose.override.yml"));
  assert.ok(asked.includes("docker/Dockerfile"));
  assert.ok(asked.includes("app/.dockerignore"));
  assert.ok(asked.every((path) => !path.includes("example.org")));
});

test("paths are joined as Compose joins them", () => {
  assert.equal(joinRelative("", "./a/../b"), "b");
  assert.equal(joinRelative("a/b", "../../.."), "..");
  assert.equal(joinRelative("..", "x"), "../x");
  assert.equal(joinRelative("a", "."), "a");
  for (const path of ["/etc/x", "~/x", "https://e.org/x", "C:\\x", "git@e.org:x", "oci://x", ""])
    assert.equal(joinRelative("", path), undefined, path);
});
