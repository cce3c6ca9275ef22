import type { Service } from "../../documents/compose/model";
import { isLoopback } from "./composePublished";

/** Whether a service can be reached from other machines: by a port that is published beyond this one, or on the host's network. */
export function isReachable(service: Service): boolean {
  return service.networkMode?.value.value === "host" || service.ports.some((port) => !isLoopback(port));
}
