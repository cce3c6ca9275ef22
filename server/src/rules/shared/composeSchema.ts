import {
  isNull,
  resolveAlias,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
} from "../../documents/yaml/tree";
import table from "../../knowledge/composeSchema.json";
import { maxMisfits } from "../../ruleLimits";
import type { Span } from "../../text/span";

/** What the schema of the Compose Specification says of a value: the keywords of JSON Schema that it uses. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

/** Where a file does not fit the schema. */
export interface Misfit {
  readonly at: Span;
  /** What does not fit; the map where it is about one of its keys. */
  readonly node: YamlNode;
  /** The key whose value it is about, or that the item stands under. */
  readonly name: string;
  readonly problem:
    | { readonly kind: "type"; readonly wanted: readonly string[] }
    | { readonly kind: "value"; readonly allowed: readonly string[] }
    | { readonly kind: "pattern" }
    | { readonly kind: "range"; readonly minimum: number | undefined; readonly maximum: number | undefined }
    | { readonly kind: "unknown"; readonly key: string; readonly known: readonly string[] }
    | { readonly kind: "name"; readonly key: string }
    | { readonly kind: "missing"; readonly key: string };
}

/**
 * The places of a file that do not fit the schema, in no order. What stands in variables is not judged, nor what
 * `!reset` takes away.
 * @param isWhole whether the file is read by itself, so that a key that is missing is not in another one
 * @param claimed nodes of which others speak
 */
export function misfitsOf(
  root: YamlNode,
  isWhole: boolean,
  claimed: ReadonlySet<YamlNode> = new Set(),
): readonly Misfit[] {
  const seen = new Map<YamlNode, Set<Schema>>();

  /** What is shared is judged once, so that the work is bounded by the text's length: only an anchor makes that so. */
  const isNew = (schema: Schema, node: YamlNode): boolean => {
    if (node.anchor === undefined) return true;
    const judged = seen.get(node) ?? new Set();
    seen.set(node, judged);
    return !judged.has(schema) && judged.add(schema).size > 0;
  };

  const judge = (schema: Schema, written: YamlNode, name: string): readonly Misfit[] => {
    const node = resolveAlias(written);
    if (node.tag?.startsWith("!") === true || !isNew(schema, node)) return [];
    const resolved = resolve(schema);
    if (resolved.oneOf !== undefined) return judgeOne(resolved.oneOf, node, name);
    if (!typesOf(resolved).some((type) => isOfType(node, type)))
      return [{ at: node.span, node, name, problem: { kind: "type", wanted: typesOf(resolved) } }];
    if (node.kind === "map") return judgeMap(resolved, node, name);
    if (node.kind === "sequence")
      return resolved.items === undefined
        ? []
        : gather(node.items, claimed, (item) => judge(resolved.items ?? {}, item, name));
    return node.kind === "scalar" ? judgeScalar(resolved, node, name) : [];
  };

  const judgeOne = (choices: readonly Schema[], node: YamlNode, name: string): readonly Misfit[] => {
    const possible = choices.filter((choice) => typesOf(choice).some((type) => isOfType(node, type)));
    if (possible.length === 0) {
      const wanted = [...new Set(choices.flatMap((choice) => typesOf(choice)))];
      return [{ at: node.span, node, name, problem: { kind: "type", wanted } }];
    }
    let best: readonly Misfit[] | undefined;
    for (const choice of possible) {
      const found = judge(choice, node, name);
      if (best === undefined || found.length < best.length) best = found;
    }
    return best ?? [];
  };

  const judgeMap = (schema: Schema, map: YamlMap, name: string): readonly Misfit[] => {
    const keys = new Set(map.pairs.flatMap(({ key }) => (key.kind === "scalar" ? [key.value] : [])));
    const wanted = !isWhole || keys.has("<<") ? [] : (schema.required ?? []);
    const missing = wanted.filter((key) => !keys.has(key));
    return [
      ...judgePairs(schema, map, name),
      ...missing.map(
        (key): Misfit => ({ at: firstLineOf(map), node: map, name, problem: { kind: "missing", key } }),
      ),
    ];
  };

  const judgePairs = (schema: Schema, map: YamlMap, name: string): readonly Misfit[] =>
    gather(map.pairs, claimed, ({ key, value }): readonly Misfit[] => {
      if (key.kind !== "scalar") return [];
      if (key.value === "<<")
        return gather(mergedMaps(value), claimed, (merged) =>
          isNew(schema, merged) ? judgePairs(schema, merged, name) : [],
        );
      const found = propertyOf(schema, key.value);
      if (found !== undefined) return judge(found, value, key.value);
      if (!isClosed(schema)) return [];
      const known = namesOf(schema);
      if (known.length === 0)
        return [{ at: key.span, node: key, name, problem: { kind: "name", key: key.value } }];
      return [{ at: key.span, node: map, name, problem: { kind: "unknown", key: key.value, known } }];
    });

  return judge(table as Schema, root, "")
    .filter(({ node }) => !claimed.has(node))
    .slice(0, maxMisfits);
}

/** As many of all parts' misfits as are shown. */
function gather<T>(
  parts: readonly T[],
  claimed: ReadonlySet<YamlNode>,
  judge: (part: T) => readonly Misfit[],
): Misfit[] {
  const found: Misfit[] = [];
  for (const part of parts) {
    for (const misfit of judge(part))
      if (found.length < maxMisfits && !claimed.has(misfit.node)) found.push(misfit);
    if (found.length >= maxMisfits) break;
  }
  return found;
}

