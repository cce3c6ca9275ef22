import assert from "node:assert/strict";
import test from "node:test";
import { parseYaml } from "../../../server/src/documents/yaml/parse";
import { analyse } from "../../../server/src/engine/analyse";
import { defaultConfig } from "../../../server/src/engine/config";
import { unknownFacts } from "../../../server/src/engine/facts";
import { maxMisfits } from "../../../server/src/ruleLimits";
import { rules } from "../../../server/src/rules/index";
import { misfitsOf } from "../../../server/src/rules/shared/composeSchema";
import { exampleDay } from "../../support/check";

/** Where a service's keys do not fit, and how. */
function misfits(keys: string, isWhole = true): readonly string[] {
  const text = `services:\n  web:\n    ${keys.replaceAll("\n", "\n    ")}\n`;
  const [document] = parseYaml(text).documents;
  return misfitsOf(document!.root, isWhole).map(
    ({ at, problem }) => `${text.slice(at.start, at.end)}: ${problem.kind}`,
  );
}

// Each verdict is that of compose-go 2.16.2.
const accepted = [
  "image: app:1",
  "command:",
  "command: [a, b]",
  "privileged: 'true'",
  "cpus: 1",
  "cpus: '0.5'",
  "mem_limit: 1g",
  "ports: [80, '80:80', { target: 80 }]",
  "environment: { A: 1, B: true, C: , D: x }",
  "environment: [A=1]",
  "depends_on: [db]",
  "depends_on: { db: { condition: service_started } }",
  "ulimits: { nofile: 1, nproc: { soft: 1, hard: 2 } }",
  "deploy:",
  "x-own: [1]",
  "healthcheck: { test: NONE, retries: 3, x-own: 1 }",
  "pull_policy: every_12h",
  "volumes: [./a:/a, { type: bind, source: ./a, target: /a }]",
  "gpus: all",
  "privileged: 'off'",
  "tty: 'yes'",
  "pids_limit: '100'",
  "cpus: '.5'",
  "mem_limit: 1.5g",
  "deploy: { replicas: '2' }",
  "build: { context: ., provenance: mode=max }",
  "networks: { front: , back: { aliases: [a] } }",
];

const refused: readonly (readonly [keys: string, ...places: string[]])[] = [
  ["image: 1", "1: type"],
  ["image: [app]", "[app]: type"],
  ["cap_add: ALL", "ALL: type"],
  ["cap_add: [1]", "1: type"],
  ["cap_add: $CAPS", "$CAPS: type"],
  ["ports: 80", "80: type"],
  ["ports: { a: b }", "{ a: b }: type"],
  ["privileged: 1.5", "1.5: type"],
  ["privileged: '1'", "1: type"],
  ["read_only: maybe", "maybe: type"],
  ["init: t", "t: type"],
  ["cpus: abc", "abc: type"],
  ["pids_limit: x", "x: type"],
  ["scale: x", "x: type"],
  ["deploy: { replicas: x }", "x: type"],
  ["ports: [{ target: abc }]", "abc: type"],
  ["healthcheck: { retries: x }", "x: type"],
  ["ulimits: { nofile: { soft: a, hard: 1 } }", "a: type"],
  ["environment: { A: [b] }", "[b]: type"],
  ["depends_on: { db: { condition: healthy } }", "healthy: value"],
  ["depends_on: { db: { restart: true } }", "restart: missing"],
  ["ulimits: { nofile: { soft: 1 } }", "soft: missing"],
  ["healthcheck: { intervall: 5s }", "intervall: unknown"],
  ["build: { context: ., file: x }", "file: unknown"],
  ["pull_policy: often", "often: pattern"],
  ["cpu_percent: 101", "101: range"],
  ["volumes: [{ source: ./a, target: /a }]", "source: missing"],
  ["logging: json-file", "json-file: type"],
  ["deploy: { resources: { limits: { memory: 1 } } }", "1: type"],
  ["networks: { 'my net': }", "my net: name"],
];

test("what Compose accepts fits", () => {
  for (const keys of accepted) assert.deepEqual(misfits(keys), [], keys);
});

test("what Compose refuses does not, at the very place", () => {
  for (const [keys, ...places] of refused)
    assert.deepEqual(
      misfits(keys).map((place) => place.replaceAll("'", "")),
      places,
      keys,
    );
});

test("variables and what is taken away are not judged, nor what another file may complete", () => {
  assert.deepEqual(misfits("read_only: $RO\nports: !reset 80\ncpus: ${CPUS:-many}"), []);
  assert.deepEqual(misfits("depends_on: { db: { restart: true } }", false), []);
});

test("what is shared is judged once, and a bomb costs little", () => {
  const levels = Array.from(
    { length: 30 },
    (_, at) => `x-${at + 1}: &a${at + 1} { <<: [*a${at}, *a${at}], k${at}: 1 }`,
  );
  const text = ["x-0: &a0 { healthcheck: 1 }", ...levels, "services:", "  a: *a30", "  b: *a30", ""].join(
    "\n",
  );
  const [document] = parseYaml(text).documents;
  const found = misfitsOf(document!.root, true);
  assert.equal(found.filter(({ problem }) => problem.kind === "type").length, 1);
});

test("beyond the places that are listed, the file is not called checked", () => {
  const services = (count: number): string =>
    Array.from({ length: count }, (_, at) => `  s${at}: { image: "a:1", cap_drop: ALL }\n`).join("");
  const judged = (count: number) =>
    analyse({
      kind: "compose",
      text: `services:\n${services(count)}`,
      rules,
      facts: unknownFacts(exampleDay),
      config: { ...defaultConfig, profile: "all" },
    });
  const ofSchema = <T extends { readonly rule: string | undefined }>(all: readonly T[]): readonly T[] =>
    all.filter(({ rule }) => rule === "compose-schema");
  assert.equal(ofSchema(judged(maxMisfits - 1).findings).length, maxMisfits - 1);
  assert.equal(ofSchema(judged(maxMisfits - 1).notChecked).length, 0);
  assert.equal(ofSchema(judged(maxMisfits + 1).findings).length, maxMisfits);
  assert.equal(ofSchema(judged(maxMisfits + 1).notChecked).length, 1);
});
