import { maxChain } from "../../limits";
import { isNull, type YamlNode } from "../yaml/tree";
import type { Extends } from "./model";
import type { Fields, Resolver } from "./resolve";
import { type JoinedField, type JoinedFields, textOf } from "./values";

/** A service's keys with those of the services that it extends within the file. */
export interface Extended {
  readonly fields: JoinedFields;
  readonly extends: Extends | undefined;
  /** Whether the whole chain was found. */
  readonly complete: boolean;
}

/** Keys that an extending service replaces even where both values are lists. */
const replaced: ReadonlySet<string> = new Set(["command", "entrypoint"]);
/** Keys that are not inherited (https://docs.docker.com/reference/compose-file/services/#extends). */
const notInherited: ReadonlySet<string> = new Set(["extends", "depends_on", "volumes_from", "links"]);

/**
 * Resolves `extends` for the services of one document.
 * @param bodies the node of each service by name, that of the last where a name is repeated
 * @returns the keys in force of a service, given its node with an alias followed
 */
export function createExtender(
  resolver: Resolver,
  bodies: ReadonlyMap<string, YamlNode>,
): (body: YamlNode) => Extended {
  const done = new Map<YamlNode, Extended>();
  const open = new Set<YamlNode>();

  const extend = (body: YamlNode): Extended => {
    const known = done.get(body);
    if (known !== undefined) return known;
    open.add(body);
    const { fields, ...described } = extendFields(resolver.fieldsOf(body));
    const result = { fields: withoutReset(fields), ...described };
    open.delete(body);
    done.set(body, result);
    return result;
  };

  const extendFields = (own: Fields): Extended => {
    const field = own.get("extends");
    if (field === undefined || isNull(field.node)) return { fields: own, extends: undefined, complete: true };
    const parts = resolver.fieldsOf(field.node);
    const service = textOf(field.node.kind === "map" ? parts.get("service")?.node : field.node);
    const file = textOf(parts.get("file")?.node);
    const base = service?.value === undefined ? undefined : bodies.get(service.value);
    const isOpen = base !== undefined && open.has(base);
    const described = { service, file, span: field.valueSpan };
    if (file !== undefined || base === undefined || isOpen || open.size > maxChain)
      return { fields: own, extends: { ...described, resolved: false }, complete: false };
    const extended = extend(base);
    const fields = new Map<string, JoinedField>(own);
    if (resolver.spend(extended.fields.size + 1, field.valueSpan))
      for (const inherited of extended.fields.values()) addInherited(fields, inherited, field.keySpan);
    return { fields, extends: { ...described, resolved: true }, complete: extended.complete };
  };

  return extend;
}

function addInherited(fields: Map<string, JoinedField>, base: JoinedField, via: Extends["span"]): void {
  if (notInherited.has(base.name)) return;
  const inherited: JoinedField = { ...base, origin: { kind: "extends", via } };
  const own = fields.get(base.name);
  if (own === undefined) fields.set(base.name, inherited);
  else if (own.node.kind !== "scalar" && !replaced.has(base.name) && own.node.tag !== "!override")
    fields.set(base.name, { ...own, inherited });
}

/** `key: !reset null` takes a key away, an inherited one too (https://docs.docker.com/reference/compose-file/merge/#reset-value). */
function withoutReset(fields: JoinedFields): JoinedFields {
  const kept = [...fields].filter(([, field]) => field.node.tag !== "!reset");
  return kept.length === fields.size ? fields : new Map(kept);
}
