import type { RegistryPorts } from "../platform/ports";
import { createRegistryClient, type RegistryClient } from "../registry/client";
import type { ServerPorts } from "./server";
import type { Settings } from "./settings";

/** Whether, and through what, this server may ask registries. */
export interface Network {
  /** Whether it may be asked by these settings: they say so, the workspace is trusted, and this is no browser. */
  isOn(settings: Settings): boolean;
  /** What asks. Only where {@link isOn}; nothing of it is loaded before. */
  client(settings: Settings): Promise<RegistryClient>;
  /** The user has decided to trust the workspace. */
  trust(): void;
}

/**
 * @param trusted whether the workspace is trusted at the start; editors that know no such thing trust all of them
 */
export function createNetwork(ports: Pick<ServerPorts, "registryPorts">, trusted: boolean): Network {
  const { registryPorts } = ports;
  let isTrusted = trusted;
  let named: readonly string[] = [];
  let client: Promise<RegistryClient> | undefined;
  const create = async (load: () => Promise<RegistryPorts>): Promise<RegistryClient> =>
    createRegistryClient(await load(), () => named);
  const isOn = (settings: Settings): boolean => settings.network && isTrusted && registryPorts !== undefined;
  return {
    isOn,
    client: (settings) => {
      if (registryPorts === undefined || !isOn(settings)) throw new Error("the network is not switched on");
      named = settings.networkRegistries;
      client ??= create(registryPorts);
      return client;
    },
    trust: () => {
      isTrusted = true;
    },
  };
}
