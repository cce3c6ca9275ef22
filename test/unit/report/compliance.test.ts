import assert from "node:assert/strict";
import test from "node:test";
import MarkdownIt from "markdown-it";
import type { AuditedFile, AuditResult } from "../../../server/src/audit/result";
import { type Config, defaultConfig } from "../../../server/src/engine/config";
import { cis16 } from "../../../server/src/report/compliance/cis";
import { evaluate, type ItemResult } from "../../../server/src/report/compliance/evaluate";
import { decides, rulesOf } from "../../../server/src/report/compliance/framework";
import { frameworks } from "../../../server/src/report/compliance/frameworks";
import { renderComplianceHtml } from "../../../server/src/report/compliance/html";
import { renderComplianceJson } from "../../../server/src/report/compliance/json";
import { renderComplianceMarkdown } from "../../../server/src/report/compliance/markdown";
import { rules } from "../../../server/src/rules/index";
import { auditedFile, hostilePath, resultWith } from "./sample";

const everything: Config = { ...defaultConfig, profile: "all" };

const dockerfile = (text: string, config = everything, path = "Dockerfile"): AuditedFile =>
  auditedFile(path, text, "dockerfile", config);
const compose = (text: string, config = everything): AuditedFile =>
  auditedFile("compose.yaml", text, "compose", config);

function item(id: string, files: readonly AuditedFile[], more: Partial<AuditResult> = {}): ItemResult {
  const found = evaluate(cis16, resultWith(files, more), rules).items.find((one) => one.item.id === id);
  assert.ok(found, id);
  return found;
}

const stateOf = (...args: Parameters<typeof item>): string => item(...args).state;

test("ids are unique, what can be shown has a rule that decides, what cannot has none", () => {
  for (const { id, items } of frameworks) {
    assert.equal(new Set(items.map((one) => one.id)).size, items.length, id);
    for (const one of items) {
      const known = rulesOf(one, rules);
      for (const name of one.rules)
        assert.ok(
          rules.some((rule) => rule.id === name || rule.aliases.includes(name)),
          `${id} ${one.id} names ${name}`,
        );
      if (one.coverage === "file") assert.ok(known.some(decides), `${id} ${one.id}`);
      if (one.coverage === "none") assert.deepEqual(one.rules, [], `${id} ${one.id}`);
    }
  }
});

test("every alias of a rule for a framework names an item that exists", () => {
  const named = new Set(frameworks.flatMap(({ items }) => items.flatMap((one) => one.rules)));
  const wrong = rules.flatMap(({ id, aliases }) =>
    aliases
      // Of the benchmark, the reports hold the sections about daemons, images and containers: Swarm is section 7.
      .filter((alias) => /^(?:cis:[245]\.|owasp:)/.test(alias) && !named.has(alias))
      .map((alias) => `${id} ${alias}`),
  );
  assert.deepEqual(wrong, []);
});

const good = dockerfile('FROM registry.example.com/app:1\nUSER 1000\nHEALTHCHECK CMD ["a"]\nCMD ["a"]\n');

test("an item is passed where all its rules ran and found nothing", () => {
  assert.equal(stateOf("4.6", [good]), "pass");
  assert.equal(stateOf("4.6", [good, dockerfile('FROM app:1\nUSER 1\nCMD ["a"]\n')]), "fail");
});

test("a finding is evidence, with its file", () => {
  const result = item("4.1", [dockerfile('FROM app:1\nUSER root\nCMD ["a"]\n')]);
  assert.equal(result.state, "fail");
  assert.deepEqual(
    result.findings.map(({ file, finding }) => [file.path, finding.rule]),
    [["Dockerfile", "final-stage-user-root"]],
  );
});

test("a rule that asks for more than the item makes a note, not a breach", () => {
  const result = item("4.1", [dockerfile('FROM app:1\nUSER app\nCMD ["a"]\n')]);
  assert.equal(result.state, "pass");
  assert.deepEqual(
    result.notes.map(({ finding }) => finding.rule),
    ["user-not-numeric"],
  );
});

test("what is silenced is accepted, not passed", () => {
  const text =
    'FROM app:1\n# plimsoll-ignore final-stage-user-root: it binds port 80\nUSER root\nCMD ["a"]\n';
  const result = item("4.1", [dockerfile(text)]);
  assert.equal(result.state, "accepted");
  assert.equal(result.accepted.length, 1);
});