function judgeScalar(schema: Schema, node: YamlScalar, name: string): readonly Misfit[] {
  if (node.value.includes("$")) return [];
  const misfit = (problem: Misfit["problem"]): readonly Misfit[] => [{ at: node.span, node, name, problem }];
  const { enum: allowed, pattern, minimum, maximum } = schema;
  if (allowed !== undefined && !allowed.includes(node.value)) return misfit({ kind: "value", allowed });
  if (pattern !== undefined && !patternOf(pattern).test(node.value)) return misfit({ kind: "pattern" });
  const wanted = kindOfText(schema, name);
  if (wanted !== undefined && !readsAs[wanted].test(node.value))
    return misfit({ kind: "type", wanted: [wanted] });
  const number = Number(node.value);
  const isOut = number < (minimum ?? number) || number > (maximum ?? number);
  return isOut ? misfit({ kind: "range", minimum, maximum }) : [];
}

/** Values that Compose reads as numbers where they are texts (`interpolateTypeCastMapping` of compose-go). */
const numbers: ReadonlySet<string> = new Set(
  "cpu_count cpu_percent cpu_quota cpu_shares cpus hard max_attempts max_failure_ratio max_replicas_per_node oom_score_adj parallelism pids_limit replicas retries scale soft target".split(
    " ",
  ),
);

/** As {@link numbers}, for switches. */
const switches: ReadonlySet<string> = new Set(
  "attachable disable enable_ipv4 enable_ipv6 external init internal nocopy oom_kill_disable privileged read_only required restart stdin_open tty use_service_name_alias".split(
    " ",
  ),
);

const readsAs = {
  number: /^[+-]?(?:\d[\d_]*(?:\.\d*)?|\.\d+|0[xob][\da-f_]+)(?:e[+-]?\d+)?$/i,
  boolean: /^(?:true|false|y|n|yes|no|on|off)$/i,
};

/** What a text has to be, too, where the schema takes it beside what it stands for. */
function kindOfText(schema: Schema, name: string): keyof typeof readsAs | undefined {
  const types = typesOf(schema);
  if (!types.includes("string")) return undefined;
  if (types.includes("boolean") && switches.has(name)) return "boolean";
  const isNumber = types.includes("number") || types.includes("integer");
  return isNumber && numbers.has(name) ? "number" : undefined;
}

/** The maps of a merge key: one, or those of a list. */
function mergedMaps(value: YamlNode): readonly YamlMap[] {
  const node = resolveAlias(value);
  const sources = node.kind === "sequence" ? node.items.map(resolveAlias) : [node];
  return sources.filter((source): source is YamlMap => source.kind === "map");
}

function resolve(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const definitions: Readonly<Record<string, Schema>> = table.$defs as Readonly<Record<string, Schema>>;
  return resolve(definitions[schema.$ref.replace("#/$defs/", "")] ?? {});
}

function propertyOf(schema: Schema, key: string): Schema | undefined {
  const { properties, patternProperties, allOf = [] } = resolve(schema);
  if (properties !== undefined && Object.hasOwn(properties, key)) return properties[key];
  for (const [pattern, value] of Object.entries(patternProperties ?? {}))
    if (patternOf(pattern).test(key)) return value;
  for (const part of allOf) {
    const found = propertyOf(part, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

const patterns = new Map<string, RegExp>();

function patternOf(source: string): RegExp {
  const pattern = patterns.get(source) ?? new RegExp(source);
  patterns.set(source, pattern);
  return pattern;
}

function namesOf(schema: Schema): readonly string[] {
  const { properties = {}, allOf = [] } = resolve(schema);
  return [...Object.keys(properties), ...allOf.flatMap(namesOf)];
}

function isClosed(schema: Schema): boolean {
  return schema.additionalProperties === false;
}

/** Those of the parts where the schema is put together; all for a schema that says nothing. */
function typesOf(schema: Schema): readonly string[] {
  const { type, allOf } = resolve(schema);
  if (type === undefined) return allOf?.[0] === undefined ? anything : typesOf(allOf[0]);
  return typeof type === "string" ? [type] : type;
}

const anything = ["object", "array", "string", "number", "boolean", "null"];

/**
 * Whether a value is of a type of JSON. A text that reads as a number or as true and false is one as well: Compose
 * converts what stands in quotes where it wants another type. One with a variable may be anything.
 */
function isOfType(node: YamlNode, type: string): boolean {
  if (type === "object") return node.kind === "map";
  if (type === "array") return node.kind === "sequence";
  if (node.kind !== "scalar") return false;
  if (node.value.includes("$")) return type !== "null";
  if (type === "null") return isNull(node);
  if (isNull(node)) return false;
  const isText = node.style !== "plain" || node.tag === "!!str";
  if (type === "boolean") return /^(?:true|false)$/i.test(node.value);
  if (type === "integer") return integer.test(node.value);
  if (type === "number") return integer.test(node.value) || float.test(node.value);
  return (
    isText || !(integer.test(node.value) || float.test(node.value) || /^(?:true|false)$/i.test(node.value))
  );
}

/** Of the core schema (https://yaml.org/spec/1.2.2/#1032-tag-resolution). */
const integer = /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/;
const float = /^[-+]?(?:\.inf|\.nan|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)$/i;

/** Where a map begins: all of it would underline half a file. */
function firstLineOf(map: YamlMap): Span {
  return map.pairs[0]?.key.span ?? map.span;
}
