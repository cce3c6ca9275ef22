import { type Addition, appendToList } from "../../documents/compose/edits";
import type { ComposeDocument, Field, Service } from "../../documents/compose/model";
import { placesOf } from "../../documents/yaml/places";
import type { YamlNode } from "../../documents/yaml/tree";
import { replaceSpan, type TextEdit } from "../../text/edit";
import { capabilityOf } from "./composeCapabilities";
import { canJudgeAbsence, dropsAll, newPrivilegesOf, noNewPrivileges } from "./composeHardening";
import { cpuLimit, isUnlimited, memoryLimit, pidsLimit } from "./composeLimits";
import { bindToLoopback } from "./composeLoopback";
import { isOpenToAll, usesOtherNetwork } from "./composePublished";
import { needsOf, type ServiceNeeds } from "./serviceNeeds";

/** What hardening can give a service. */
export type Control =
  | "cap_drop"
  | "no-new-privileges"
  | "read_only"
  | "pids_limit"
  | "mem_limit"
  | "cpus"
  | "ports on 127.0.0.1";

/** A control that a service lacks, and what brings it; no part where it is left out. */
export interface Step {
  readonly control: Control;
  readonly part: Part | undefined;
}

/** Changes to what stands in the service, and keys that it gets. */
export interface Part {
  readonly edits: readonly TextEdit[];
  readonly additions: readonly Addition[];
}

/** What a service lacks, each with what brings it where that is known to work and can be written. */
export function stepsFor(document: ComposeDocument, service: Service): readonly Step[] {
  const needs = needsOf(service);
  const steps: Step[] = [];
  if (canJudgeAbsence(service)) {
    if (dropsAll(service) === false)
      steps.push({ control: "cap_drop", part: dropping(document, service, needs) });
    const { state } = newPrivilegesOf(service);
    if (state === "unsaid" || state === "allowed")
      steps.push({ control: "no-new-privileges", part: forbidding(document, service, needs) });
  }
  if (!service.fields.has("read_only"))
    steps.push({ control: "read_only", part: freezing(document, service, needs) });
  steps.push(...limiting(service, needs));
  steps.push(...binding(document, service, needs));
  return steps;
}

/** Drops every capability but those that the service needs. */
export function dropping(document: ComposeDocument, service: Service, needs: ServiceNeeds): Part | undefined {
  if (needs.capabilities === undefined) return undefined;
  const has = new Set((service.capAdd?.value ?? []).map(capabilityOf));
  const missing = has.has("ALL") ? [] : needs.capabilities.filter((name) => !has.has(name));
  const parts = [listPart(document, service.capDrop, "cap_drop", ["ALL"])];
  if (missing.length > 0) parts.push(listPart(document, service.capAdd, "cap_add", missing));
  return joined(parts);
}

function forbidding(document: ComposeDocument, service: Service, { image }: ServiceNeeds): Part | undefined {
  if (image?.gainsPrivileges !== undefined) return undefined;
  const current = newPrivilegesOf(service);
  if (current.state !== "allowed")
    return listPart(document, service.securityOpt, "security_opt", [noNewPrivileges]);
  const isOwn = current.item.origin.kind === "own" && !isShared(document, current.item.node);
  return isOwn ? { edits: [replaceSpan(current.item.span, noNewPrivileges)], additions: [] } : undefined;
}

/** Makes the container's own files read-only, with a tmpfs where the service needs one. */
export function freezing(document: ComposeDocument, service: Service, needs: ServiceNeeds): Part | undefined {
  if (needs.scratch === undefined) return undefined;
  const readOnly: Part = { edits: [], additions: [{ key: "read_only", value: "true" }] };
  if (needs.scratch.length === 0) return readOnly;
  return joined([readOnly, listPart(document, service.tmpfs, "tmpfs", needs.scratch)]);
}

/** None where the service has `deploy`: its limits belong there, and Compose refuses two that differ. */
function limiting(service: Service, { image }: ServiceNeeds): readonly Step[] {
  const values = {
    pids_limit: `${image?.limits?.pids ?? pidsLimit.value}`,
    mem_limit: image?.limits?.memory ?? memoryLimit.value,
    cpus: cpuLimit.value,
  };
  return ([pidsLimit, memoryLimit, cpuLimit] as const)
    .filter((limit) => isUnlimited(service, limit))
    .map(({ key }) => ({
      control: key,
      part: service.fields.has("deploy")
        ? undefined
        : { edits: [], additions: [{ key, value: values[key] }] },
    }));
}

/** Ports that are there for everybody, 80 and 443 and those of web servers, stay. */
function binding(document: ComposeDocument, service: Service, { image }: ServiceNeeds): readonly Step[] {
  if (usesOtherNetwork(service) || image?.isFrontDoor === true) return [];
  const open = service.ports.filter((port) => {
    const range = port.published === "unknown" || port.published === undefined ? port.target : port.published;
    const isForEverybody = range !== "unknown" && [80, 443].some((at) => range.from <= at && at <= range.to);
    return isOpenToAll(port) && !isForEverybody;
  });
  if (open.length === 0) return [];
  const edits = open.map((port) =>
    port.origin.kind === "own" && !isShared(document, port.node) ? bindToLoopback(document, port) : undefined,
  );
  const made = edits.filter((edit) => edit !== undefined);
  const part = made.length === edits.length ? { edits: made, additions: [] } : undefined;
  return [{ control: "ports on 127.0.0.1", part }];
}

/** Adds to a list, or makes it; undefined where its text is shared or of another form. */
function listPart(
  document: ComposeDocument,
  field: Field<unknown> | undefined,
  key: string,
  items: readonly string[],
): Part | undefined {
  if (field === undefined) return { edits: [], additions: [{ key, items }] };
  if (field.node.anchor !== undefined) return undefined;
  const edit = appendToList(document, field, ...items);
  return edit && { edits: [edit], additions: [] };
}

/** Several parts as one; undefined where one is missing. */
function joined(parts: readonly (Part | undefined)[]): Part | undefined {
  const made = parts.filter((part) => part !== undefined);
  if (made.length < parts.length) return undefined;
  return {
    edits: made.flatMap(({ edits }) => edits),
    additions: made.flatMap(({ additions }) => additions),
  };
}

/** Whether other text may mean an item, or its list, by an alias. */
function isShared(document: ComposeDocument, node: YamlNode): boolean {
  return node.anchor !== undefined || placesOf(document.tree).itemOf(node)?.sequence.anchor !== undefined;
}
