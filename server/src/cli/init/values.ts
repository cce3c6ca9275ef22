import { parseYaml } from "../../documents/yaml/parse";
import { entriesOf, isNull, itemsOf, type YamlNode } from "../../documents/yaml/tree";
import { plainValue } from "../../engine/configurationReader";

/** The keys and values of a YAML or JSON text; none where it holds something else. */
export function yamlValues(text: string): Readonly<Record<string, unknown>> {
  return recordOf(plainOf(parseYaml(text).documents[0]?.root));
}

function plainOf(node: YamlNode | undefined): unknown {
  if (node === undefined || isNull(node)) return undefined;
  if (node.kind === "sequence") return itemsOf(node).map(plainOf);
  if (node.kind !== "map") return plainValue(node);
  const values: Record<string, unknown> = Object.create(null);
  for (const { key, value } of entriesOf(node)) values[key] = plainOf(value);
  return values;
}

/** A value that has keys; else one without any. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : Object.create(null);
}

/** The texts of a list, or of one text with commas. */
export function textsOf(value: unknown): readonly string[] {
  const items = Array.isArray(value) ? value : typeof value === "string" ? value.split(",") : [];
  return items.flatMap((item) => (typeof item === "string" && item.trim() !== "" ? [item.trim()] : []));
}

/** A day as configurations have it, be it with a time. */
export function dayOf(value: unknown): string | undefined {
  const text = value instanceof Date ? value.toISOString() : typeof value === "string" ? value : "";
  return /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0];
}
