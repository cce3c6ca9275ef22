import assert from "node:assert/strict";
import test from "node:test";
import { suggest } from "../../../server/src/completion/suggest";
import type { Suggestion } from "../../../server/src/completion/suggestion";
import { type AnalysisInput, analyse } from "../../../server/src/engine/analyse";
import { defaultConfig } from "../../../server/src/engine/config";
import { parseConfiguration } from "../../../server/src/engine/configuration";
import { unknownFacts } from "../../../server/src/engine/facts";
import { rules } from "../../../server/src/rules/index";
import { monthsAfter } from "../../../server/src/text/day";
import { applyEdits, replaceSpan } from "../../../server/src/text/edit";

const today = "2026-09-01";

/** What is suggested at the `|` of a text. */
function at(kind: AnalysisInput["kind"], marked: string, configuration = ""): readonly Suggestion[] {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const policy = parseConfiguration(configuration, rules).config.policy;
  const config = { ...defaultConfig, policy };
  const analysis = analyse({ kind, text, rules, facts: unknownFacts(today), config });
  return suggest({ analysis, rules, policy, today }, offset).items;
}

function labels(kind: AnalysisInput["kind"], marked: string, configuration = ""): readonly string[] {
  return at(kind, marked, configuration).map(({ label }) => label);
}

/** The text after the suggestion with a label is taken. */
function taken(kind: AnalysisInput["kind"], marked: string, label: string, configuration = ""): string {
  const found = at(kind, marked, configuration).find((one) => one.label === label);
  assert.ok(found, `${label} is not suggested`);
  return applyEdits(marked.replace("|", ""), [replaceSpan(found.span, found.text)]);
}

const policy = `images:
  approved: ["registry.example.com/base/**", "docker.io/library/node", ghcr.io/team/app]
  replacements:
    docker.io/library/ubuntu: registry.example.com/base/ubuntu:24.04
`;

test("approved images, registries and replacements stand after FROM, and nothing where nothing was decided", () => {
  assert.deepEqual(labels("dockerfile", "FROM |", policy), [
    "registry.example.com/base/ubuntu:24.04",
    "registry.example.com/base/",
    "node",
    "ghcr.io/team/app",
  ]);
  assert.deepEqual(labels("dockerfile", "FROM no|"), []);
  assert.deepEqual(labels("dockerfile", "FR|OM x", policy), []);
  assert.deepEqual(labels("dockerfile", "FROM x AS |", policy), []);
  assert.deepEqual(labels("dockerfile", "FROM --platform=linux/amd64 |", policy).length, 4);
  const [ubuntu] = at("dockerfile", "FROM ub|", policy);
  assert.equal(ubuntu?.filter, "ubuntu");
  assert.equal(
    taken("dockerfile", "FROM ub|untu:22.04 AS a\n", "registry.example.com/base/ubuntu:24.04", policy),
    "FROM registry.example.com/base/ubuntu:24.04 AS a\n",
  );
});

test("a policy that is no list of images proposes nothing", () => {
  const hostile =
    'images:\n  approved: ["a\\nRUN x", "$(x)", "[a](command:x)", "-x"]\n  registries: ["a b"]\n';
  assert.deepEqual(labels("dockerfile", "FROM |", hostile), []);
  const many = `images:\n  approved: [${Array.from({ length: 5_000 }, (_, index) => `a/b${index}`).join(", ")}]\n`;
  assert.equal(labels("dockerfile", "FROM |", many).length, 500);
});

test("a glob over the official library stands for its images, but for those that nobody should use", () => {
  const names = labels("dockerfile", "FROM |", "images:\n  approved: [docker.io/library/*]\n");
  assert.ok(names.includes("node") && names.includes("postgres"));
  assert.ok(!names.includes("openjdk"));
});

test("supported tags come with their smaller variants first, with the day of the knowledge", () => {
  const found = at("dockerfile", "FROM node:|");
  assert.deepEqual(
    found.slice(0, 3).map(({ label }) => label),
    ["node:26.7-slim", "node:26.7-alpine", "node:26.7"],
  );
  for (const { documentation } of found) assert.match(documentation ?? "", /as of \d{4}-\d\d-\d\d/);
  assert.ok(labels("dockerfile", "FROM eclipse-temurin:2|").includes("eclipse-temurin:21-jre"));
  assert.deepEqual(labels("dockerfile", "FROM openjdk:|"), ["eclipse-temurin"]);
  assert.deepEqual(labels("dockerfile", "FROM example.org/own:|"), []);
  assert.deepEqual(labels("dockerfile", "FROM node@|"), []);
  // The policy approves other images only.
  assert.deepEqual(labels("dockerfile", "FROM python:|", policy), []);
  assert.deepEqual(labels("dockerfile", "FROM ubuntu:|", policy), ["registry.example.com/base/ubuntu:24.04"]);
});

