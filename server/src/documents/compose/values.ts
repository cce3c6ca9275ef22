import type { Span } from "../../text/span";
import { isNull, resolveAlias, scalarOf, spanInScalar, type YamlNode } from "../yaml/tree";
import { type Environment, noEnvironment } from "./environment";
import { interpolate } from "./interpolation";
import type { CommandValue, Field, Item, NamedValue, Origin, Text } from "./model";
import type { Fields, Resolver } from "./resolve";

/** A key's field together with the one that `extends` adds to: for lists and maps, Compose joins the two. */
export interface JoinedField extends Field<YamlNode> {
  readonly inherited?: JoinedField;
}

export type JoinedFields = ReadonlyMap<string, JoinedField>;

/**
 * A scalar with its variables; `undefined` for an absent one and for other nodes.
 * @param environment left out where the value may be a secret: what a file beside the document sets is not its own
 */
export function textOf(
  node: YamlNode | undefined,
  environment: Environment = noEnvironment,
): Text | undefined {
  const scalar = scalarOf(node);
  if (scalar === undefined) return undefined;
  const { value, variables } = interpolate(scalar.value, environment);
  return { span: scalar.span, raw: scalar.value, value, variables, node: scalar };
}

export function textField(
  fields: JoinedFields | Fields,
  name: string,
  environment?: Environment,
): Field<Text> | undefined {
  const field = fields.get(name);
  const text = textOf(field?.node, environment);
  return field === undefined || text === undefined ? undefined : withValue(field, text);
}

/** A boolean as Compose casts it (`toBoolean` of compose-go); no field where the value is neither that nor a variable. */
export function flagField(
  fields: JoinedFields | Fields,
  name: string,
  environment?: Environment,
): Field<boolean | undefined> | undefined {
  const field = fields.get(name);
  const text = textOf(field?.node, environment);
  if (field === undefined || text === undefined) return undefined;
  if (text.value === undefined) return withValue(field, undefined);
  const value = text.value.toLowerCase();
  if (["true", "1", "t", "yes", "y", "on"].includes(value)) return withValue(field, true);
  if (["false", "0", "f", "no", "n", "off"].includes(value)) return withValue(field, false);
  return undefined;
}

/** A list of scalars, or one scalar for a list of one; items of an extended service come first. */
export function itemsField(
  fields: JoinedFields,
  name: string,
  resolver: Resolver,
  environment?: Environment,
): Field<readonly Item[]> | undefined {
  const field = fields.get(name);
  if (field === undefined) return undefined;
  return withValue(
    field,
    joined(field).flatMap((part) => itemsIn(part, resolver, environment)),
  );
}

function itemsIn(field: Field<YamlNode>, resolver: Resolver, environment: Environment | undefined): Item[] {
  return nodesIn(field, resolver).flatMap(({ node, origin }) => {
    const text = textOf(node, environment);
    return text === undefined ? [] : [{ ...text, origin }];
  });
}

/** The items of a list, or the one node that stands in its place, with the origin of each. */
export function nodesIn(
  field: Field<YamlNode>,
  resolver: Resolver,
): { readonly node: YamlNode; readonly origin: Origin }[] {
  const { node, origin } = field;
  if (node.kind === "sequence" && !isAffordable(field, node.items.length, resolver)) return [];
  if (node.kind !== "sequence") return isNull(node) ? [] : [{ node, origin }];
  return node.items.map((item) => ({
    node: resolveAlias(item),
    origin: item.kind === "alias" && origin.kind === "own" ? { kind: "alias", via: item.span } : origin,
  }));
}

/** What stands once in the file but is read by many services costs steps: their product is bounded by nothing else. */
function isAffordable(field: Field<YamlNode>, size: number, resolver: Resolver): boolean {
  return field.origin.kind === "own" || resolver.spend(size + 1, field.valueSpan);
}

/** A field and what it joins, the innermost first. The chain is as long as the `extends` chain, which is bounded. */
export function joined(field: JoinedField | undefined): Field<YamlNode>[] {
  const chain: Field<YamlNode>[] = [];
  for (let part = field; part !== undefined; part = part.inherited) chain.push(part);
  return chain.reverse();
}

