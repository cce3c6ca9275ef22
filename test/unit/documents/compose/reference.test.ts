import assert from "node:assert/strict";
import test from "node:test";
import type { PortMapping, Service, Text, VolumeMount } from "../../../../server/src/documents/compose/model";
import { parseCompose } from "../../../../server/src/documents/compose/parse";
import cases from "./reference.json";

/** What Docker Compose's own reader makes of a service: `scripts/composeReference` writes it. */
interface Reference {
  readonly [key: string]: unknown;
}

interface Case {
  readonly title: string;
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly expected: Readonly<Record<string, Reference>>;
}

for (const { title, name, files, expected } of cases as unknown as readonly Case[]) {
  test(`as Compose reads it: ${title}`, () => {
    const texts = Object.entries(files)
      .filter(([path]) => path !== name)
      .map(([path, value]) => [path, { state: "known", value }] as const);
    const neighbours = { name, overrides: [], texts: new Map(texts), complete: true };
    const document = parseCompose(files[name] ?? "", neighbours);
    const services = [...document.services, ...document.project.otherServices];
    assert.deepEqual(services.map((service) => service.name).sort(), Object.keys(expected).sort());
    for (const service of services)
      assert.deepEqual(ours(service), theirs(expected[service.name] ?? {}), service.name);
  });
}

const switches = ["privileged", "read_only"] as const;
const texts = ["image", "user", "network_mode", "restart"] as const;
const lists = ["cap_add", "cap_drop", "security_opt", "tmpfs", "group_add", "profiles"] as const;

function ours(service: Service): unknown {
  const value = (text: Text | undefined): string | undefined => text?.value;
  const flags = { privileged: service.privileged, read_only: service.readOnly };
  const plain = {
    image: service.image,
    user: service.user,
    network_mode: service.networkMode,
    restart: service.restart,
  };
  const items = {
    cap_add: service.capAdd,
    cap_drop: service.capDrop,
    security_opt: service.securityOpt,
    tmpfs: service.tmpfs,
    group_add: service.groupAdd,
    profiles: service.profiles,
  };
  const { build, limits } = service;
  return {
    ...Object.fromEntries(switches.map((key) => [key, flags[key]?.value])),
    ...Object.fromEntries(texts.map((key) => [key, value(plain[key]?.value)])),
    ...Object.fromEntries(lists.map((key) => [key, [...new Set((items[key]?.value ?? []).map(value))]])),
    environment: named(service.environment.map((one) => [one.name, value(one.value) ?? null])),
    labels: named(service.labels.map((one) => [one.name, value(one.value) ?? null])),
    ports: service.ports.flatMap(portsOf).sort(),
    volumes: service.volumes.map(mountOf).sort(),
    command: (service.command?.value.words ?? []).map(value),
    entrypoint: (service.entrypoint?.value.words ?? []).map(value),
    envFiles: service.envFiles.map(({ path, required }) => [path.value, required]),
    secrets: service.secrets.map(value),
    healthcheck: (service.healthcheck?.test?.words ?? []).map(value),
    build: build && {
      context: value(build.value.context),
      dockerfile: value(build.value.dockerfile),
      target: value(build.value.target),
      args: named(build.value.args.map((one) => [one.name, value(one.value) ?? null])),
    },
    limits: [limits.memory, limits.cpus, limits.pids].map((field) => value(field?.value)),
  };
}

function theirs(service: Reference): unknown {
  const at = (...path: readonly string[]): unknown => {
    let found: unknown = service;
    for (const key of path) found = (found as Reference | undefined)?.[key];
    return found;
  };
  const text = (...path: readonly string[]): string | undefined => {
    const found = at(...path);
    return found === undefined || found === null ? undefined : String(found);
  };
  const list = (found: unknown): readonly unknown[] =>
    found === undefined || found === null ? [] : Array.isArray(found) ? found : [found];
  const pairs = (found: unknown): unknown =>
    named(
      Array.isArray(found)
        ? found.map((one: string) => one.split(/=(.*)/s, 2) as [string, string])
        : Object.entries((found ?? {}) as Record<string, string>),
    );
  return {
    ...Object.fromEntries(switches.map((key) => [key, at(key)])),
    ...Object.fromEntries(texts.map((key) => [key, text(key)])),
    ...Object.fromEntries(lists.map((key) => [key, list(at(key))])),
    environment: pairs(at("environment")),
    labels: pairs(at("labels")),
    ports: list(at("ports"))
      .map((port) => {
        const { host_ip = "", published = "", target, protocol = "tcp" } = port as Record<string, string>;
        return `${host_ip}|${published}|${target}|${protocol}`;
      })
      .sort(),
    volumes: list(at("volumes"))
      .map((volume) => {
        const { type, source = "", target, read_only = false } = volume as Record<string, string | boolean>;
        return `${type}|${source}|${target}|${read_only}`;
      })
      .sort(),
    command: list(at("command")),
    entrypoint: list(at("entrypoint")),
    envFiles: list(at("env_file")).map((file) => {
      const { path, required } = file as Reference;
      return [path, required !== false];
    }),
    secrets: list(at("secrets")).map((secret) => (secret as Reference).source),
    healthcheck: list(at("healthcheck", "test")),
    build: at("build") && {
      context: text("build", "context"),
      dockerfile: text("build", "dockerfile"),
      target: text("build", "target"),
      args: pairs(at("build", "args")),
    },
    limits: [
      text("deploy", "resources", "limits", "memory") ?? text("mem_limit"),
      text("deploy", "resources", "limits", "cpus") ?? text("cpus"),
      text("deploy", "resources", "limits", "pids") ?? text("pids_limit"),
    ],
  };
}

function named(entries: readonly (readonly [string, unknown])[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(entries.map(([name, value]) => [name, value]).sort());
}

/** Each published port by itself, as Compose has them. */
function portsOf({ hostIp = "", published, target, protocol }: PortMapping): readonly string[] {
  assert.ok(target !== "unknown" && published !== "unknown");
  const count = target.to - target.from + 1;
  const all = published === undefined ? "" : `${published.from}-${published.to}`;
  return Array.from({ length: count }, (_, at) => {
    const one = published === undefined ? "" : String(published.from + at);
    const isChoice = published !== undefined && count === 1 && published.to > published.from;
    return `${hostIp}|${isChoice ? all : one}|${target.from + at}|${protocol}`;
  });
}

function mountOf({ type, source = "", target, readOnly }: VolumeMount): string {
  return `${type}|${source}|${target}|${readOnly}`;
}
