import { addServiceKeys, appendToList } from "../../documents/compose/edits";
import type { ComposeDocument, Item, Service } from "../../documents/compose/model";
import { replaceSpan, type TextEdit } from "../../text/edit";

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
 * Whether a missing key may be reported: the service is whole, and is not privileged, where the key would change
 * nothing and a graver rule speaks.
 */
export function canJudgeAbsence(service: Service): boolean {
  return isWhole(service) && (service.privileged === undefined || service.privileged.value === false);
}

/** Whether every key of a container is known: it is no addition to a service of another file, and no provider's. */
export function isWhole(service: Service): boolean {
  return !service.overlay && service.complete && !service.fields.has("provider");
}

/** What forbids a service to gain privileges. */
export const noNewPrivileges = "no-new-privileges:true";

/** The edit that forbids new privileges; undefined where the list is shared with other services. */
export function forbidNewPrivileges(document: ComposeDocument, service: Service): TextEdit | undefined {
  const current = newPrivilegesOf(service);
  if (current.state === "allowed") return replaceSpan(current.item.span, noNewPrivileges);
  const field = service.securityOpt;
  if (field !== undefined) return appendToList(document, field, noNewPrivileges);
  return addServiceKeys(document, service, [{ key: "security_opt", items: [noNewPrivileges] }]);
}
