import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { inner } from "../../../scripts/l10n/exceptions";
import { numbered, serverTexts } from "../../../scripts/l10n/languages";
import { exampleFacts } from "../../../server/src/docs/exampleFixes";
import { type Analysis, analyse } from "../../../server/src/engine/analyse";
import { defaultConfig } from "../../../server/src/engine/config";
import { createSay } from "../../../server/src/lsp/say";
import { rules } from "../../../server/src/rules/index";
import { parseMarks } from "../../../server/src/text/marks";
import { exampleDay, inputFor } from "../../support/check";

const root = join(__dirname, "../../..");

/** A language of one letter: whatever is left of the Latin ones was not translated. */
const english = serverTexts(root);
const say = createSay({
  english,
  translated: english.map((text) =>
    text.replace(/\{\d\}|[A-Za-z]/g, (part) => (part.length > 1 ? part : "ж")),
  ),
  inner: inner.length,
});

/** Values that are neither names written with a sign or a capital nor in the source that was checked. */
const values = new Set(
  (
    "alpine apk app base build cache cap_drop clean copy cpus debian debug dnf docker environment final gem gemdir " +
    "eclipse-temurin env hadolint id java kernel live-restore default-ulimits icc userland-proxy microdnf nginx node " +
    "no-new-privileges openjdk pids_limit mem_limit postgres rf rhel redis rlogin rm root rvm sudo tcp udp ubuntu uid " +
    "volumes yarn yum zypper read_only profile invalid-configuration nice tdnf rpm cleanup all lists lib var apt " +
    "network nonroot npmrc aws pull_policy off info low medium high critical on upgrade downgrade recommended strict cis cmd host user group expose " +
    "true false"
  ).split(" "),
);

function shownBy(analysis: Analysis): readonly string[] {
  return [
    ...analysis.findings.flatMap(({ message, fixes, related }) => [
      message,
      ...fixes.map(({ title }) => title),
      ...related.map((place) => place.message),
    ]),
    ...analysis.notChecked.map(({ reason }) => reason),
  ];
}

/** English words that a text still has in the language of one letter, without what comes from the source. */
function leftOf(text: string, source: string): readonly string[] {
  const words = (say(text).match(/[A-Za-z][\w'$.:/+-]+/g) ?? []).map((word) => word.replace(/[.:,]$/, ""));
  return words.filter(
    (word) => !source.includes(word) && !values.has(word) && !/[A-Z\d_/=+]|\w[.:-]\w/.test(word),
  );
}

test("every text of every example is known, with the right values", () => {
  const unknown: string[] = [];
  let count = 0;
  for (const rule of rules) {
    for (const example of [...rule.bad, ...rule.good]) {
      const { text } = parseMarks(example.source);
      const source = text + JSON.stringify(example.context ?? {});
      for (const shown of shownBy(analyse(inputFor(rule, text, example.context)))) {
        count++;
        const left = leftOf(shown, source);
        if (left.length > 0) unknown.push(`${rule.id}: ${shown} (${left.join(" ")})`);
      }
    }
  }
  assert.ok(count > 2_000);
  assert.deepEqual(unknown, []);
});

test("every message and title that a rule can make is known", () => {
  const texts = new Set(english);
  assert.deepEqual(
    rules.filter(({ title }) => !texts.has(title)).map(({ id }) => id),
    [],
  );
  const missing = rules.flatMap(({ id, messages }) =>
    Object.entries(messages).flatMap(([name, format]) => {
      if (format.length > 0) return [];
      const message = (format as () => string)();
      return texts.has(message) ? [] : [`${id}.${name}`];
    }),
  );
  assert.deepEqual(missing, []);
});

test("texts that only stand inside of others come last", () => {
  assert.deepEqual(english.slice(-inner.length), inner.map(numbered));
});

/** Of so many real files one is checked: all of them take minutes. */
const sampled = 20;

for (const kind of ["dockerfile", "compose"] as const) {
  test(`every text that real files lead to is known: ${kind}`, (t) => {
    const folder = join(root, "../shared/corpus", kind);
    if (!existsSync(folder)) return t.skip("../shared is missing: no real files to check");
    const names = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .filter((_, index) => index % sampled === 0);
    assert.ok(names.length > 10);
    const facts = exampleFacts({}, exampleDay);
    const config = { ...defaultConfig, profile: "all" as const };
    const unknown = new Set<string>();
    for (const name of names) {
      const text = readFileSync(name, "utf8");
      for (const shown of shownBy(analyse({ kind, text, rules, facts, config })))
        for (const word of leftOf(shown, text)) unknown.add(`${shown} (${word})`);
    }
    assert.deepEqual([...unknown], []);
  });
}