test("version lines whose support has ended are left out", () => {
  assert.ok(labels("dockerfile", "FROM node:|").includes("node:22-slim"));
  const analysis = analyse({
    kind: "dockerfile",
    text: "FROM node:",
    rules,
    facts: unknownFacts("2035-01-01"),
    config: defaultConfig,
  });
  const later = suggest({ analysis, rules, policy: defaultConfig.policy, today: "2035-01-01" }, 10);
  assert.ok(!later.items.some(({ label }) => label.startsWith("node:22")));
});

test("stages above stand after --from= and FROM, with the user that they end as", () => {
  const text =
    "FROM node:24 AS build\nUSER node\nFROM alpine:3.22 AS tools\nFROM debian:13\nCOPY --from=| /a /b\n";
  const found = at("dockerfile", text);
  assert.deepEqual(
    found.map(({ label, detail }) => [label, detail]),
    [
      ["tools", "stage 1 from alpine:3.22, user root"],
      ["build", "stage 0 from node:24, user node"],
    ],
  );
  assert.equal(taken("dockerfile", text, "build"), text.replace("|", "build"));
  assert.deepEqual(labels("dockerfile", "FROM a AS b\nFROM |"), ["b"]);
  assert.deepEqual(labels("dockerfile", "FROM a AS b\nFROM c\nRUN --mount=type=bind,from=| x"), ["b"]);
  assert.deepEqual(labels("dockerfile", "FROM a AS b\nCOPY --from=| /a /b"), []);
});

test("secret mounts stand after --mount=, not where one is written", () => {
  const found = at("dockerfile", "FROM a\nRUN --mount=| npm ci\n");
  assert.ok(found.every(({ text }) => text.startsWith("type=secret") || text.startsWith("type=ssh")));
  const env = found[0]!;
  assert.equal(env.snippet, "type=secret,id=${1:token},env=${2:TOKEN}");
  assert.deepEqual(labels("dockerfile", "FROM a\nRUN --mount=type=cache,| npm ci\n"), []);
  assert.deepEqual(labels("dockerfile", "FROM a\nRUN npm ci |\n"), []);
});

test("USER knows the users of the base image and of the stage, never root", () => {
  assert.deepEqual(labels("dockerfile", "FROM node:24\nUSER |\nRUN x\n"), ["node", "1000"]);
  assert.deepEqual(labels("dockerfile", "FROM debian:13\nRUN useradd --system app\nUSER a|\n"), ["app"]);
  assert.deepEqual(labels("dockerfile", "FROM node:24 AS a\nFROM a\nUSER |"), ["node", "1000"]);
  assert.equal(taken("dockerfile", "FROM node:24\nUSER ro|ot\n", "node"), "FROM node:24\nUSER node\n");
  assert.deepEqual(labels("dockerfile", "FROM example.org/own\nUSER |\n"), []);
});

test("ids in an ignore comment begin with those of the line below", () => {
  const text = "FROM debian:13\n# plimsoll-ignore |\nRUN sudo apt-get update\n";
  const found = at("dockerfile", text);
  const here = found.filter(({ detail }) => detail?.startsWith("found here"));
  assert.ok(here.some(({ label }) => label === "sudo-in-run"));
  assert.deepEqual(found.slice(0, here.length), here);
  assert.ok(found.length > 100);
  assert.ok(!labels("dockerfile", text.replace("|", "sudo-in-run, |")).includes("sudo-in-run"));
  assert.equal(
    taken("dockerfile", text.replace("|", "sudo|-in: reason"), "sudo-in-run"),
    text.replace("|", "sudo-in-run: reason"),
  );
  assert.deepEqual(labels("dockerfile", text.replace("|", "sudo-in-run: |")), []);
  assert.deepEqual(labels("dockerfile", "# FROM |"), []);
  const compose = "services:\n  a:\n    image: x:1\n    privileged: true # plimsoll-ignore |\n";
  assert.equal(labels("compose", compose)[0], "compose-privileged");
});

