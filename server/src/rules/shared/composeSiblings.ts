import type { ComposeDocument, PortMapping, Service } from "../../documents/compose/model";
import { removeItem } from "../../documents/yaml/remove";
import { entriesOf, itemsOf, scalarOf } from "../../documents/yaml/tree";
import type { Fix, Related } from "../../engine/finding";
import { maxSiblings, maxSiblingsTold } from "../../ruleLimits";
import type { Span } from "../../text/span";
import { unsafeFix } from "./composeFix";
import { shorten } from "./shorten";

/** What is said of a published port whose service others of the file reach by its name. */
export interface Siblings {
  readonly related: readonly Related[];
  /** Takes the port away, where others reach the service without it. */
  readonly fixes: readonly Fix[];
}

/** Who in the file uses a service: for those, nothing has to be published. */
export function siblingsUsing(document: ComposeDocument, service: Service, port: PortMapping): Siblings {
  if (document.services.length > maxSiblings) return { related: [], fixes: [] };
  const places = document.services.flatMap((other) => {
    const at = other.name === service.name ? undefined : mentionOf(other, service.name);
    return at === undefined ? [] : [{ name: other.name, at }];
  });
  if (places.length === 0) return { related: [], fixes: [] };
  const isOwn = port.origin.kind === "own" && port.node.anchor === undefined;
  return {
    related: places.slice(0, maxSiblingsTold).map(({ name, at }) => ({
      message: `${shorten(name, 40)} reaches it by its name, without a published port`,
      span: at,
    })),
    fixes: isOwn ? unsafeFix("Publish it no longer", removeItem(document, port.node)) : [],
  };
}

/** Where a service names another one as a host in its environment, or else waits for it. */
function mentionOf(service: Service, name: string): Span | undefined {
  const host = service.environment.find(({ value }) => value !== undefined && namesHost(value.raw, name));
  if (host !== undefined) return host.span;
  const waits = service.fields.get("depends_on")?.node;
  const item = itemsOf(waits).find((one) => scalarOf(one)?.value === name);
  return item?.span ?? entriesOf(waits).find(({ key }) => key === name)?.keySpan;
}

/** Whether a text is a host's name, or holds it where an address has its host. */
function namesHost(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? "";
    const after = text[at + name.length] ?? "";
    if (/^[@/,;=\s]?$/.test(before) && /^[:/,;\s]?$/.test(after)) return true;
  }
  return false;
}
