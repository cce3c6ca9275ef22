import type { Fact } from "../engine/facts";
import type { RegistryClient } from "./client";
import type { ImagePlace } from "./imagePlaces";

/**
 * Asks what the tags of pinned images stand for now, each once. Images without a digest are not asked about: their tag
 * is what they are.
 * @returns by reference, for `Facts.tagDigests`
 */
export async function tagDigestsOf(
  places: readonly ImagePlace[],
  client: RegistryClient,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Fact<string>>> {
  const pinned = new Map(
    places
      .filter(({ reference }) => reference.tag !== undefined && reference.digest !== undefined)
      .map(({ reference }) => [reference.source, reference]),
  );
  const answers = [...pinned].map(
    async ([source, reference]) => [source, await client.digestOf(reference, signal)] as const,
  );
  return new Map(await Promise.all(answers));
}
