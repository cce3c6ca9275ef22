import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import Ajv from "ajv";
import { load } from "js-yaml";
import { parseConfiguration } from "../../server/src/engine/configuration";
import { rules } from "../../server/src/rules/index";

const root = join(__dirname, "../..");
const page = readFileSync(join(root, "docs/configuration.md"), "utf8");
const readme = readFileSync(join(root, "README.md"), "utf8");
const schema = JSON.parse(readFileSync(join(root, "schemas/plimsoll.schema.json"), "utf8")) as {
  readonly properties: Readonly<Record<string, unknown>>;
};
const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);

const examples = [...`${page}${readme}`.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map((match) => match[1]!);

/** As a tool of YAML 1.2 reads it; dates stay texts, as the schema wants them. */
function valuesOf(text: string): unknown {
  return JSON.parse(JSON.stringify(load(text.replace(/until: (\d{4}-\d{2}-\d{2})/g, 'until: "$1"'))));
}

test("every example of the page means something, and the schema agrees", () => {
  assert.ok(examples.length >= 10);
  for (const example of examples) {
    assert.deepEqual(parseConfiguration(example, rules).issues, [], example);
    assert.ok(validate(valuesOf(example)), `${example}${JSON.stringify(validate.errors)}`);
  }
});

test("every key has a section with an example", () => {
  for (const key of Object.keys(schema.properties)) {
    const section = page.split(/^## /m).find((part) => part.startsWith(`${key}\n`));
    assert.ok(section?.includes(`\`\`\`yaml\n`) && new RegExp(`^${key}:`, "m").test(section), key);
  }
});

const wrong: readonly string[] = [
  "profil: strict",
  "overrides: [{ profile: strict }]",
  "ignore: [{ path: x }]",
  "images: { require: { maxAgeDays: 90 } }",
  "images: { require: { digest: maybe } }",
  "images: { require: { maxAge: soon } }",
  "images: { require: { signature: true } }",
  "images: { require: { signature: [{ images: x }] } }",
  "images: { require: { signature: { identities: [{ identity: x }] } } }",
  "images: { require: { vulnerabilities: { high: many } } }",
  "images: { denied: [{ reason: x }] }",
  "failOn: severe",
];

test("what the parser refuses, the schema refuses", () => {
  for (const text of wrong) {
    assert.notDeepEqual(parseConfiguration(text, rules).issues, [], text);
    assert.equal(validate(valuesOf(text)), false, text);
  }
});

test("an issue stands at its exact place, with the nearest word", () => {
  const cases: readonly (readonly [string, string, string | undefined])[] = [
    ["extend: strict\n", "extend", "extends"],
    ["extends: base.yaml\n", "base.yaml", "./base.yaml"],
    ["extends: [Strict]\n", "Strict", "strict"],
    ["extends: /etc/passwd\n", "/etc/passwd", undefined],
    ["images:\n  aproved: []\n", "aproved", "approved"],
    ["images:\n  require:\n    signed: true\n", "signed", "signature"],
    ["images:\n  require:\n    maxAge: soon\n", "soon", undefined],
    ["images:\n  require:\n    maxAge: { days: 9, severity: hi }\n", "hi", undefined],
    ["images:\n  require:\n    vulnerabilities: { critcal: 0 }\n", "critcal", "critical"],
    ["images:\n  require:\n    vulnerabilities: { high: many }\n", "many", undefined],
    ["images:\n  require:\n    signature: true\n", "true", undefined],
    ["images:\n  require:\n    signature: [{ images: x }]\n", "{ images: x }", undefined],
    ["images:\n  require:\n    signature: [{ key: x, keys: y }]\n", "key", "keys"],
    ["images:\n  require:\n    signature: { identities: [{ identity: x }] }\n", "{ identity: x }", undefined],
    [
      'images:\n  require:\n    signature: { keys: "-----BEGIN CERTIFICATE-----" }\n',
      '"-----BEGIN CERTIFICATE-----"',
      undefined,
    ],
    ["images:\n  require:\n    digest: hig\n", "hig", "high"],
    ["ignore:\n  - image: x\n    tiket: y\n", "tiket", "ticket"],
    ["overrides:\n  - files: x\n    rules: { sudo-in-rnu: off }\n", "sudo-in-rnu", "sudo-in-run"],
    ["failOn: hgh\n", "hgh", "high"],
  ];
  for (const [text, place, near] of cases) {
    const [issue, ...more] = parseConfiguration(text, rules).issues;
    assert.deepEqual(more, [], text);
    assert.equal(text.slice(issue?.span.start, issue?.span.end), place, text);
    assert.equal(issue?.near, near, text);
  }
});
