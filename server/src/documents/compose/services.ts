import type { Span } from "../../text/span";
import { parseImageReference } from "../imageReference";
import { itemsOf, type YamlNode } from "../yaml/tree";
import type { Extended } from "./extends";
import type {
  Build,
  EnvFile,
  Field,
  Healthcheck,
  ImageValue,
  Item,
  Limits,
  NamedValue,
  PortMapping,
  Service,
  VolumeMount,
} from "./model";
import { portOf } from "./ports";
import type { Resolver } from "./resolve";
import {
  commandOf,
  flagField,
  itemsField,
  type JoinedFields,
  joined,
  joinedKeys,
  namedValues,
  nodesIn,
  textField,
  textOf,
  withValue,
} from "./values";
import { volumeOf } from "./volumes";

/**
 * Reads a service from its resolved keys.
 * @param isOverride whether its file is merged over a base that has a service of this name
 */
export function serviceOf(
  text: string,
  name: { readonly value: string; readonly span: Span },
  body: YamlNode,
  extended: Extended,
  resolver: Resolver,
  isOverride = false,
): Service {
  const { fields } = extended;
  const named = (key: string, separators?: string): NamedValue[] =>
    namedValues(text, fields.get(key), resolver, separators);
  return {
    name: name.value,
    nameSpan: name.span,
    body,
    overlay: isOverride || !["image", "build", "extends", "provider"].some((key) => fields.has(key)),
    complete: extended.complete && resolver.problems().length === 0,
    fields,
    image: imageField(fields),
    build: buildField(text, fields, resolver),
    extends: extended.extends,
    command: commandField(fields, "command", resolver),
    entrypoint: commandField(fields, "entrypoint", resolver),
    privileged: flagField(fields, "privileged"),
    readOnly: flagField(fields, "read_only"),
    useApiSocket: flagField(fields, "use_api_socket"),
    user: textField(fields, "user"),
    networkMode: textField(fields, "network_mode") ?? textField(fields, "net"),
    pid: textField(fields, "pid"),
    ipc: textField(fields, "ipc"),
    uts: textField(fields, "uts"),
    usernsMode: textField(fields, "userns_mode"),
    cgroup: textField(fields, "cgroup"),
    cgroupParent: textField(fields, "cgroup_parent"),
    restart: textField(fields, "restart"),
    containerName: textField(fields, "container_name"),
    capAdd: itemsField(fields, "cap_add", resolver),
    capDrop: itemsField(fields, "cap_drop", resolver),
    securityOpt: itemsField(fields, "security_opt", resolver),
    devices: itemsField(fields, "devices", resolver),
    deviceCgroupRules: itemsField(fields, "device_cgroup_rules", resolver),
    expose: itemsField(fields, "expose", resolver),
    profiles: itemsField(fields, "profiles", resolver),
    tmpfs: itemsField(fields, "tmpfs", resolver),
    groupAdd: itemsField(fields, "group_add", resolver),
    environment: named("environment"),
    labels: named("labels"),
    sysctls: named("sysctls"),
    extraHosts: named("extra_hosts", ":="),
    envFiles: envFiles(fields, resolver),
    ports: ports(text, fields, resolver),
    volumes: volumes(text, fields, resolver),
    secrets: grants(fields, "secrets", resolver),
    configs: grants(fields, "configs", resolver),
    limits: limitsOf(fields, resolver),
    healthcheck: healthcheckOf(fields, resolver),
    logging: loggingOf(text, fields, resolver),
  };
}

function imageField(fields: JoinedFields): Field<ImageValue> | undefined {
  const field = textField(fields, "image");
  if (field === undefined) return undefined;
  const { value } = field.value;
  const reference = value === undefined ? undefined : parseImageReference(value);
  return { ...field, value: { ...field.value, reference } };
}

function commandField(
  fields: JoinedFields,
  name: "command" | "entrypoint",
  resolver: Resolver,
): Service["command"] {
  const field = fields.get(name);
  const command = commandOf(field, resolver);
  return field === undefined || command === undefined ? undefined : withValue(field, command);
}

function buildField(text: string, fields: JoinedFields, resolver: Resolver): Field<Build> | undefined {
  const field = fields.get("build");
  if (field === undefined) return undefined;
  const parts = joinedKeys(field, resolver);
  const part = (name: string): Build["context"] => textOf(parts.get(name)?.node);
  return withValue(field, {
    context: field.node.kind === "map" ? part("context") : textOf(field.node),
    dockerfile: part("dockerfile") ?? textOf(fields.get("dockerfile")?.node),
    dockerfileInline: part("dockerfile_inline"),
    target: part("target"),
    network: part("network"),
    args: namedValues(text, parts.get("args"), resolver),
    privileged: flagField(parts, "privileged"),
    fields: parts,
  });
}

