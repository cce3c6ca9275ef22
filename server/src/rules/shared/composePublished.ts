import type { ComposeDocument, PortMapping, PortRange, Service } from "../../documents/compose/model";
import { distinct, type Selected } from "../../documents/compose/select";

/** The ports that services publish on the host, each place of the text once; Compose ignores them where the network is another's. */
export function publishedPorts(document: ComposeDocument): readonly Selected<PortMapping>[] {
  return distinct(
    document,
    (service) => (usesOtherNetwork(service) ? [] : service.ports),
    (port) => port.span,
  );
}

/** Whether Compose ignores the ports of a service, since its network is the host's, another container's, or none. */
export function usesOtherNetwork(service: Service): boolean {
  const mode = service.networkMode?.value.value ?? "";
  return mode === "host" || mode === "none" || /^(?:service|container):/.test(mode);
}

const everyAddress: ReadonlySet<string> = new Set(["0.0.0.0", "::", "*", "0:0:0:0:0:0:0:0"]);

/** Whether a port is open on every address of the host. */
export function isOpenToAll(port: PortMapping): boolean {
  return port.hostIp === undefined || everyAddress.has(port.hostIp);
}

/** Whether a port can be reached from this machine alone. */
export function isLoopback({ hostIp }: PortMapping): boolean {
  return hostIp !== undefined && /^(?:127\.|::1$|localhost$)/.test(hostIp);
}

/** A port for a message: that of the host, or that of the container where Docker picks one. */
export function nameOfPort({ published, target, text }: PortMapping): string {
  const range = published === "unknown" || published === undefined ? target : published;
  return range === "unknown" ? (text?.raw ?? "") : nameOfRange(range);
}

/** `80`, or `8000-8010`. */
export function nameOfRange({ from, to }: PortRange): string {
  return from === to ? `${from}` : `${from}-${to}`;
}
