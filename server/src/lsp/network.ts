import type { RegistryPorts } from "../platform/ports";
import type { Asking } from "../registry/askedImages";
import { createRegistryClient, type RegistryClient } from "../registry/client";
import type { ServerPorts } from "./server";
import type { Settings } from "./settings";

/** Whether, and through what, this server may ask registries. */
export interface Network {
  /** Whether it may be asked by these settings: they say so, the workspace is trusted, and this is no browser. */
  isOn(settings: Settings): boolean;
  /** What asks. Only where {@link isOn}; nothing of it is loaded before. */
  client(settings: Settings): Promise<RegistryClient>;
  /** The same with what signatures are verified with. */
  asking(settings: Settings): Promise<Asking>;
  /** The user has decided to trust the workspace. */
  trust(): void;
}

/**
 * @param trusted whether the workspace is trusted at the start; editors that know no such thing trust all of them
 */
export function createNetwork(
  ports: Pick<ServerPorts, "registryPorts" | "keylessVerifier">,
  trusted: boolean,
): Network {
  const { registryPorts, keylessVerifier: keyless } = ports;
  let isTrusted = trusted;
  let named: readonly string[] = [];
  let made: Promise<Asking> | undefined;
  const create = async (load: () => Promise<RegistryPorts>): Promise<Asking> => {
    const loaded = await load();
    return { client: createRegistryClient(loaded, () => named), hashing: loaded.hashing, keyless };
  };
  const isOn = (settings: Settings): boolean => settings.network && isTrusted && registryPorts !== undefined;
  const asking = (settings: Settings): Promise<Asking> => {
    if (registryPorts === undefined || !isOn(settings)) throw new Error("the network is not switched on");
    named = settings.networkRegistries;
    made ??= create(registryPorts);
    return made;
  };
  return {
    isOn,
    asking,
    client: async (settings) => (await asking(settings)).client,
    trust: () => {
      isTrusted = true;
    },
  };
}
