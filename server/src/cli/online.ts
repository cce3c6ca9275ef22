import { parseImageReference } from "../documents/imageReference";
import type { Asking } from "../registry/askedImages";
import { createRegistryClient, type RegistryClient } from "../registry/client";
import { type Terminal, UsageError } from "./terminal";

/** What the commands that may ask registries have in common. Without `online` nothing is ever sent. */
export interface OnlineArgs {
  readonly online: boolean;
  /** Registries to ask beside those that anybody may ask. */
  readonly registries: readonly string[];
}

export const onlineOptions = {
  online: { type: "boolean" },
  registry: { type: "string", multiple: true },
} as const;

/** Reads {@link onlineOptions}. */
export function readOnline(values: {
  readonly online?: boolean | undefined;
  readonly registry?: readonly string[] | undefined;
}): OnlineArgs {
  const registries = (values.registry ?? []).map((host) => {
    // A host is what a reference can begin with.
    if (parseImageReference(`${host}/image`)?.domain === host) return host.toLowerCase();
    throw new UsageError(
      `--registry takes a host such as registry.example.com, not ${JSON.stringify(host.slice(0, 60))}`,
    );
  });
  const online = values.online ?? false;
  if (!online && registries.length > 0) throw new UsageError("--registry goes with --online");
  return { online, registries };
}

/** What asks registries, or `undefined` where the user has not allowed it. */
export async function askingOf(args: OnlineArgs, terminal: Terminal): Promise<Asking | undefined> {
  if (!args.online) return undefined;
  const ports = await terminal.registryPorts();
  return {
    client: createRegistryClient(ports, () => args.registries),
    hashing: ports.hashing,
    keyless: () => terminal.keylessVerifier(),
    signal: terminal.signal,
  };
}

/** The client alone. */
export async function clientOf(args: OnlineArgs, terminal: Terminal): Promise<RegistryClient | undefined> {
  return (await askingOf(args, terminal))?.client;
}
