import type { Span } from "../../text/span";
import { parseImageReference } from "../imageReference";
import { itemsOf, type YamlNode } from "../yaml/tree";
import type { Environment } from "./environment";
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
  Text,
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
 * @param environment what sets its variables; where secrets stand, in environment and commands, nothing does
 * @param isOverride whether its file is merged over a base that has a service of this name
 */
export function serviceOf(
  text: string,
  name: { readonly value: string; readonly span: Span },
  body: YamlNode,
  extended: Extended,
  resolver: Resolver,
  environment: Environment,
  isOverride = false,
): Service {
  const { fields } = extended;
  const named = (key: string, separators?: string): NamedValue[] =>
    namedValues(text, fields.get(key), resolver, separators);
  const written = (key: string): Field<Text> | undefined => textField(fields, key, environment);
  const flag = (key: string): Field<boolean | undefined> | undefined => flagField(fields, key, environment);
  const items = (key: string): Field<readonly Item[]> | undefined =>
    itemsField(fields, key, resolver, environment);
  return {
    name: name.value,
    nameSpan: name.span,
    body,
    overlay: isOverride || !["image", "build", "extends", "provider"].some((key) => fields.has(key)),
    complete: extended.complete && resolver.problems().length === 0,
    fields,
    image: imageField(fields, environment),
    build: buildField(text, fields, resolver, environment),
    extends: extended.extends,
    command: commandField(fields, "command", resolver),
    entrypoint: commandField(fields, "entrypoint", resolver),
    privileged: flag("privileged"),
    readOnly: flag("read_only"),
    useApiSocket: flag("use_api_socket"),
    user: written("user"),
    networkMode: written("network_mode") ?? written("net"),
    pid: written("pid"),
    ipc: written("ipc"),
    uts: written("uts"),
    usernsMode: written("userns_mode"),
    cgroup: written("cgroup"),
    cgroupParent: written("cgroup_parent"),
    restart: written("restart"),
    containerName: written("container_name"),
    capAdd: items("cap_add"),
    capDrop: items("cap_drop"),
    securityOpt: items("security_opt"),
    devices: items("devices"),
    deviceCgroupRules: items("device_cgroup_rules"),
    expose: items("expose"),
    profiles: items("profiles"),
    tmpfs: items("tmpfs"),
    groupAdd: items("group_add"),
    environment: named("environment"),
    labels: named("labels"),
    sysctls: named("sysctls"),
    extraHosts: named("extra_hosts", ":="),
    envFiles: envFiles(fields, resolver, environment),
    ports: ports(text, fields, resolver, environment),
    volumes: volumes(text, fields, resolver, environment),
    secrets: grants(fields, "secrets", resolver),
    configs: grants(fields, "configs", resolver),
    limits: limitsOf(fields, resolver, environment),
    healthcheck: healthcheckOf(fields, resolver),
    logging: loggingOf(text, fields, resolver),
  };
}

function imageField(fields: JoinedFields, environment: Environment): Field<ImageValue> | undefined {
  const field = textField(fields, "image", environment);
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

function buildField(
  text: string,
  fields: JoinedFields,
  resolver: Resolver,
  environment: Environment,
): Field<Build> | undefined {
  const field = fields.get("build");
  if (field === undefined) return undefined;
  const parts = joinedKeys(field, resolver);
  const part = (name: string): Build["context"] => textOf(parts.get(name)?.node, environment);
  return withValue(field, {
    context: field.node.kind === "map" ? part("context") : textOf(field.node, environment),
    dockerfile: part("dockerfile") ?? textOf(fields.get("dockerfile")?.node, environment),
    dockerfileInline: part("dockerfile_inline"),
    target: part("target"),
    network: part("network"),
    args: namedValues(text, parts.get("args"), resolver),
    privileged: flagField(parts, "privileged", environment),
    fields: parts,
  });
}

function ports(
  text: string,
  fields: JoinedFields,
  resolver: Resolver,
  environment: Environment,
): PortMapping[] {
  if (!fields.has("ports")) return [];
  return joined(fields.get("ports"))
    .flatMap((part) => nodesIn(part, resolver))
    .flatMap(({ node, origin }) => portOf(text, node, origin, resolver.fieldsOf, environment) ?? []);
}

/** A mount at a path replaces an inherited one at the same path. */
function volumes(
  text: string,
  fields: JoinedFields,
  resolver: Resolver,
  environment: Environment,
): VolumeMount[] {
  if (!fields.has("volumes")) return [];
  const byTarget = new Map<string | VolumeMount, VolumeMount>();
  for (const { node, origin } of joined(fields.get("volumes")).flatMap((part) => nodesIn(part, resolver))) {
    const mount = volumeOf(text, node, origin, resolver.fieldsOf, environment);
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

function envFiles(fields: JoinedFields, resolver: Resolver, environment: Environment): EnvFile[] {
  if (!fields.has("env_file")) return [];
  return joined(fields.get("env_file"))
    .flatMap((part) => nodesIn(part, resolver))
    .flatMap(({ node }) => {
      const parts = resolver.fieldsOf(node);
      const path = textOf(node.kind === "map" ? parts.get("path")?.node : node, environment);
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

function limitsOf(fields: JoinedFields, resolver: Resolver, environment: Environment): Limits {
  const resources = joinedKeys(joinedKeys(fields.get("deploy"), resolver).get("resources"), resolver);
  const limits = joinedKeys(resources.get("limits"), resolver);
  return {
    memory: textField(limits, "memory", environment) ?? textField(fields, "mem_limit", environment),
    cpus:
      textField(limits, "cpus", environment) ??
      textField(fields, "cpus", environment) ??
      textField(fields, "cpu_quota", environment) ??
      textField(fields, "cpu_count", environment),
    pids: textField(limits, "pids", environment) ?? textField(fields, "pids_limit", environment),
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

/** An entry of `include:`. */
export interface Include {
  readonly paths: readonly Item[];
  /** `undefined`: the folder of the first path. */
  readonly projectDirectory: Text | undefined;
  /** `undefined`: the `.env` of that folder. */
  readonly envFiles: readonly Text[] | undefined;
}

/** The entries of `include:`, in short and long form. */
export function includesOf(
  node: YamlNode | undefined,
  resolver: Resolver,
  environment: Environment,
): readonly Include[] {
  const textsOf = (list: YamlNode | undefined): Text[] =>
    (list?.kind === "sequence" ? itemsOf(list) : [list]).flatMap((one) => textOf(one, environment) ?? []);
  return itemsOf(node).map((item) => {
    const parts = resolver.fieldsOf(item);
    const envFiles = parts.get("env_file")?.node;
    return {
      paths: textsOf(item.kind === "map" ? parts.get("path")?.node : item).map((text) => ({
        ...text,
        origin: { kind: "own" },
      })),
      projectDirectory: textOf(parts.get("project_directory")?.node, environment),
      envFiles: envFiles === undefined ? undefined : textsOf(envFiles),
    };
  });
}