const web = "services:\n  web:\n    image: nginx:1.30\n";

test("capabilities fit what the service drops", () => {
  const plain = labels("compose", `${web}    cap_add:\n      - |\n`);
  assert.ok(plain.includes("IPC_LOCK") && !plain.includes("CHOWN") && !plain.includes("SYS_ADMIN"));
  const dropped = at("compose", `${web}    cap_drop: [ALL]\n    cap_add:\n      - |\n`);
  assert.match(dropped[0]?.documentation ?? "", /The image needs it/);
  assert.ok(dropped.some(({ label }) => label === "NET_BIND_SERVICE"));
  assert.equal(labels("compose", `${web}    cap_drop:\n      - |\n`)[0], "ALL");
  assert.deepEqual(labels("compose", `${web}    cap_drop: [ALL, |]\n`), []);
  const inBrackets = labels("compose", `${web}    cap_drop: [ALL]\n    cap_add: [CHOWN, |]\n`);
  assert.ok(!inBrackets.includes("CHOWN") && inBrackets.includes("SETUID"));
  assert.equal(labels("compose", `${web}    cap_drop: [|`)[0], "ALL");
  assert.equal(
    taken("compose", `${web}    cap_drop: [ NET_RAW, KI| ]\n`, "KILL"),
    `${web}    cap_drop: [ NET_RAW, KILL ]\n`,
  );
  assert.equal(
    taken("compose", `${web}    cap_drop:\n    - A|\n`, "ALL"),
    `${web}    cap_drop:\n    - ALL\n`,
  );
});

test("security_opt knows what makes a service safer, once each", () => {
  const found = labels("compose", `${web}    security_opt:\n      - |\n`);
  assert.equal(found[0], "no-new-privileges:true");
  assert.ok(!found.some((label) => label.includes("unconfined")));
  const more = labels("compose", `${web}    security_opt:\n      - no-new-privileges:true\n      - |\n`);
  assert.ok(!more.includes("no-new-privileges:true"));
});

test("images and users of a service", () => {
  assert.deepEqual(labels("compose", "services:\n  web:\n    image: |\n", policy).slice(0, 2), [
    "registry.example.com/base/ubuntu:24.04",
    "registry.example.com/base/",
  ]);
  assert.equal(
    taken("compose", "services:\n  web:\n    image: 'node:|'\n", "node:24-slim"),
    "services:\n  web:\n    image: 'node:24-slim'\n",
  );
  assert.deepEqual(labels("compose", `${web}    user: |\n`), ["nginx", "101"]);
  assert.deepEqual(labels("compose", `${web}    |\n`), []);
  assert.deepEqual(labels("compose", `${web}    user:|\n`), []);
  assert.deepEqual(labels("compose", `${web}    environment:\n      image: |\n`, policy), []);
  assert.deepEqual(labels("compose", "volumes:\n  web:\n    image: |\n", policy), []);
});

test("plimsoll.yaml: keys that are not there yet, with the words that they take", () => {
  const top = labels("configuration", "profile: strict\n|\nfailOn: high\n");
  assert.ok(top.includes("rules") && top.includes("overrides"));
  assert.ok(!top.includes("profile") && !top.includes("failOn"));
  assert.equal(taken("configuration", "pro|\n", "profile"), "profile: \n");
  assert.equal(taken("configuration", "ig|\n", "ignore"), "ignore:\n");
  assert.equal(taken("configuration", "pro|: cis\n", "profile"), "profile: cis\n");
  assert.equal(at("configuration", "pro|\n").find(({ label }) => label === "profile")?.filter, "profile");
  const profiles = ["recommended", "strict", "cis", "hadolint", "all"];
  assert.deepEqual(labels("configuration", "profile: |\n"), profiles);
  assert.deepEqual(labels("configuration", "extends:\n  - |\n"), profiles);
  assert.deepEqual(labels("configuration", "overrides:\n  - files: a\n    profile: |\n"), profiles);
  assert.equal(labels("configuration", "failOn: |\n").at(-1), "never");
  assert.deepEqual(labels("configuration", "requireReason: |\n"), ["true", "false"]);
  assert.deepEqual(labels("configuration", "images:\n  require:\n    |\n"), [
    "digest",
    "notEndOfLife",
    "nonRoot",
    "maxAge",
    "signature",
    "vulnerabilities",
  ]);
  assert.equal(labels("configuration", "images:\n  require:\n    digest: |\n")[0], "true");
});

