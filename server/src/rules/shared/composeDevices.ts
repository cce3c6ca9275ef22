import type { ComposeDocument, Service } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import { entriesOf, itemsOf, scalarOf, type YamlNode } from "../../documents/yaml/tree";
import type { Severity } from "../../engine/severity";
import type { Span } from "../../text/span";

/** A device of the host that a service is given. */
export interface HostDevice {
  readonly service: Service;
  /** On the host, without a slash at the end. */
  readonly path: string;
  /** Of `r`, `w` and `m`; all of them where nothing is written. */
  readonly permissions: string;
  readonly span: Span;
  readonly node: YamlNode;
}

/** The devices of all services in short and long form, each place of the text once; none in a variable. */
export function hostDevices(document: ComposeDocument): readonly HostDevice[] {
  const nodes = distinct(document, nodesOf, (node) => node.span);
  return nodes.flatMap(({ service, part: node }) => {
    const { source, permissions } = partsOf(service, node);
    if (source === undefined || !source.startsWith("/")) return [];
    const path = source.length > 1 ? source.replace(/\/$/, "") : source;
    return [{ service, path, permissions: permissions ?? "rwm", span: node.span, node }];
  });
}

function nodesOf(service: Service): readonly YamlNode[] {
  const short = (service.devices?.value ?? []).map((item) => item.node);
  const long = itemsOf(service.fields.get("devices")?.node).filter((node) => node.kind === "map");
  return [...short, ...long];
}

function partsOf(
  service: Service,
  node: YamlNode,
): { readonly source?: string | undefined; readonly permissions?: string | undefined } {
  if (node.kind === "map") {
    const value = (key: string): string | undefined =>
      scalarOf(entriesOf(node).find((entry) => entry.key === key)?.value)?.value;
    return { source: value("source"), permissions: value("permissions") };
  }
  const item = service.devices?.value.find((one) => one.node === node);
  const [source, ...rest] = (item?.value ?? "").split(":");
  const last = rest[rest.length - 1];
  return { source, permissions: last !== undefined && /^[rwm]{1,3}$/.test(last) ? last : undefined };
}

/** What can be done to the host through a device or a class of devices. */
export interface DeviceDanger {
  readonly severity: Severity;
  readonly means: string;
}

const disks: DeviceDanger = {
  severity: "critical",
  means: "read and write the host's disks past every permission",
};
const memory: DeviceDanger = { severity: "critical", means: "read and write the host's memory" };
const all: DeviceDanger = { severity: "critical", means: "use every device of the host, its disks included" };

const dangers: readonly (readonly [path: RegExp, danger: DeviceDanger])[] = [
  [/^\/dev$/, all],
  [/^\/dev\/(?:mem|kmem|port)$/, memory],
  [/^\/dev\/(?:[hsv]d[a-z]{1,2}|xvd[a-z]{1,2}|nvme\d|mmcblk\d|md\d|dm-\d|mapper\/|disk\/|block\/)/, disks],
  [
    /^\/dev\/loop(?:-control|\d{1,3})$/,
    { severity: "medium", means: "attach files as disks of the host's kernel" },
  ],
  [/^\/dev\/kmsg$/, { severity: "low", means: "read the messages of the host's kernel" }],
  [/^\/dev\/kvm$/, { severity: "low", means: "start virtual machines, and attack the host's hypervisor" }],
  [
    /^\/dev\/fuse$/,
    { severity: "low", means: "make file systems, and attack that part of the host's kernel" },
  ],
];

/** What a device is dangerous for; undefined for a camera, a sound card, a serial line and the like. */
export function dangerOfDevice({ path, permissions }: HostDevice): DeviceDanger | undefined {
  const danger = dangers.find(([pattern]) => pattern.test(path))?.[1];
  return danger === disks && !permissions.includes("w")
    ? { severity: "high", means: "read the host's disks past every permission" }
    : danger;
}

/**
 * What a rule of `device_cgroup_rules` opens, by the kernel's list of device numbers
 * (https://docs.kernel.org/admin-guide/devices.html); undefined for single harmless devices.
 */
export function dangerOfDeviceRule(rule: string): DeviceDanger | undefined {
  const match = /^([abc])(?:\s{1,9}(\d{1,4}|\*):(\d{1,7}|\*))?(?:\s{1,9}[rwm]{1,3})?$/.exec(rule.trim());
  if (match === null) return undefined;
  const [, kind, major = "*"] = match;
  if (kind === "a") return all;
  if (kind === "b")
    return ["*", "3", "8", "65", "179", "202", "252", "253", "254", "259"].includes(major)
      ? disks
      : undefined;
  if (major === "*")
    return { severity: "high", means: "use every device that is no disk, the host's memory included" };
  return major === "1" && ["1", "2", "4", "*"].includes(match[3] ?? "*") ? memory : undefined;
}
