import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { analyse } from "../../../server/src/engine/analyse";
import { type Config, defaultConfig, type Profile } from "../../../server/src/engine/config";
import { type Facts, unknownFacts } from "../../../server/src/engine/facts";
import {
  type ControlResult,
  type Posture,
  postureOf,
  untoldPostures,
} from "../../../server/src/engine/posture";
import { serviceControls, stageControls } from "../../../server/src/engine/postureControls";
import { defineRule, type Rule } from "../../../server/src/engine/rule";
import { maxPostures } from "../../../server/src/limits";
import { rules } from "../../../server/src/rules/index";

const facts: Facts = {
  ...unknownFacts("2026-11-22"),
  today: "2026-11-22",
  dockerignore: { state: "absent" },
  contextNames: { state: "known", value: { paths: [], complete: true } },
};

function postures(
  kind: "dockerfile" | "compose",
  text: string,
  { profile = "all", more = {}, using = rules }: Options = {},
): readonly Posture[] {
  const config: Config = { ...defaultConfig, profile, ...more };
  return postureOf(analyse({ kind, text, rules: using, facts, config }));
}

interface Options {
  readonly profile?: Profile;
  readonly more?: Partial<Config>;
  readonly using?: readonly Rule[];
}

const dockerfile = (text: string, options?: Options): readonly Posture[] =>
  postures("dockerfile", text, options);
const compose = (text: string, options?: Options): readonly Posture[] => postures("compose", text, options);

function control(from: readonly Posture[], name: string, id: string): ControlResult {
  const found = from.find((posture) => posture.name === name)?.controls.find((one) => one.id === id);
  assert.ok(found, `${id} of ${name}`);
  return found;
}

const digest = `sha256:${"a".repeat(64)}`;

test("every rule that a control names exists, and every control has rules of its language", () => {
  const source = readFileSync(join(__dirname, "../../../server/src/engine/postureControls.ts"), "utf8");
  const named = [...source.matchAll(/\bids\(([^)]+)\)/g)].flatMap((call) =>
    [...call[1]!.matchAll(/"([a-z-]+)"/g)].map((match) => match[1]!),
  );
  assert.ok(named.length > 30);
  const known = new Set(rules.map(({ id }) => id));
  assert.deepEqual(
    named.filter((id) => !known.has(id)),
    [],
  );
  for (const [controls, language] of [
    [stageControls, "dockerfile"],
    [serviceControls, "compose"],
  ] as const) {
    assert.equal(new Set(controls.map(({ id }) => id)).size, controls.length);
    for (const { id, needs } of controls)
      assert.ok(
        rules.some((rule) => rule.language === language && needs(rule)),
        id,
      );
  }
});

test("a hardened service passes everything, a bare one fails what it lacks", () => {
  const all = compose(`services:
  good:
    image: registry.example.com/app:1.2@${digest}
    user: "1000:1000"
    read_only: true
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
    mem_limit: 256m
    cpus: 0.5
    pids_limit: 100
    ports: ["127.0.0.1:80:8080"]
    healthcheck: { test: [CMD, app, ping] }
  bare:
    image: postgres
    ports: ["5432:5432"]
`);
  assert.deepEqual(
    all[0]?.controls.filter(({ state }) => state !== "pass").map(({ id, reason }) => [id, reason]),
    [],
  );
  const failing = all[1]?.controls.filter(({ state }) => state === "fail").map(({ id }) => id);
  assert.deepEqual(failing, [
    ...["version", "digest", "no-new-privileges", "capabilities-dropped", "read-only", "limits"],
    ...["bound-ports", "healthcheck"],
  ]);
});

test("nothing is passed that a profile has off, and it is said that this is why", () => {
  const [posture] = compose("services:\n  web:\n    image: app:1\n    user: app\n", {
    profile: "recommended",
  });
  const states = posture?.controls.map(({ id, state, off }) => [id, state, off]);
  assert.ok(states?.some(([id, state]) => id === "unprivileged" && state === "pass"));
  for (const id of ["read-only", "limits", "healthcheck", "digest"])
    assert.deepEqual(
      states?.find((entry) => entry[0] === id),
      [id, "notChecked", true],
    );
});

test("what a service takes from an anchor, an alias or a service that it extends counts as its own", () => {
  const all = compose(`x-base: &base
  privileged: true
x-env: &env
  API_PASSWORD: ${["w8Kq", "Zt3R", "mV6x"].join("")}
services:
  merged: { <<: *base, image: app:1 }
  aliased: { image: app:1, environment: *env }
  parent: { image: app:1, pid: host }
  child: { extends: parent }
  other: { image: app:1 }
`);
  const failing = (name: string, id: string): boolean => control(all, name, id).state === "fail";
  assert.ok(failing("merged", "unprivileged"));
  assert.ok(failing("aliased", "no-secrets"));
  assert.ok(failing("parent", "own-namespaces"));
  assert.ok(failing("child", "own-namespaces"));
  for (const id of ["unprivileged", "no-secrets", "own-namespaces"])
    assert.equal(control(all, "other", id).state, "pass");
});

