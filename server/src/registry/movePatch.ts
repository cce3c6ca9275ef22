import type { TextEdit } from "../text/edit";
import type { RegistryClient } from "./client";
import type { ImagePlace } from "./imagePlaces";
import { isVersionWithPatch, newestPatch } from "./versionLine";

/** What became of moving an image on to the newest patch of its line. */
export type PatchMove =
  | { readonly kind: "newer"; readonly tag: string; readonly edits: readonly TextEdit[] }
  /** There is none that is newer. */
  | { readonly kind: "newest" }
  | { readonly kind: "unknown"; readonly reason: string };

/** Whether an image's tag says a version exactly enough for a later patch of it, in a place that can be changed. */
export function mayMoveToPatch({ reference: { tag }, written }: ImagePlace): boolean {
  return tag !== undefined && written !== undefined && isVersionWithPatch(tag);
}

/**
 * Moves an image on to the newest patch of its line; a pinned one is pinned again, to what the newer tag stands for, which has
 * been fetched by its digest and compared with it.
 */
export async function moveToNewestPatch(
  { reference, written }: ImagePlace,
  client: RegistryClient,
  signal?: AbortSignal,
): Promise<PatchMove> {
  const { tag, digest, spans } = reference;
  if (tag === undefined || spans.tag === undefined || written === undefined)
    return { kind: "unknown", reason: "it has no tag that could be moved" };
  const tags = await client.tags(reference, signal);
  if (tags.state !== "known") return unknownFor(tags, `${reference.domain} has no list of its tags`);
  const newer = newestPatch(tag, tags.value);
  if (newer === undefined) return { kind: "newest" };
  const edits: TextEdit[] = [
    { start: written.start + spans.tag.start, end: written.start + spans.tag.end, text: newer },
  ];
  if (digest !== undefined && spans.digest !== undefined) {
    const fetched = await client.tagged(reference, newer, signal);
    if (fetched.state !== "known") return unknownFor(fetched, `${reference.domain} has no tag ${newer}`);
    edits.push({
      start: written.start + spans.digest.start,
      end: written.start + spans.digest.end,
      text: fetched.value.digest,
    });
  }
  return { kind: "newer", tag: newer, edits };
}

function unknownFor(
  fact: { readonly state: "absent" } | { readonly state: "unknown"; readonly reason: string },
  absent: string,
): PatchMove {
  return { kind: "unknown", reason: fact.state === "unknown" ? fact.reason : absent };
}
