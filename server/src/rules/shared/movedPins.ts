import type { ImageReference } from "../../documents/imageReference";
import type { Facts } from "../../engine/facts";
import type { Fix } from "../../engine/finding";
import type { Span } from "../../text/span";

/** The tag of a pinned image, and how the pin stands to it. */
export type PinVerdict =
  | { readonly kind: "moved"; readonly digest: string }
  | { readonly kind: "gone" }
  | { readonly kind: "unknown"; readonly reason: string };

/** `undefined` for an image that is not pinned by tag and digest, whose pin is current, or that nobody was asked about. */
export function pinVerdict(reference: ImageReference, { tagDigests }: Facts): PinVerdict | undefined {
  if (reference.tag === undefined || reference.digest === undefined) return undefined;
  const fact = tagDigests?.get(reference.source);
  if (fact === undefined || (fact.state === "known" && fact.value === reference.digest)) return undefined;
  if (fact.state === "unknown") return { kind: "unknown", reason: fact.reason };
  return fact.state === "absent" ? { kind: "gone" } : { kind: "moved", digest: fact.value };
}

/** Writes the digest that the tag stands for now, where the reference is written out. */
export function movePin(
  reference: ImageReference,
  text: string,
  { start, end }: Span,
  digest: string,
): readonly Fix[] {
  const old = reference.spans.digest;
  if (old === undefined || text.slice(start, end) !== reference.source) return [];
  const edit = { start: start + old.start, end: start + old.end, text: digest };
  return [{ title: "Move the pin to what the tag stands for now", safety: "unsafe", edits: [edit] }];
}