test("what files cannot show is never passed", () => {
  for (const id of ["1", "2.1", "4.4", "7.1"]) assert.equal(stateOf(id, [good]), "cannotTell", id);
});

test("an item without its kind of file is not applicable, but the daemon's are not checked", () => {
  assert.equal(stateOf("5.13", [good]), "notApplicable");
  assert.equal(stateOf("4.6", [compose("services:\n  a: { image: x:1 }\n")]), "notApplicable");
  for (const id of ["2.2", "2.7"])
    assert.equal(stateOf(id, [good, compose("services: {}\n")]), "notChecked", id);
});

test("nothing is passed that was not checked", () => {
  const bad = {
    ...dockerfile("", everything, "other/Dockerfile"),
    status: "failed",
    reason: "not UTF-8",
  } as const;
  const off: Config = { ...everything, rules: [{ pattern: "healthcheck-none", level: "off", options: {} }] };
  const gaps: readonly (readonly [string, readonly AuditedFile[], Partial<AuditResult>, RegExp])[] = [
    [
      "a rule is off",
      [dockerfile("FROM app:1\nHEALTHCHECK CMD a\n", off)],
      {},
      /healthcheck-none is off for Dockerfile/,
    ],
    [
      "a rule failed",
      [good],
      { failures: [{ rule: "healthcheck-none", path: "Dockerfile", error: "e" }] },
      /healthcheck-none failed/,
    ],
    [
      "the configuration is wrong",
      [good],
      { failures: [{ path: "plimsoll.yaml", error: "e" }] },
      /plimsoll\.yaml is wrong/,
    ],
    ["a file was not read", [good, bad], {}, /other\/Dockerfile was not checked: not UTF-8/],
    [
      "a part was not read",
      [good],
      { notChecked: [{ path: "Dockerfile", reason: "RUN in cmd" }] },
      /RUN in cmd/,
    ],
    ["a folder was not read", [good], { notChecked: [{ path: "closed", reason: "denied" }] }, /denied/],
    [
      "a rule could not judge",
      [good],
      { notChecked: [{ rule: "healthcheck-none", path: "Dockerfile", reason: "unknown" }] },
      /unknown/,
    ],
    ["it was stopped", [good], { complete: false }, /stopped/],
  ];
  for (const [title, files, more, reason] of gaps) {
    const result = item("4.6", files, more);
    assert.equal(result.state, "notChecked", title);
    assert.match(result.reason, reason);
  }
});

test("a variable or another file that decides keeps an item from being passed", () => {
  const one = (body: string): readonly AuditedFile[] => [
    compose(`services:\n  a: { image: x:1, ${body} }\n`),
  ];
  assert.equal(stateOf("5.5", one("privileged: false")), "pass");
  assert.equal(stateOf("5.5", one("privileged: $P")), "notChecked");
  assert.equal(stateOf("5.10", one("network_mode: $N")), "notChecked");
  assert.equal(stateOf("5.10", [compose("services:\n  a: { restart: always }\n")]), "notChecked");
});

const hostile = resultWith([
  dockerfile('FROM app:1\nUSER root\nCMD ["a"]\n', everything, hostilePath),
  dockerfile("FROM app:1\n# plimsoll-ignore *: </td><script>alert(1)</script>\nUSER root\n"),
]);

for (const framework of frameworks) {
  const compliance = evaluate(framework, hostile, rules);

  test(`${framework.id}: every format has every item, and nothing of a file is markup`, () => {
    const html = renderComplianceHtml(compliance, "2026-11-22");
    assert.match(html, /script-src 'none'/);
    assert.equal(/<script|<img/.test(html), false);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) assert.ok(ids.includes(target), target);
    assert.equal(new Set(ids).size, ids.length);
    const read = new MarkdownIt({ html: true, linkify: false }).render(renderComplianceMarkdown(compliance));
    assert.equal(/<script|<img/.test(read), false);
    assert.equal(read.split("<tr>").length - 2, framework.items.length);
    const json = JSON.parse(renderComplianceJson(compliance)) as {
      readonly items: readonly { readonly id: string; readonly state: string }[];
    };
    assert.deepEqual(
      json.items.map(({ id, state }) => [id, state]),
      compliance.items.map(({ item: one, state }) => [one.id, state]),
    );
    for (const { item: one } of compliance.items)
      if (one.id.length > 2) assert.ok(html.includes(`>${one.id}<`), one.id);
  });
}
