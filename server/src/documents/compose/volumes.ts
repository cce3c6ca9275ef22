import { scalarOf, spanInScalar, type YamlNode } from "../yaml/tree";
import type { Environment } from "./environment";
import { interpolate, unknownPart } from "./interpolation";
import type { Origin, VolumeMount } from "./model";
import type { Fields } from "./resolve";
import { flagField, textOf } from "./values";

/**
 * Reads an item of `volumes:` (https://docs.docker.com/reference/compose-file/services/#volumes): short forms with
 * POSIX and Windows paths, and the long form.
 * @returns undefined where it is no mount
 */
export function volumeOf(
  text: string,
  node: YamlNode,
  origin: Origin,
  fieldsOf: (node: YamlNode) => Fields,
  environment?: Environment,
): VolumeMount | undefined {
  if (node.kind === "map") return longVolume(node, origin, fieldsOf(node), environment);
  return shortVolume(text, node, origin, environment);
}

function shortVolume(
  text: string,
  node: YamlNode,
  origin: Origin,
  environment: Environment | undefined,
): VolumeMount | undefined {
  const scalar = scalarOf(node);
  if (scalar === undefined || scalar.value === "") return undefined;
  const parts = splitPaths(interpolate(scalar.value, environment).pattern);
  const [first = "", target, mode = ""] = parts;
  const source = target === undefined ? undefined : first;
  const written = source !== undefined && scalar.value.startsWith(source);
  return {
    span: scalar.span,
    form: "short",
    type: source === undefined ? "volume" : typeOfSource(source),
    source: source?.includes(unknownPart) ? undefined : source,
    sourceKnown: source?.includes(unknownPart) !== true,
    sourceSpan: written ? spanInScalar(text, scalar, 0, source.length) : scalar.span,
    target: cleaned(target ?? first),
    readOnly: mode.split(",").includes("ro"),
    origin,
    node,
  };
}

/** Splits at colons, but not at that of a drive letter. */
function splitPaths(pattern: string): string[] {
  const parts: string[] = [];
  let rest = pattern;
  while (parts.length < 3) {
    const drive = /^[A-Za-z]:[\\/]/.test(rest) ? 2 : 0;
    const colon = rest.indexOf(":", drive);
    if (colon < 0) break;
    parts.push(rest.slice(0, colon));
    rest = rest.slice(colon + 1);
  }
  return [...parts, rest];
}

function typeOfSource(source: string): VolumeMount["type"] {
  if (source.startsWith(unknownPart)) return "unknown";
  if (/^[./~]/.test(source) || /^[A-Za-z]:[\\/]/.test(source)) return "bind";
  return source.startsWith("\\\\") ? "npipe" : "volume";
}

/** A path of the container without a slash at its end, as Compose compares it. */
function cleaned(path: string): string {
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

const types = ["bind", "volume", "tmpfs", "npipe", "cluster", "image"] as const;

function longVolume(
  node: YamlNode,
  origin: Origin,
  fields: Fields,
  environment: Environment | undefined,
): VolumeMount | undefined {
  const source = textOf(fields.get("source")?.node ?? fields.get("src")?.node, environment);
  const target = textOf(
    fields.get("target")?.node ?? fields.get("dst")?.node ?? fields.get("destination")?.node,
    environment,
  );
  const type = textOf(fields.get("type")?.node, environment)?.value;
  if (source === undefined && target === undefined && type === undefined) return undefined;
  return {
    span: node.span,
    form: "long",
    type: types.find((known) => known === type) ?? "unknown",
    source: source?.value,
    sourceKnown: source === undefined || source.value !== undefined,
    sourceSpan: source?.span ?? node.span,
    target: target?.value === undefined ? undefined : cleaned(target.value),
    readOnly: flagField(fields, "read_only", environment)?.value === true,
    origin,
    node,
  };
}
