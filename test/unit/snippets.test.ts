import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { DockerfileParser } from "dockerfile-ast";
import { analyse } from "../../server/src/engine/analyse";
import { defaultConfig } from "../../server/src/engine/config";
import { unknownFacts } from "../../server/src/engine/facts";
import { rules } from "../../server/src/rules/index";

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

const root = join(__dirname, "../..");
const knowledgeDay = "2026-09-01";

function snippetsOf(file: string): readonly (readonly [title: string, snippet: Snippet])[] {
  return Object.entries(
    JSON.parse(readFileSync(join(root, "snippets", file), "utf8")) as Record<string, Snippet>,
  );
}

/** What an editor inserts when every place keeps its default. Refuses what these snippets are not to hold. */
function expanded({ body }: Snippet): string {
  const defaults = new Map<string, string>();
  const text = body
    .join("\n")
    .replace(/\\\$|\$\{(\d+):([^${}\\]*)\}|\$0|\$/g, (whole, number?: string, value?: string) => {
      if (whole === "\\$") return "$";
      if (whole === "$0") return "";
      assert.ok(number !== undefined && value !== undefined, `a bare $ in ${body[0]}`);
      assert.equal(defaults.get(number) ?? value, value, `place ${number} has two defaults`);
      defaults.set(number, value);
      return value;
    });
  assert.deepEqual(
    [...defaults.keys()].map(Number).sort((a, b) => a - b),
    [...defaults].map((_, index) => index + 1),
  );
  return text;
}

/**
 * What a snippet cannot do for its reader: it would go stale. docs/snippets.md says how to do it.
 *
 * Digests are of a day; and distroless images have no versions, so that nothing but a digest says which one it is.
 */
const accepted: readonly { readonly rule: string; readonly at?: RegExp }[] = [
  { rule: "base-image-not-pinned-by-digest" },
  { rule: "compose-image-not-digest" },
  { rule: "base-image-mutable-tag", at: /^gcr\.io\/distroless\/[a-z]+-debian13:nonroot$/ },
];

function findingsOf(kind: "dockerfile" | "compose", text: string): readonly string[] {
  const config = { ...defaultConfig, profile: "strict" as const };
  const analysis = analyse({ kind, text, rules, facts: unknownFacts(knowledgeDay), config });
  assert.deepEqual(analysis.document.problems, []);
  assert.deepEqual(analysis.failures, []);
  return analysis.findings.flatMap(({ rule, span, message }) => {
    const found = text.slice(span.start, span.end);
    const isAccepted = accepted.some((one) => one.rule === rule && one.at?.test(found) !== false);
    return isAccepted ? [] : [`${rule}: ${message}`];
  });
}

test("every Dockerfile snippet has nothing that strict finds, and reads the same for another parser", () => {
  const snippets = snippetsOf("dockerfile.json");
  assert.equal(snippets.length, 12);
  for (const [title, snippet] of snippets) {
    const text = expanded(snippet);
    assert.deepEqual(findingsOf("dockerfile", text), [], title);
    const { document } = analyse({
      kind: "dockerfile",
      text,
      rules: [],
      facts: unknownFacts(knowledgeDay),
      config: defaultConfig,
    });
    assert.ok(document.language === "dockerfile");
    assert.deepEqual(
      document.instructions.map(({ keyword }) => keyword),
      DockerfileParser.parse(text)
        .getInstructions()
        .map((instruction) => instruction.getKeyword()),
    );
    assert.match(text, /^# syntax=docker\/dockerfile:1\n/);
  }
});

test("every Compose snippet has nothing that strict finds", () => {
  const [[, services], [, service]] = snippetsOf("compose.json") as [[string, Snippet], [string, Snippet]];
  assert.deepEqual(findingsOf("compose", expanded(services)), []);
  const below = expanded(service).replace(/^(?=.)/gm, "  ");
  assert.deepEqual(findingsOf("compose", `services:\n${below}`), []);
});

test("a snippet is found by a name of its own, and the manifest names its file", () => {
  const all = [...snippetsOf("dockerfile.json"), ...snippetsOf("compose.json")];
  const prefixes = all.map(([, { prefix }]) => prefix);
  assert.equal(new Set(prefixes).size, prefixes.length);
  for (const [, { prefix, description }] of all) {
    assert.match(prefix, /^plimsoll-[a-z-]+$/);
    assert.ok(description.endsWith("(Plimsoll)"));
  }
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  assert.deepEqual(manifest.contributes.snippets, [
    { language: "dockerfile", path: "./snippets/dockerfile.json" },
    { language: "dockercompose", path: "./snippets/compose.json" },
  ]);
});
