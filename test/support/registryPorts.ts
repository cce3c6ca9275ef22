import { nodeHttp } from "../../server/src/platform/nodeHttp";
import { nodeHashing } from "../../server/src/platform/nodeRegistry";
import type { DockerSettings, RegistryPorts } from "../../server/src/platform/ports";

/** Ports on a real network with nothing of this machine's user: no login, and a cache in memory. */
export function testPorts(
  setup: {
    /** The text of a `config.json`. */
    readonly config?: unknown;
    readonly askHelper?: DockerSettings["askHelper"];
    readonly now?: () => number;
  } = {},
): RegistryPorts & { readonly kept: Map<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>();
  return {
    kept,
    http: nodeHttp,
    hashing: nodeHashing,
    cache: {
      get: async (digest) => kept.get(digest),
      put: async (digest, content) => void kept.set(digest, content),
    },
    docker: {
      readConfig: async () =>
        setup.config === undefined
          ? { state: "absent" }
          : { state: "read", text: JSON.stringify(setup.config) },
      askHelper: setup.askHelper ?? (() => Promise.reject(new Error("it is not installed"))),
    },
    clock: { now: setup.now ?? Date.now },
  };
}
