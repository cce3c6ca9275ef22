import assert from "node:assert/strict";
import test from "node:test";
import { parseCompose } from "../../../server/src/documents/compose/parse";
import { authOptionIn, openingVariables } from "../../../server/src/rules/shared/composeAuthSwitches";
import { namedTexts } from "../../../server/src/rules/shared/composeNamedTexts";
import { itemNodes } from "../../../server/src/rules/shared/composeNodes";

function openedBy(environment: string): readonly string[] {
  const [service] = parseCompose(
    `services:\n  a:\n    image: x:1\n    environment: [${environment}]\n`,
  ).services;
  return service === undefined ? [] : openingVariables(service).map(({ program }) => program);
}

const variables: readonly (readonly [environment: string, programs: readonly string[]])[] = [
  ["POSTGRES_HOST_AUTH_METHOD=trust", ["PostgreSQL"]],
  ["POSTGRES_HOST_AUTH_METHOD=md5", []],
  ["'POSTGRES_HOST_AUTH_METHOD=${M:-trust}'", ["PostgreSQL"]],
  ["POSTGRES_HOST_AUTH_METHOD", []],
  ["MYSQL_ALLOW_EMPTY_PASSWORD=", []],
  ["MYSQL_ALLOW_EMPTY_PASSWORD=no", ["MySQL"]],
  ["MYSQL_ALLOW_EMPTY_PASSWORD=yes, MYSQL_ROOT_PASSWORD=x", []],
  ["MYSQL_ALLOW_EMPTY_PASSWORD=yes, MYSQL_ROOT_PASSWORD=", ["MySQL"]],
  ["ALLOW_EMPTY_PASSWORD=yes, REDIS_PASSWORD_FILE=/run/x, NEO4J_AUTH=none", ["Neo4j"]],
  ["xpack.security.enabled=False", ["Elasticsearch"]],
  ["JUPYTER_TOKEN=", ["Jupyter"]],
];

for (const [environment, programs] of variables)
  test(`${environment} opens ${programs.join(", ") || "nothing"}`, () => {
    assert.deepEqual(openedBy(environment), programs);
  });

const lines: readonly (readonly [line: string, image: string, option: string | undefined])[] = [
  ["redis-server --protected-mode no", "redis", "--protected-mode no"],
  ["redis-server --protected-mode yes", "redis", undefined],
  ["start.sh --NotebookApp.token='' --x", "jupyter/base", "--NotebookApp.token=''"],
  ["start.sh --ServerApp.token=abc", "jupyter/base", undefined],
  ["--noauth", "mongo", "--noauth"],
  ["--noauth", "app", undefined],
  ["start --insecure", "cockroachdb/cockroach", "--insecure"],
  ["start --insecure=false", "cockroachdb/cockroach", undefined],
];

for (const [line, image, option] of lines)
  test(`${line} of ${image} ${option === undefined ? "asks for a login" : "lets everybody in"}`, () => {
    const found = authOptionIn(line, image);
    assert.equal(found === undefined ? undefined : line.slice(found.from, found.to), option);
  });

test("named texts are read from maps and lists, with their places", () => {
  const text = 'services: {}\nx-a: { a: "b", c: }\nx-l: [d=e=f, g, "h=${I:-j}"]\n';
  const document = parseCompose(text);
  const root = document.tree.documents[0]?.root;
  const pairs = root?.kind === "map" ? root.pairs : [];
  const read = pairs
    .flatMap(({ value }) => namedTexts(document, value))
    .map(({ name, value, span }) => [name, value, text.slice(span.start, span.end)]);
  assert.deepEqual(read, [
    ["a", "b", '"b"'],
    ["d", "e=f", "e=f"],
    ["h", "j", "${I:-j}"],
  ]);
});

test("items of a list that services share, and an item that is an alias, are read once", () => {
  const text =
    "x-p: &p ['80', '81']\nx-i: &i '82'\nservices:\n  a: { ports: *p }\n  b: { ports: *p }\n  c: { ports: [*i, *i] }\n";
  const items = itemNodes(parseCompose(text), ({ fields }) => [fields.get("ports")?.node]);
  assert.deepEqual(
    items.map(({ part }) => text.slice(part.span.start, part.span.end)),
    ["'80'", "'81'", "'82'"],
  );
});
