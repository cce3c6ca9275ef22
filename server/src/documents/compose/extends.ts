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
 * @param bodies the node of each service by name
 */
export function createExtender(
  resolver: Resolver,
  bodies: ReadonlyMap<string, YamlNode>,
): (name: string) => Extended {
  const done = new Map<string, Extended>();
  const open = new Set<string>();

  const extend = (name: string): Extended => {
    const known = done.get(name);
    if (known !== undefined) return known;
    open.add(name);
    const own = withoutReset(resolver.fieldsOf(bodies.get(name)));
    const result = extendFields(own);
    open.delete(name);
    done.set(name, result);
    return result;
  };

  const extendFields = (own: Fields): Extended => {
    const field = own.get("extends");
    if (field === undefined || isNull(field.node)) return { fields: own, extends: undefined, complete: true };
    const parts = resolver.fieldsOf(field.node);
    const service = textOf(field.node.kind === "map" ? parts.get("service")?.node : field.node);
    const file = textOf(parts.get("file")?.node);
    const base = service?.value;
    const found = file === undefined && base !== undefined && bodies.has(base) && !open.has(base);
    const described = { service, file, span: field.valueSpan };
    if (!found || open.size > maxChain)
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

/** `key: !reset null` takes a key away (https://docs.docker.com/reference/compose-file/merge/#reset-value). */
function withoutReset(fields: Fields): Fields {
  const kept = [...fields].filter(([, field]) => field.node.tag !== "!reset");
  return kept.length === fields.size ? fields : new Map(kept);
}
