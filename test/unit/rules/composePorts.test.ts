import assert from "node:assert/strict";
import test from "node:test";
import { analyse } from "../../../server/src/engine/analyse";
import { defaultConfig } from "../../../server/src/engine/config";
import { unknownFacts } from "../../../server/src/engine/facts";
import { rules } from "../../../server/src/rules/index";
import { exampleDay } from "../../support/check";

const aboutOpenPorts = new Set([
  "compose-port-all-interfaces",
  "compose-sensitive-service-published",
  "compose-admin-ui-insecure",
]);

/** The rules that report a port of a service in the default profile. */
function reportersOf(image: string, port: string): readonly string[] {
  const { findings } = analyse({
    kind: "compose",
    text: `services:\n  a:\n    image: ${image}\n    ports: ["${port}"]\n`,
    rules: rules.filter((rule) => aboutOpenPorts.has(rule.id)),
    facts: unknownFacts(exampleDay),
    config: { ...defaultConfig, profile: "recommended" },
  });
  return findings.map((finding) => finding.rule);
}

const cases: readonly (readonly [image: string, port: string, rule: string])[] = [
  ["nginx:1.29", "8080:80", "compose-port-all-interfaces"],
  ["postgres:17", "5432:5432", "compose-port-all-interfaces"],
  ["adminer:5", "8080:8080", "compose-admin-ui-insecure"],
  ["docker.elastic.co/kibana/kibana:9.1.0", "5601:5601", "compose-port-all-interfaces"],
  ["minio/minio:latest", "9000:9000", "compose-sensitive-service-published"],
  ["registry.example.com:5000/mirror/pgadmin4:9", "${PORT}:80", "compose-admin-ui-insecure"],
  ["mongo:8", "${PORT:-1234}:${INNER}", "compose-sensitive-service-published"],
];

for (const [image, port, rule] of cases)
  test(`${port} of ${image} is reported once, by ${rule}`, () => {
    assert.deepEqual(reportersOf(image, port), [rule]);
    assert.deepEqual(reportersOf(image, `127.0.0.1:${port}`), []);
  });