function ports(text: string, fields: JoinedFields, resolver: Resolver): PortMapping[] {
  if (!fields.has("ports")) return [];
  return joined(fields.get("ports"))
    .flatMap((part) => nodesIn(part, resolver))
    .flatMap(({ node, origin }) => portOf(text, node, origin, resolver.fieldsOf) ?? []);
}

/** A mount at a path replaces an inherited one at the same path. */
function volumes(text: string, fields: JoinedFields, resolver: Resolver): VolumeMount[] {
  if (!fields.has("volumes")) return [];
  const byTarget = new Map<string | VolumeMount, VolumeMount>();
  for (const { node, origin } of joined(fields.get("volumes")).flatMap((part) => nodesIn(part, resolver))) {
    const mount = volumeOf(text, node, origin, resolver.fieldsOf);
    if (mount === undefined) continue;
    const inherited = isInherited(mount) ? undefined : byTarget.get(mount.target ?? mount);
    const replaces = isInherited(inherited) || isInherited(mount);
    byTarget.set(replaces && mount.target !== undefined ? mount.target : mount, mount);
  }
  return [...byTarget.values()];
}

function isInherited(mount: VolumeMount | undefined): boolean {
  return mount?.origin.kind === "extends" || mount?.origin.kind === "file";
}

function envFiles(fields: JoinedFields, resolver: Resolver): EnvFile[] {
  if (!fields.has("env_file")) return [];
  return joined(fields.get("env_file"))
    .flatMap((part) => nodesIn(part, resolver))
    .flatMap(({ node }) => {
      const parts = resolver.fieldsOf(node);
      const path = textOf(node.kind === "map" ? parts.get("path")?.node : node);
      return path === undefined ? [] : [{ path, required: flagField(parts, "required")?.value !== false }];
    });
}

/** `secrets: [name]` and `secrets: [{ source: name }]`. */
function grants(fields: JoinedFields, key: "secrets" | "configs", resolver: Resolver): Item[] {
  if (!fields.has(key)) return [];
  return joined(fields.get(key))
    .flatMap((part) => nodesIn(part, resolver))
    .flatMap(({ node, origin }) => {
      const name = textOf(node.kind === "map" ? resolver.fieldsOf(node).get("source")?.node : node);
      return name === undefined ? [] : [{ ...name, origin }];
    });
}

function limitsOf(fields: JoinedFields, resolver: Resolver): Limits {
  const resources = joinedKeys(joinedKeys(fields.get("deploy"), resolver).get("resources"), resolver);
  const limits = joinedKeys(resources.get("limits"), resolver);
  return {
    memory: textField(limits, "memory") ?? textField(fields, "mem_limit"),
    cpus:
      textField(limits, "cpus") ??
      textField(fields, "cpus") ??
      textField(fields, "cpu_quota") ??
      textField(fields, "cpu_count"),
    pids: textField(limits, "pids") ?? textField(fields, "pids_limit"),
  };
}

function healthcheckOf(fields: JoinedFields, resolver: Resolver): Healthcheck | undefined {
  const field = fields.get("healthcheck");
  if (field === undefined) return undefined;
  const parts = joinedKeys(field, resolver);
  const test = commandOf(parts.get("test"), resolver, field.origin);
  const switchedOff = flagField(parts, "disable")?.value === true || test?.words[0]?.value === "NONE";
  return { disabled: switchedOff, test };
}

function loggingOf(text: string, fields: JoinedFields, resolver: Resolver): Service["logging"] {
  const field = fields.get("logging");
  if (field === undefined) return undefined;
  const parts = joinedKeys(field, resolver);
  return {
    driver: textOf(parts.get("driver")?.node),
    options: namedValues(text, parts.get("options"), resolver),
  };
}

/** Paths of `include:`, in short and long form. */
export function includedPaths(node: YamlNode | undefined, resolver: Resolver): Item[] {
  return itemsOf(node).flatMap((item) => {
    const path = item.kind === "map" ? resolver.fieldsOf(item).get("path")?.node : item;
    const paths = path?.kind === "sequence" ? itemsOf(path) : [path];
    return paths.flatMap((one) => {
      const text = textOf(one);
      return text === undefined ? [] : [{ ...text, origin: { kind: "own" } as const }];
    });
  });
}
