import type { Span } from "../../text/span";
import { scalarOf, spanInScalar, type YamlNode } from "../yaml/tree";
import type { Environment } from "./environment";
import { interpolate, unknownPart } from "./interpolation";
import type { Origin, PortMapping, PortRange, Variable } from "./model";
import type { Fields } from "./resolve";
import { textOf } from "./values";

/**
 * Reads an item of `ports:` (https://docs.docker.com/reference/compose-file/services/#ports): short forms such as
 * `8080:80`, `127.0.0.1::80`, `[::1]:53:53/udp`, `3000-3005`, and the long form.
 * @returns undefined where it is no port mapping
 */
export function portOf(
  text: string,
  node: YamlNode,
  origin: Origin,
  fieldsOf: (node: YamlNode) => Fields,
  environment?: Environment,
): PortMapping | undefined {
  if (node.kind === "map") return longPort(node, origin, fieldsOf(node), environment);
  return shortPort(text, node, origin, environment);
}

function shortPort(
  text: string,
  node: YamlNode,
  origin: Origin,
  environment: Environment | undefined,
): PortMapping | undefined {
  const scalar = scalarOf(node);
  const read = textOf(node, environment);
  if (scalar === undefined || read === undefined) return undefined;
  const { pattern } = interpolate(scalar.value, environment);
  const slash = pattern.lastIndexOf("/");
  const address = slash < 0 ? pattern : pattern.slice(0, slash);
  const { hostIp, rest } = splitHostIp(address);
  const published = rest.length > 1 ? rest[0]! : "";
  const target = portsOf(rest[rest.length - 1] ?? "");
  if (target === undefined) return undefined;
  const written = hostIp !== undefined && scalar.value.startsWith(hostIp);
  return {
    span: scalar.span,
    form: "short",
    hostIp: hostIpOf(hostIp, published, read.variables),
    hostIpSpan: written ? spanInScalar(text, scalar, 0, hostIp.length) : undefined,
    published: published === "" ? undefined : (portsOf(published) ?? "unknown"),
    target,
    protocol: slash < 0 ? "tcp" : pattern.slice(slash + 1).toLowerCase(),
    origin,
    text: read,
    node,
  };
}

/** `ip:published:target`; an IPv6 address stands in brackets, or is what remains before the last two parts. */
function splitHostIp(address: string): {
  readonly hostIp: string | undefined;
  readonly rest: readonly string[];
} {
  if (address.startsWith("[")) {
    const end = address.indexOf("]");
    if (end > 0) return { hostIp: address.slice(0, end + 1), rest: address.slice(end + 2).split(":") };
  }
  const parts = address.split(":");
  if (parts.length < 3) return { hostIp: undefined, rest: parts };
  return { hostIp: parts.slice(0, -2).join(":"), rest: parts.slice(-2) };
}

/**
 * A variable in the place of the published port may hold `127.0.0.1:8000`, as in real files; one that is named after a
 * port holds a port.
 */
function hostIpOf(
  hostIp: string | undefined,
  published: string,
  variables: readonly Variable[],
): PortMapping["hostIp"] {
  if (hostIp !== undefined && hostIp !== "")
    return hostIp.includes(unknownPart) ? "unknown" : hostIp.replace(/^\[|\]$/g, "");
  const mayHoldAddress =
    published.startsWith(unknownPart) && !variables.every(({ name }) => isNamedAfterPort(name));
  return mayHoldAddress ? "unknown" : undefined;
}

function isNamedAfterPort(name: string): boolean {
  return /port(?:_?[0-9a-z]{1,12})?$/i.test(name) && !/forward|bind|listen|addr/i.test(name);
}

function portsOf(text: string): PortRange | "unknown" | undefined {
  if (text.includes(unknownPart)) return "unknown";
  const range = /^([0-9]{1,5})(?:-([0-9]{1,5}))?$/.exec(text);
  if (range === null) return undefined;
  const from = Number(range[1]);
  return { from, to: range[2] === undefined ? from : Number(range[2]) };
}

function longPort(
  node: YamlNode,
  origin: Origin,
  fields: Fields,
  environment: Environment | undefined,
): PortMapping | undefined {
  const part = (name: string): string | undefined => {
    const text = textOf(fields.get(name)?.node);
    return text === undefined ? undefined : interpolate(text.raw, environment).pattern;
  };
  const target = portsOf(part("target") ?? "");
  if (target === undefined) return undefined;
  const published = part("published");
  const hostIp = part("host_ip");
  const hostIpSpan: Span | undefined = fields.get("host_ip")?.valueSpan;
  return {
    span: node.span,
    form: "long",
    hostIp:
      hostIp === undefined || hostIp === "" ? undefined : hostIp.includes(unknownPart) ? "unknown" : hostIp,
    hostIpSpan,
    published: published === undefined || published === "" ? undefined : (portsOf(published) ?? "unknown"),
    target,
    protocol: (part("protocol") ?? "tcp").toLowerCase(),
    origin,
    text: undefined,
    node,
  };
}