test("plimsoll.yaml: keys of an item know only the item's own", () => {
  const first = labels("configuration", "ignore:\n  - |\n");
  assert.deepEqual(first.slice(0, 3), ["rule", "image", "path"]);
  const text = "ignore:\n  - rule: a\n  - path: b\n    |\n  - until: 2026-01-01\n";
  assert.deepEqual(labels("configuration", text), ["rule", "image", "reason", "owner", "ticket", "until"]);
  assert.equal(taken("configuration", "ignore:\n  - ru|\n", "rule"), "ignore:\n  - rule: \n");
  assert.deepEqual(labels("configuration", "images:\n  denied:\n    - |\n"), [
    "image",
    "reason",
    "replacement",
  ]);
});

test("plimsoll.yaml: end dates are days of the calendar", () => {
  const dates = labels("configuration", "ignore:\n  - rule: a\n    until: |\n");
  assert.deepEqual(dates, ["2026-10-01", "2026-12-01", "2027-03-01", "2027-09-01"]);
  assert.deepEqual(
    [monthsAfter("2026-11-30", 3), monthsAfter("2027-01-31", 1), monthsAfter("2028-01-31", 1)],
    ["2027-02-28", "2027-02-28", "2028-02-29"],
  );
});

test("plimsoll.yaml: options of a rule, and rules of overrides", () => {
  const options = labels("configuration", "rules:\n  base-image-distribution-not-allowed:\n    |\n");
  assert.deepEqual(options, ["severity", "allowed", "extraRepositories"]);
  assert.equal(
    taken("configuration", "rules:\n  base-image-distribution-not-allowed:\n    al|\n", "allowed"),
    "rules:\n  base-image-distribution-not-allowed:\n    allowed:\n",
  );
  const override = "overrides:\n  - files: a\n    rules:\n      ";
  assert.ok(labels("configuration", `${override}|\n`).includes("sudo-in-run"));
  assert.equal(labels("configuration", `${override}sudo-in-run: |\n`)[0], "off");
  const written = labels("configuration", "rules:\n  sudo-in-run: off\n  |\n");
  assert.ok(!written.includes("sudo-in-run") && written.includes("base-image-latest-tag"));
});

test("plimsoll.yaml: ids as keys and in ignore, severities as values", () => {
  assert.ok(labels("configuration", "rules:\n  base|\n").includes("base-image-latest-tag"));
  assert.equal(taken("configuration", "rules:\n  su|\n", "sudo-in-run"), "rules:\n  sudo-in-run: \n");
  assert.equal(taken("configuration", "rules:\n  su|: off\n", "sudo-in-run"), "rules:\n  sudo-in-run: off\n");
  assert.equal(labels("configuration", "rules:\n  sudo-in-run: |\n")[0], "off");
  assert.equal(labels("configuration", "rules:\n  sudo-in-run:\n    severity: |\n")[0], "off");
  assert.ok(labels("configuration", "ignore:\n  - path: a\n    rule: |\n").includes("sudo-in-run"));
  assert.ok(labels("configuration", "ignore:\n- rule: su|\n").includes("sudo-in-run"));
  assert.deepEqual(labels("configuration", "exclude:\n  - |\n"), []);
});

test("every suggestion replaces the word around the cursor on one line, whatever is cut off", () => {
  const texts: readonly (readonly [AnalysisInput["kind"], string])[] = [
    [
      "dockerfile",
      "FROM node:22 AS build\r\n# plimsoll-ignore a, b: c\r\nRUN --mount=type=secret,id=x y\r\nFROM build\r\nUSER node\r\n",
    ],
    [
      "compose",
      "services:\r\n  web:\r\n    image: 'nginx:1'\r\n    cap_add: [A, B]\r\n    cap_drop:\r\n    - ALL # plimsoll-ignore x\r\n",
    ],
    ["configuration", "rules:\r\n  a: off\r\nignore:\r\n  - rule: x\r\n    path: y\r\n"],
  ];
  for (const [kind, text] of texts) {
    for (let offset = 0; offset <= text.length; offset++) {
      for (const { span } of at(kind, `${text.slice(0, offset)}|${text.slice(offset)}`)) {
        assert.ok(span.start <= offset && offset <= span.end);
        assert.doesNotMatch(text.slice(span.start, span.end), /[\r\n]/);
      }
    }
  }
});
