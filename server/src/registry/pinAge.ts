import type { ImageReference } from "../documents/imageReference";
import type { Fact } from "../engine/facts";
import { mostNewerTags } from "../shown";
import type { RegistryClient } from "./client";
import { ageInWords } from "./describe";
import { createdOf, readImage } from "./imageConfig";
import { newerTags } from "./versionLine";

/** How old a pin has become. */
export interface PinAge {
  /** When what is pinned was made, ISO 8601; *absent* where the image does not say. */
  readonly created: Fact<string>;
  /** The digest that the tag stands for now. */
  readonly tagDigest: Fact<string>;
  /** Later versions of the same line, the newest last. */
  readonly newer: Fact<readonly string[]>;
}

/**
 * Asks how old a pin is; `undefined` for a reference that is not pinned, or has no tag to compare with. What is named by its
 * digest is asked for once and kept.
 */
export async function pinAgeOf(
  reference: ImageReference,
  client: RegistryClient,
  signal?: AbortSignal,
): Promise<PinAge | undefined> {
  const { tag, digest } = reference;
  if (tag === undefined || digest === undefined) return undefined;
  const [read, tagDigest, tags] = await Promise.all([
    readImage(reference, digest, client, signal),
    client.digestOf(reference, signal),
    client.tags(reference, signal),
  ]);
  const created: Fact<string> = read.state === "known" ? createdOf(read.value.top, read.value.config) : read;
  const newer: Fact<readonly string[]> =
    tags.state === "known" ? { state: "known", value: newerTags(tag, tags.value) } : tags;
  return { created, tagDigest, newer };
}

/**
 * An age in a few words, for a hint: `3 weeks old · 2 newer`. What is not known is said.
 * @param now milliseconds since the epoch
 */
export function describePinAge(
  { created, tagDigest, newer }: PinAge,
  pinned: string | undefined,
  now: number,
): { readonly label: string; readonly detail: readonly string[] } {
  const age = created.state === "known" ? `${ageInWords(created.value, now)} old` : "age not known";
  const hasMoved = tagDigest.state === "known" && tagDigest.value !== pinned;
  const count = newer.state === "known" ? newer.value.length : 0;
  const label = [age, hasMoved ? "tag has moved" : [], count > 0 ? `${count} newer` : []].flat().join(" · ");
  const detail = [
    created.state === "known"
      ? `Made on ${created.value.slice(0, 10)}`
      : `When it was made is not known: ${created.state === "unknown" ? created.reason : "the image does not say"}`,
    tagDigest.state === "known"
      ? hasMoved
        ? "Its tag stands for another image by now"
        : "It is what its tag stands for"
      : `What its tag stands for is not known: ${tagDigest.state === "unknown" ? tagDigest.reason : "the tag is gone"}`,
    newer.state === "known"
      ? count > 0
        ? `Newer of the same line: ${newer.value.slice(-mostNewerTags).join(", ")}`
        : "No newer version of the same line"
      : `Newer versions are not known: ${newer.state === "unknown" ? newer.reason : "the registry has no list of tags"}`,
  ];
  return { label, detail };
}
