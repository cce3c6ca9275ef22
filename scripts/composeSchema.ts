/**
 * Builds the table by which Compose files are validated from the schema of the Compose Specification. Run by hand when
 * there is a newer one; the result is committed.
 *
 *   tsx scripts/composeSchema.ts COMPOSE_SPEC_JSON VERSION AS_OF && npm run format
 *
 * VERSION is that of compose-go, which has the schema that Docker Compose reads with, AS_OF its day (YYYY-MM-DD).
 * What describes a value and does not decide about it is left out.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

type Schema = { readonly [key: string]: unknown };

/** Keywords that say what a value must be, in the order in which they are written. */
const kept = [
  "$ref",
  "type",
  "enum",
  "pattern",
  "minimum",
  "maximum",
  "properties",
  "patternProperties",
  "additionalProperties",
  "required",
  "items",
  "oneOf",
  "allOf",
];

const [file, version, asOf] = process.argv.slice(2);
if (file === undefined || version === undefined || asOf === undefined)
  throw new Error("usage: tsx scripts/composeSchema.ts COMPOSE_SPEC_JSON VERSION AS_OF");
const whole = JSON.parse(readFileSync(file, "utf8")) as Schema & { readonly $defs: Record<string, Schema> };

const table = {
  $comment: `The schema of the Compose Specification (https://github.com/compose-spec/compose-spec) as of compose-go ${version}, ${asOf}. Apache License 2.0, The Compose Specification Authors. Changed: descriptions left out.`,
  ...slim(whole),
  $defs: Object.fromEntries(Object.entries(whole.$defs).map(([name, schema]) => [name, slim(schema)])),
};
const target = path.join(import.meta.dirname, "../server/src/knowledge/composeSchema.json");
writeFileSync(target, `${JSON.stringify(table)}\n`);

function slim(schema: Schema): Schema {
  const closed = schema.unevaluatedProperties === false ? { ...schema, additionalProperties: false } : schema;
  return Object.fromEntries(
    kept.flatMap((key) => (key in closed ? [[key, slimValue(key, closed[key as keyof typeof closed])]] : [])),
  );
}

function slimValue(key: string, value: unknown): unknown {
  if (key === "properties" || key === "patternProperties")
    return Object.fromEntries(
      Object.entries(value as Schema).map(([name, one]) => [name, slim(one as Schema)]),
    );
  if (key === "oneOf" || key === "allOf") return (value as readonly Schema[]).map(slim);
  return key === "items" ? slim(value as Schema) : value;
}
