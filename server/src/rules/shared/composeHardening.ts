import { type Addition, addServiceKeys, appendToList } from "../../documents/compose/edits";
import type { ComposeDocument, Item, Service } from "../../documents/compose/model";
import type { Fix } from "../../engine/finding";
import { replaceSpan, type TextEdit } from "../../text/edit";
import { unsafeFix } from "./composeFix";
import { shorten } from "./shorten";

/** What a service says of gaining privileges. */
export type NewPrivileges =
  | { readonly state: "forbidden" | "unsaid" | "unknown" }
  | { readonly state: "allowed"; readonly item: Item };

/** Reads `no-new-privileges` in the spellings that the engine takes; the last one counts. */
export function newPrivilegesOf(service: Service): NewPrivileges {
  let state: NewPrivileges = { state: "unsaid" };
  for (const item of service.securityOpt?.value ?? []) {
    if (item.value === undefined) state = { state: "unknown" };
    const match = /^no-new-privileges(?:\s*[:=]\s*(true|false|1|0|t|f))?$/i.exec(item.value?.trim() ?? "");
    if (match === null) continue;
    state = /^[f0]/i.test(match[1] ?? "true") ? { state: "allowed", item } : { state: "forbidden" };
  }
  return state;
}

/** Whether a service drops every capability; `unknown` where a variable may say so. */
export function dropsAll(service: Service): boolean | "unknown" {
  const items = service.capDrop?.value ?? [];
  if (items.some((item) => /^(?:cap_)?all$/i.test(item.value?.trim() ?? ""))) return true;
  return items.some((item) => item.value === undefined) ? "unknown" : false;
}

/**
 * Whether a missing key may be reported: the service is whole, not an addition to one of another file, and is not
 * privileged, where the key would change nothing and a graver rule speaks.
 */
export function canJudgeAbsence(service: Service): boolean {
  if (service.overlay || !service.complete || service.fields.has("provider")) return false;
  return service.privileged === undefined || service.privileged.value === false;
}

const noNewPrivileges = "no-new-privileges:true";

/** The edit that forbids new privileges; undefined where the list is shared with other services. */
export function forbidNewPrivileges(document: ComposeDocument, service: Service): TextEdit | undefined {
  const current = newPrivilegesOf(service);
  if (current.state === "allowed") return replaceSpan(current.item.span, noNewPrivileges);
  const field = service.securityOpt;
  if (field !== undefined) return appendToList(document, field, noNewPrivileges);
  return addServiceKeys(document, service, [{ key: "security_opt", items: [noNewPrivileges] }]);
}

/** The edit that drops every capability; undefined where the list is shared with other services. */
export function dropCapabilities(document: ComposeDocument, service: Service): TextEdit | undefined {
  const field = service.capDrop;
  if (field !== undefined) return appendToList(document, field, "ALL");
  return addServiceKeys(document, service, [{ key: "cap_drop", items: ["ALL"] }]);
}

/** One action for all that hardens a service; none where a single key is missing, which has its own fix. */
export function hardenFixes(document: ComposeDocument, service: Service): readonly Fix[] {
  if (dropsAll(service) !== false || !["unsaid", "allowed"].includes(newPrivilegesOf(service).state))
    return [];
  const edits: (TextEdit | undefined)[] = [];
  const additions: Addition[] = [];
  if (service.capDrop === undefined) additions.push({ key: "cap_drop", items: ["ALL"] });
  else edits.push(dropCapabilities(document, service));
  if (service.securityOpt === undefined) additions.push({ key: "security_opt", items: [noNewPrivileges] });
  else edits.push(forbidNewPrivileges(document, service));
  if (additions.length > 0) edits.push(addServiceKeys(document, service, additions));
  return unsafeFix(`Harden service "${shorten(service.name, 32)}"`, ...edits);
}
