import { addServiceKeys } from "../../documents/compose/edits";
import type { ComposeDocument, Field, Service, Text } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import type { Fix } from "../../engine/finding";
import { replaceSpan } from "../../text/edit";
import type { Span } from "../../text/span";
import { spanOfField, unsafeFix } from "./composeFix";
import { isWhole } from "./composeHardening";

/** A limit of a service, and the value to start from. */
export interface LimitKind {
  /** In both places: `deploy.resources.limits`, and the older keys. */
  readonly read: (service: Service) => Field<Text> | undefined;
  /** The older key, which Compose takes beside everything else. */
  readonly key: string;
  /** As written in YAML. */
  readonly value: string;
  /** Other keys that bound the same. */
  readonly alternatives?: readonly string[];
}

/** Processes and threads together. */
export const pidsLimit = {
  read: (service: Service) => service.limits.pids,
  key: "pids_limit",
  value: "200",
} as const satisfies LimitKind;

export const memoryLimit = {
  read: (service: Service) => service.limits.memory,
  key: "mem_limit",
  value: "512m",
} as const satisfies LimitKind;

/** Processors, which may be parts of one. */
export const cpuLimit = {
  read: (service: Service) => service.limits.cpus,
  key: "cpus",
  value: "1",
  alternatives: ["cpuset", "cpu_shares", "cpu_percent"],
} as const satisfies LimitKind;

/** Whether nothing is said of a limit, not even that there shall be none. */
export function isUnlimited(service: Service, limit: LimitKind): boolean {
  return (
    limit.read(service) === undefined && limit.alternatives?.some((key) => service.fields.has(key)) !== true
  );
}

/** A service without a limit. */
export interface Unlimited {
  readonly service: Service;
  /** `missing`: nothing is said. `lifted`: the limit is written as 0 or -1, which means none. */
  readonly state: "missing" | "lifted";
  readonly at: Span;
  readonly fixes: readonly Fix[];
}

/** The services that a limit does not bound. One whose limit is in a variable is bounded, and a lifted one is reported where it is written. */
export function unlimitedServices(document: ComposeDocument, limit: LimitKind): readonly Unlimited[] {
  return [...lifted(document, limit), ...missing(document, limit)];
}

function lifted(document: ComposeDocument, limit: LimitKind): readonly Unlimited[] {
  return distinct(
    document,
    (service) => [limit.read(service)],
    (field) => field.keySpan,
  ).flatMap(({ service, part: field }): Unlimited[] => {
    if (!/^["']?(?:-1|0)(?:\.0{1,9})?[bkmg]?b?$/i.test(field.value.value?.trim() ?? "")) return [];
    const fixes = unsafeFix(`Limit to ${limit.value}`, replaceSpan(field.valueSpan, limit.value));
    return [{ service, state: "lifted", at: spanOfField(field), fixes }];
  });
}

function missing(document: ComposeDocument, limit: LimitKind): readonly Unlimited[] {
  return document.services.flatMap((service): Unlimited[] => {
    if (!isWhole(service) || !isUnlimited(service, limit)) return [];
    return [{ service, state: "missing", at: service.nameSpan, fixes: addLimit(document, service, limit) }];
  });
}

/** None where the service has `deploy`: its limits belong there, and Compose refuses two that differ. */
function addLimit(document: ComposeDocument, service: Service, { key, value }: LimitKind): readonly Fix[] {
  if (service.fields.has("deploy")) return [];
  return unsafeFix(`Add ${key}: ${value}`, addServiceKeys(document, service, [{ key, value }]));
}
