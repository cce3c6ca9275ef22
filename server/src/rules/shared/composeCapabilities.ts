import type { Item, Service } from "../../documents/compose/model";
import { capabilityName } from "./capabilities";

/** The name of a capability in upper case, without `CAP_`; undefined where it stands in a variable. */
export function capabilityOf(item: Item): string | undefined {
  return item.value === undefined ? undefined : capabilityName(item.value);
}

/** Whether a service adds a capability by name. */
export function addsCapability(service: Service, name: string): boolean {
  return (service.capAdd?.value ?? []).some((item) => capabilityOf(item) === name);
}
