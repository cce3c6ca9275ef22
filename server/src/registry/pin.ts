import type { TextEdit } from "../text/edit";
import { defaultTag, type RegistryClient } from "./client";
import type { ImagePlace } from "./imagePlaces";

/** How an image stands to its digest. */
export type PinState =
  /** It has none: the edit appends that of the tag, keeping the tag for people and bots. */
  | { readonly kind: "unpinned"; readonly digest: string; readonly edit: TextEdit }
  /** Its tag stands for another image by now: the edit moves the digest on. */
  | { readonly kind: "moved"; readonly from: string; readonly digest: string; readonly edit: TextEdit }
  /** Its digest is what the tag stands for. */
  | { readonly kind: "current" }
  /** It is fixed by a digest alone, so that nothing says what would be newer. */
  | { readonly kind: "digest-only" }
  /** Variables make it up, so that there is no place for a digest. */
  | { readonly kind: "variables" }
  /** The registry has no such image. */
  | { readonly kind: "missing"; readonly reason: string }
  | { readonly kind: "unknown"; readonly reason: string };

/** What can be said without a registry: whether there is anything to ask. */
export type OfflinePinState =
  | Extract<PinState, { kind: "digest-only" | "variables" }>
  | { readonly kind: "pinned" | "unpinned" };

/** Says how an image is pinned, without asking anybody. */
export function offlinePinState({ reference, written }: ImagePlace): OfflinePinState {
  if (reference.digest !== undefined) return { kind: reference.tag === undefined ? "digest-only" : "pinned" };
  return { kind: written === undefined ? "variables" : "unpinned" };
}

/**
 * Asks the registry what the tag of an image stands for now. What is to be written has been fetched by its digest and
 * compared with it, so that a wrong answer is never pinned.
 */
export async function pinStateOf(
  place: ImagePlace,
  client: RegistryClient,
  signal?: AbortSignal,
): Promise<PinState> {
  const offline = offlinePinState(place);
  if (offline.kind === "digest-only" || offline.kind === "variables") return offline;
  const { reference } = place;
  const answer = await client.digestOf(reference, signal);
  if (answer.state === "unknown") return { kind: "unknown", reason: answer.reason };
  const tag = reference.tag ?? defaultTag;
  if (answer.state === "absent")
    return { kind: "missing", reason: `${reference.domain} has no ${reference.familiar}:${tag}` };
  const digest = answer.value;
  if (digest === reference.digest) return { kind: "current" };
  const fetched = await client.manifest(reference, digest, signal);
  if (fetched.state !== "known")
    return {
      kind: "unknown",
      reason: fetched.state === "unknown" ? fetched.reason : `${reference.domain} has no ${digest}`,
    };
  const edit = pinEdit(place, digest);
  if (edit === undefined) return { kind: "variables" };
  return reference.digest === undefined
    ? { kind: "unpinned", digest, edit }
    : { kind: "moved", from: reference.digest, digest, edit };
}

/** `name:tag@sha256:…`, the form that Docker, Dependabot and Renovate read and write. */
function pinEdit({ reference, written }: ImagePlace, digest: string): TextEdit | undefined {
  if (written === undefined) return undefined;
  const { digest: old } = reference.spans;
  if (old !== undefined)
    return { start: written.start + old.start, end: written.start + old.end, text: digest };
  const tag = reference.tag === undefined ? `:${defaultTag}` : "";
  return { start: written.end, end: written.end, text: `${tag}@${digest}` };
}
