import { maxChain } from "../../limits";
import type { Span } from "../../text/span";
import { isNull, type YamlNode } from "../yaml/tree";
import type { Extends, Origin } from "./model";
import type { Fields, Resolver } from "./resolve";
import { below, type JoinedField, type JoinedFields, textOf } from "./values";

/** A service's keys with those of the services that it extends, or that other files of the project add to it. */
export interface Extended {
  readonly fields: JoinedFields;
  readonly extends: Extends | undefined;
  /** Whether the whole chain was found. */
  readonly complete: boolean;
}

/** The services of one file by name. */
export interface Scope {
  /** The node of each service, that of the last where a name is repeated. */
  readonly bodies: ReadonlyMap<string, YamlNode>;
  /** The file that `extends` names here, or `undefined` where it cannot be read. */
  fileAt(path: string): Scope | undefined;
}

/** Keys that an extending service replaces even where both values are lists. */
const replaced: ReadonlySet<string> = new Set(["command", "entrypoint"]);
/** Keys that are not inherited (https://docs.docker.com/reference/compose-file/services/#extends). */
const notInherited: ReadonlySet<string> = new Set(["extends", "depends_on", "volumes_from", "links"]);
const onlyExtends: ReadonlySet<string> = new Set(["extends"]);

/** Puts a service together. */
export interface Extender {
  /**
   * @param body the service's node with an alias followed
   * @param scope of the file that it stands in
   */
  extend(body: YamlNode, scope: Scope): Extended;
  /**
   * The same for a service of which other files of the project speak, too.
   * @param others the node of the same name in each of those files, the one that wins first
   * @param at what the service is known by in its own file
   */
  merge(
    body: YamlNode,
    scope: Scope,
    others: readonly { readonly body: YamlNode; readonly scope: Scope }[],
    at: Span,
  ): Extended;
}

/** Resolves `extends` and merges files, each service once. */
export function createExtender(resolver: Resolver): Extender {
  const done = new Map<YamlNode, Extended>();
  const open = new Set<YamlNode>();

  const extend = (body: YamlNode, scope: Scope): Extended => {
    const known = done.get(body);
    if (known !== undefined) return known;
    const joined = join(body, scope);
    const result = { ...joined, fields: withoutReset(joined.fields) };
    done.set(body, result);
    return result;
  };

  const join = (body: YamlNode, scope: Scope): Extended => {
    open.add(body);
    const result = extendFields(resolver.fieldsOf(body), scope);
    open.delete(body);
    return result;
  };

  const extendFields = (own: Fields, scope: Scope): Extended => {
    const field = own.get("extends");
    if (field === undefined || isNull(field.node)) return { fields: own, extends: undefined, complete: true };
    const parts = resolver.fieldsOf(field.node);
    const service = textOf(field.node.kind === "map" ? parts.get("service")?.node : field.node);
    const file = textOf(parts.get("file")?.node);
    const other =
      file === undefined ? scope : file.value === undefined ? undefined : scope.fileAt(file.value);
    const base = service?.value === undefined ? undefined : other?.bodies.get(service.value);
    const isOpen = base !== undefined && open.has(base);
    const described = { service, file, span: field.valueSpan };
    if (other === undefined || base === undefined || isOpen || open.size > maxChain)
      return { fields: own, extends: { ...described, resolved: false }, complete: false };
    const extended = extend(base, other);
    const fields = new Map<string, JoinedField>(own);
    addAll(fields, extended.fields, { kind: "extends", via: field.keySpan }, notInherited, field.valueSpan);
    return { fields, extends: { ...described, resolved: true }, complete: extended.complete };
  };

  const addAll = (
    fields: Map<string, JoinedField>,
    bases: JoinedFields,
    origin: Origin,
    except: ReadonlySet<string>,
    at: Span,
  ): void => {
    if (!resolver.spend(bases.size + 1, at)) return;
    for (const base of bases.values()) if (!except.has(base.name)) addInherited(fields, base, origin);
  };

  return {
    extend,
    merge(body, scope, others, at) {
      if (others.length === 0) return extend(body, scope);
      const own = join(body, scope);
      const fields = new Map(own.fields);
      let { complete } = own;
      for (const other of others) {
        const extended = extend(other.body, other.scope);
        addAll(fields, extended.fields, { kind: "file", via: at }, onlyExtends, at);
        complete &&= extended.complete;
      }
      return { fields: withoutReset(fields), extends: own.extends, complete };
    },
  };
}

function addInherited(fields: Map<string, JoinedField>, base: JoinedField, origin: Origin): void {
  const own = fields.get(base.name);
  if (own === undefined) fields.set(base.name, { ...base, origin });
  else if (own.node.kind !== "scalar" && !replaced.has(base.name) && own.node.tag !== "!override")
    fields.set(base.name, below(own, { ...base, origin }));
}

/** `key: !reset null` takes a key away, an inherited one too (https://docs.docker.com/reference/compose-file/merge/#reset-value). */
function withoutReset(fields: JoinedFields): JoinedFields {
  const kept = [...fields].filter(([, field]) => field.node.tag !== "!reset");
  return kept.length === fields.size ? fields : new Map(kept);
}
