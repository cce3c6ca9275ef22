import type { ImageReference } from "../../documents/imageReference";

/** Registries that are frozen, and where the same repositories are now. */
const moved: ReadonlyMap<string, string> = new Map([
  // https://kubernetes.io/blog/2023/02/06/k8s-gcr-io-freeze-announcement/
  ["k8s.gcr.io", "registry.k8s.io"],
]);

/** The registry that has taken over from an image's own; `undefined` where that is still in use. */
export function movedRegistry({ domain }: ImageReference): string | undefined {
  return moved.get(domain);
}