/** The keys of a map together with those of the maps that it joins: its own win, and maps below them join in turn. */
export function joinedKeys(field: JoinedField | undefined, resolver: Resolver): JoinedFields {
  const own = resolver.fieldsOf(field?.node);
  if (field?.inherited === undefined) return own;
  const keys = new Map<string, JoinedField>(own);
  for (const part of joined(field).reverse().slice(1)) {
    const inherited = resolver.fieldsOf(part.node);
    if (!resolver.spend(inherited.size + 1, part.valueSpan)) break;
    for (const base of inherited.values()) {
      const upper = keys.get(base.name);
      const placed: JoinedField = { ...base, origin: part.origin };
      if (upper === undefined) keys.set(base.name, placed);
      else if (upper.node.kind === "map" && upper.node.tag !== "!override")
        keys.set(base.name, below(upper, placed));
    }
  }
  return keys;
}

/** Joins a field at the far end of what another joins already. */
export function below(field: JoinedField, base: JoinedField): JoinedField {
  const { inherited } = field;
  return { ...field, inherited: inherited === undefined ? base : below(inherited, base) };
}

/**
 * `NAME=value` lists and maps.
 * @param separators what may stand between name and value in the list form; the first that occurs counts
 */
export function namedValues(
  text: string,
  field: JoinedField | undefined,
  resolver: Resolver,
  separators = "=",
): NamedValue[] {
  if (field === undefined) return [];
  let all: NamedValue[] = [];
  for (const part of joined(field)) {
    const added = part.node.kind === "map" ? inMap(part, resolver) : inList(text, part, resolver, separators);
    const names = new Set(added.map((named) => named.name));
    // Compose takes the last value of a name that one list repeats; the others stand in the file all the same.
    all = [...all.filter((named) => !names.has(named.name)), ...added];
  }
  return all;
}

function inMap(field: Field<YamlNode>, resolver: Resolver): NamedValue[] {
  const fields = resolver.fieldsOf(field.node);
  if (!isAffordable(field, fields.size, resolver)) return [];
  return [...fields.values()].map((entry) => ({
    name: entry.name,
    nameSpan: entry.keySpan,
    value: textOf(entry.node),
    valueSpan: entry.valueSpan,
    span: enclosing(entry.keySpan, entry.valueSpan),
    form: "map",
    origin: entry.origin.kind === "own" ? field.origin : entry.origin,
  }));
}

/** From key to value; the key alone where the value stands elsewhere, as an alias's does. */
function enclosing(key: Span, value: Span): Span {
  return value.start >= key.end ? { start: key.start, end: value.end } : key;
}

function inList(text: string, field: Field<YamlNode>, resolver: Resolver, separators: string): NamedValue[] {
  return nodesIn(field, resolver).flatMap(({ node, origin }): NamedValue[] => {
    const scalar = scalarOf(node);
    if (scalar === undefined) return [];
    const raw = scalar.value;
    const at = firstOf(raw, separators);
    const part = (from: number, to: number): Span => spanInScalar(text, scalar, from, to);
    const nameEnd = at < 0 ? raw.length : at;
    const base = { name: raw.slice(0, nameEnd), nameSpan: part(0, nameEnd), span: scalar.span, origin };
    if (at < 0) return [{ ...base, value: undefined, valueSpan: part(nameEnd, nameEnd), form: "list" }];
    const valueSpan = part(at + 1, raw.length);
    const { value, variables } = interpolate(raw.slice(at + 1));
    return [
      {
        ...base,
        value: { span: valueSpan, raw: raw.slice(at + 1), value, variables, node: scalar },
        valueSpan,
        form: "list",
      },
    ];
  });
}

function firstOf(raw: string, separators: string): number {
  for (let at = 0; at < raw.length; at++) if (separators.includes(raw[at]!)) return at;
  return -1;
}

/**
 * The command of a field.
 * @param origin how the service comes by it: of the field itself, or of the one that it stands in
 */
export function commandOf(
  field: Field<YamlNode> | undefined,
  resolver: Resolver,
  origin = field?.origin,
): CommandValue | undefined {
  if (field === undefined || origin === undefined) return undefined;
  const size = field.node.kind === "sequence" ? field.node.items.length : 0;
  return isAffordable({ ...field, origin }, size, resolver) ? commandIn(field.node) : undefined;
}

/** A command in string or list form. */
export function commandIn(node: YamlNode | undefined): CommandValue | undefined {
  if (node?.kind === "sequence") {
    const words = node.items.flatMap((item) => textOf(item) ?? []);
    return { form: "list", words };
  }
  const line = textOf(node);
  return line === undefined ? undefined : { form: "string", words: [line] };
}

/** The field with another reading of its value. */
export function withValue<T>(field: Field<YamlNode>, value: T): Field<T> {
  const { name, keySpan, valueSpan, origin, node } = field;
  return { name, keySpan, valueSpan, value, origin, node };
}