test("a variable, another file or a provider that decides is not passed", () => {
  const all = compose(`services:
  variable: { image: "\${IMAGE}", privileged: "\${P}", volumes: ["\${D}:/d"], user: "\${U}" }
  default: { image: app:1, privileged: "\${P:-false}" }
  overlay: { restart: always }
  extending: { extends: { file: other.yaml, service: x }, image: app:1 }
  provider: { provider: { type: awesomecloud } }
  off: { image: app:1, read_only: false }
  built: { build: . }
`);
  for (const id of ["version", "unprivileged", "safe-mounts", "non-root"])
    assert.equal(control(all, "variable", id).state, "notChecked", id);
  assert.equal(control(all, "default", "unprivileged").state, "pass");
  for (const name of ["overlay", "extending"])
    assert.equal(
      all
        .find((one) => one.name === name)
        ?.controls.some(({ id, state }) => state === "pass" && id !== "version"),
      false,
      name,
    );
  assert.equal(control(all, "provider", "limits").state, "notApplicable");
  assert.equal(control(all, "off", "read-only").state, "fail");
  assert.equal(control(all, "built", "version").state, "notApplicable");
  assert.equal(control(all, "built", "non-root").state, "notApplicable");
});

test("a stage stands for what it is built from", () => {
  const all = dockerfile(`FROM node:latest AS base
RUN curl -k https://x.example/a -o a
FROM base AS test
FROM base
USER 1000
CMD ["node", "a"]
`);
  assert.deepEqual(
    all.map(({ name }) => name),
    ["base", "test", "stage 3"],
  );
  for (const name of ["base", "test", "stage 3"]) {
    assert.equal(control(all, name, "version").state, "fail");
    assert.equal(control(all, name, "verified-downloads").state, "fail");
    assert.equal(control(all, name, "sandboxed-build").state, "pass");
  }
  assert.equal(control(all, "base", "non-root").state, "notApplicable");
  assert.equal(control(all, "stage 3", "non-root").state, "pass");
  assert.equal(control(all, "test", "healthcheck").state, "notApplicable");
  assert.equal(control(all, "stage 3", "healthcheck").state, "fail");
});

test("a root that the final stage inherits is the final stage's", () => {
  const all = dockerfile('FROM app:1 AS base\nUSER root\nFROM base\nCMD ["app"]\n');
  assert.equal(control(all, "base", "non-root").state, "notApplicable");
  assert.equal(control(all, "stage 2", "non-root").state, "fail");
});

test("what is silenced is accepted, with its reason", () => {
  const all = dockerfile(
    'FROM app:1\n# plimsoll-ignore final-stage-user-root: needs the port\nUSER root\nCMD ["a"]\n',
  );
  const result = control(all, "stage 1", "non-root");
  assert.deepEqual([result.state, result.reason, result.findings.length], ["accepted", "needs the port", 1]);
});

test("what no rule could see is not passed", () => {
  const variable = dockerfile('ARG B\nFROM $B\nARG U\nUSER $U\nCMD ["a"]\n');
  assert.equal(control(variable, "stage 1", "version").state, "notChecked");
  assert.equal(control(variable, "stage 1", "non-root").state, "notChecked");
  const unknownUser = dockerfile('FROM registry.example.com/private:1\nCMD ["a"]\n');
  assert.equal(control(unknownUser, "stage 1", "non-root").state, "notChecked");
  const python = dockerfile('FROM app:1\nSHELL ["python", "-c"]\nRUN print(1)\nUSER 1\nCMD ["a"]\n');
  assert.equal(control(python, "stage 1", "no-secrets").state, "notChecked");
  assert.equal(control(python, "stage 1", "non-root").state, "pass");
});

test("a rule that fails leaves its control not checked", () => {
  const broken = defineRule({
    ...(rules.find(({ id }) => id === "run-device") as Rule),
    language: "dockerfile",
    check: () => {
      throw new Error("broken");
    },
  } as never);
  const using = rules.map((rule) => (rule.id === "run-device" ? broken : rule));
  const result = control(
    dockerfile("FROM app:1\nRUN --device=a b\n", { using }),
    "stage 1",
    "sandboxed-build",
  );
  assert.deepEqual([result.state, result.reason], ["notChecked", "the rule run-device failed"]);
});

test("a file of thousands of services has a bounded posture, and says so", () => {
  const text = `services:\n${Array.from({ length: maxPostures + 10 }, (_, at) => `  s${at}: { image: a:1 }\n`).join("")}`;
  const analysis = analyse({ kind: "compose", text, rules, facts, config: defaultConfig });
  assert.equal(postureOf(analysis).length, maxPostures);
  assert.match(untoldPostures(analysis) ?? "", /^how 10 of its 2010 /);
  const small = analyse({ kind: "dockerfile", text: "FROM a\n", rules, facts, config: defaultConfig });
  assert.equal(untoldPostures(small), undefined);
});
