import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { Ajv } from "ajv";
import { auditFolders } from "../../../server/src/audit/audit";
import type { AuditResult } from "../../../server/src/audit/result";
import { defaultConfig } from "../../../server/src/engine/config";
import { nodeClock, nodeFiles } from "../../../server/src/platform/node";
import { renderSarif } from "../../../server/src/report/sarif";
import { rules } from "../../../server/src/rules/index";
import { corpusFiles, corpusMissing, samplePaths } from "../../support/corpus";
import { auditedFile, fileWithMessage, hostilePath, resultWith, sample, troubled } from "./sample";

const root = join(__dirname, "../../..");

interface Result {
  readonly ruleId: string;
  readonly message: { readonly text: string };
  readonly fixes: readonly object[];
  readonly suppressions?: readonly object[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

interface Rule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly properties: { readonly tags: readonly string[] };
}

interface Run {
  readonly results: readonly Result[];
  readonly tool: { readonly driver: { readonly rules: readonly Rule[] } };
}

const validate = compiledSchema();

/**
 * The schema is of draft 4. What it uses of it means the same to a newer reader, but for `id`; and one of its patterns
 * is wrong in Unicode mode.
 */
function compiledSchema() {
  const text = readFileSync(join(__dirname, "schema/sarif-2.1.0-rtm.5.json"), "utf8");
  const { $schema, id, ...schema } = JSON.parse(text) as Readonly<Record<string, unknown>>;
  assert.match(`${String($schema)} ${String(id)}`, /draft-04.*sarif-2\.1\.0/);
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  ajv.addFormat("uri", (value) => URL.canParse(value));
  ajv.addFormat("uri-reference", /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/);
  ajv.addFormat("date-time", (value) => !Number.isNaN(Date.parse(value)));
  return ajv.compile(schema);
}

function validRun(result: AuditResult): Run {
  const log = JSON.parse(renderSarif(result, rules)) as { readonly runs: readonly [Run] };
  validate(log);
  assert.deepEqual(validate.errors?.slice(0, 5) ?? [], []);
  return log.runs[0];
}

test("the schema refuses what is wrong", () => {
  const log = JSON.parse(renderSarif(sample, rules)) as Record<string, unknown>;
  assert.equal(validate(log), true);
  assert.equal(validate({ ...log, version: "2.0.0" }), false);
  assert.equal(validate({ ...log, more: 1 }), false);
  const text = JSON.stringify(log);
  assert.equal(validate(JSON.parse(text.replace('"startLine":', '"startLine":-'))), false);
  assert.equal(validate(JSON.parse(text.replace('"uri":"', '"uri":"a b'))), false);
});

test("the audit of examples/ is valid", async () => {
  const result = await auditFolders({
    folders: [join(root, "examples")],
    files: nodeFiles,
    base: root,
    rules,
    version: "1.2.3",
    clock: nodeClock,
  });
  const run = validRun(result);
  assert.ok(run.results.length > 20);
  assert.ok(run.results.some(({ fixes }) => fixes.length > 0));
});

test("silenced findings, failures, gaps and hostile paths are valid", () => {
  const run = validRun(troubled);
  assert.equal(run.results.filter(({ suppressions }) => suppressions?.length === 1).length, 1);
  validRun(resultWith([]));
  validRun(resultWith([fileWithMessage(hostilePath, "a\u0000\ud800")]));
  validRun(resultWith([fileWithMessage("C:/a b/%/[x]/Dockerfile", "m"), fileWithMessage("/a#?/ü", "m")]));
});

test("either all results say whether they are silenced, or none does (SARIF 2.1.0, 3.27.23)", () => {
  for (const result of [sample, troubled])
    assert.deepEqual(
      new Set(validRun(result).results.map(({ suppressions }) => Array.isArray(suppressions))),
      new Set([true]),
    );
});

test("every rule is within the limits of code scanning", () => {
  const { driver } = validRun(resultWith([])).tool;
  assert.equal(driver.rules.length, rules.length);
  for (const { id, shortDescription, fullDescription, properties } of driver.rules) {
    assert.ok(id.length <= 255, id);
    assert.ok(shortDescription.text.length <= 1_024, id);
    assert.ok(fullDescription.text.length <= 1_024, id);
    assert.ok(properties.tags.length <= 10, `${id} has ${properties.tags.length} tags`);
  }
});

test("the audit of real files is valid, and names no finding of a file twice", (t) => {
  if (corpusMissing !== undefined) return t.skip(corpusMissing);
  const wanted = samplePaths();
  const config = { ...defaultConfig, profile: "all" } as const;
  const files = (["dockerfile", "compose"] as const).flatMap((kind) =>
    corpusFiles(kind)
      .filter(({ path }) => wanted.has(path))
      .filter((_file, index) => index % 5 === 0)
      .map(({ path, text }) => auditedFile(path, text, kind, config)),
  );
  assert.ok(files.length > 50);
  const run = validRun(resultWith(files));
  assert.ok(run.results.length > 500);
  for (const file of files) {
    const all = [...file.findings, ...file.suppressed.map(({ finding }) => finding)];
    assert.equal(new Set(all.map(({ fingerprint }) => fingerprint)).size, all.length, file.path);
  }
});
