import type { ImageReference } from "../documents/imageReference";
import type { Fact } from "../engine/facts";
import {
  failureLifetime,
  maxManifestBytes,
  maxRegistryAnswers,
  maxRegistryBlobBytes,
  tagLifetime,
} from "../limits";
import type { HttpResponse, RegistryPorts } from "../platform/ports";
import { createExchange, type Question } from "./exchange";
import {
  acceptManifests,
  type Descriptor,
  isDigest,
  type Manifest,
  manifestTypeOf,
  parseManifest,
} from "./manifest";
import { listTags } from "./tagList";
import { type Unknown, unknown } from "./unknown";

/** A manifest and what it is known by. */
export interface Fetched {
  readonly digest: string;
  readonly manifest: Manifest;
}

/**
 * Asks registries about images. Each question is put once: whoever asks the same meanwhile waits for the same answer,
 * an answer about a tag counts for some minutes, and what is named by its digest is kept on the disk. An image that is
 * there is *known*, one that the registry denies is *absent*, and everything else is *unknown* with the reason.
 */
export interface RegistryClient {
  /** The digest that a tag stands for now, by a question that costs no pull. An index's own where there is one. */
  digestOf(reference: ImageReference, signal?: AbortSignal): Promise<Fact<string>>;
  /** The manifest with a digest; its content has that digest. */
  manifest(reference: ImageReference, digest: string, signal?: AbortSignal): Promise<Fact<Fetched>>;
  /** The manifest that a tag other than the reference's stands for now. */
  tagged(reference: ImageReference, tag: string, signal?: AbortSignal): Promise<Fact<Fetched>>;
  /** A configuration, a signature, an attestation: never a layer, which would be too large. */
  blob(reference: ImageReference, descriptor: Descriptor, signal?: AbortSignal): Promise<Fact<Uint8Array>>;
  /** What says of itself that it belongs to a digest, by the API for that; *absent* where the registry has none. */
  referrers(reference: ImageReference, digest: string, signal?: AbortSignal): Promise<Fact<Manifest>>;
  /** Why the registry of an image may not be asked, and none of its images scanned; `undefined` where it may. */
  refusalOf(reference: ImageReference): Promise<string | undefined>;
  /** All tags of the repository. */
  tags(reference: ImageReference, signal?: AbortSignal): Promise<Fact<readonly string[]>>;
}

/** What a reference without a tag means. */
export const defaultTag = "latest";

/**
 * @param named registries that the user has named beside those that anybody may ask; asked anew each time
 */
export function createRegistryClient(
  ports: RegistryPorts,
  named: () => readonly string[] = () => [],
): RegistryClient {
  const { cache, hashing, clock } = ports;
  const { ask: exchange, refusalOf } = createExchange(ports, named);
  const once = createOnce(() => clock.now());

  const fetchManifest = async (
    reference: ImageReference,
    what: string,
    signal?: AbortSignal,
  ): Promise<Fact<Fetched & { readonly content: Uint8Array }>> => {
    const question: Question = {
      ...{ method: "GET", what, accept: acceptManifests, maxBytes: maxManifestBytes },
      signal,
    };
    const answer = await exchange(reference, question);
    if (answer.state !== "known") return answer;
    const { body } = answer.value;
    const type = manifestTypeOf(answer.value.header("content-type"));
    const manifest = type === undefined ? undefined : parseManifest(body);
    if (manifest === undefined) return noRegistry(reference, answer.value);
    const digest = `sha256:${hashing.sha256(body)}`;
    const told = answer.value.header("docker-content-digest");
    if (told !== undefined && told !== digest)
      return unknown(`${reference.domain} says another digest than that of what it sends`);
    return { state: "known", value: { digest, manifest, content: body } };
  };

  const byDigest = async (
    reference: ImageReference,
    digest: string,
    ask: () => Promise<Fact<Uint8Array>>,
  ): Promise<Fact<Uint8Array>> => {
    if (!isDigest(digest)) return unknown("its digest is of a kind that cannot be checked here");
    const fits = (content: Uint8Array): boolean => `sha256:${hashing.sha256(content)}` === digest;
    const kept = await cache.get(digest);
    if (kept !== undefined && fits(kept)) return { state: "known", value: kept };
    const answer = await ask();
    if (answer.state !== "known") return answer;
    if (!fits(answer.value))
      return unknown(`${reference.domain} sends something else than what was asked for`);
    await cache.put(digest, answer.value);
    return answer;
  };

  return {
    digestOf: (reference, signal) => {
      const tag = reference.tag ?? defaultTag;
      return once(`digest ${reference.name}:${tag}`, signal, async (): Promise<Fact<string>> => {
        const answer = await exchange(reference, {
          ...{ method: "HEAD", what: `manifests/${tag}`, accept: acceptManifests, maxBytes: 0 },
          signal,
        });
        if (answer.state !== "known") return answer;
        if (manifestTypeOf(answer.value.header("content-type")) === undefined)
          return noRegistry(reference, answer.value);
        const digest = answer.value.header("docker-content-digest");
        if (isDigest(digest)) return { state: "known", value: digest };
        if (digest !== undefined) return unknown(`${reference.domain} answered with a digest that is none`);
        // Not every registry tells the digest; then its content does.
        const fetched = await fetchManifest(reference, `manifests/${tag}`, signal);
        return fetched.state === "known" ? { state: "known", value: fetched.value.digest } : fetched;
      });
    },
    manifest: (reference, digest, signal) =>
      once(`manifest ${reference.name}@${digest}`, signal, async () => {
        const content = await byDigest(reference, digest, async () => {
          const fetched = await fetchManifest(reference, `manifests/${digest}`, signal);
          return fetched.state === "known" ? { state: "known", value: fetched.value.content } : fetched;
        });
        if (content.state !== "known") return content;
        const manifest = parseManifest(content.value);
        return manifest === undefined
          ? unknown(`${digest} of ${reference.familiar} is no manifest`)
          : { state: "known", value: { digest, manifest } };
      }),
    tagged: (reference, tag, signal) =>
      once(`tag ${reference.name}:${tag}`, signal, async () => {
        const fetched = await fetchManifest(reference, `manifests/${tag}`, signal);
        if (fetched.state !== "known") return fetched;
        const { digest, manifest } = fetched.value;
        return { state: "known", value: { digest, manifest } };
      }),
    blob: (reference, descriptor, signal) => {
      const { digest, size } = descriptor;
      if (size > maxRegistryBlobBytes) return Promise.resolve(unknown("it is too large to be looked at"));
      return once(`blob ${reference.name}@${digest}`, signal, () =>
        byDigest(reference, digest, async () => {
          const question: Question = {
            ...{ method: "GET", what: `blobs/${digest}`, maxBytes: maxRegistryBlobBytes },
            signal,
          };
          const answer = await exchange(reference, question);
          return answer.state === "known" ? { state: "known", value: answer.value.body } : answer;
        }),
      );
    },
    refusalOf,
    tags: (reference, signal) =>
      once(`tags ${reference.name}`, signal, () => listTags(exchange, reference, signal)),
    referrers: (reference, digest, signal) =>
      once(`referrers ${reference.name}@${digest}`, signal, async () => {
        const answer = await exchange(reference, {
          ...{
            method: "GET",
            what: `referrers/${digest}`,
            accept: acceptManifests,
            maxBytes: maxManifestBytes,
          },
          signal,
        });
        if (answer.state !== "known") return answer;
        // Registries without the API answer all sorts of things, their start page among them.
        const type = manifestTypeOf(answer.value.header("content-type"));
        const list = type === undefined ? undefined : parseManifest(answer.value.body);
        return list === undefined ? { state: "absent" } : { state: "known", value: list };
      }),
  };
}

interface Kept {
  readonly answer: Promise<Fact<unknown>>;
  /** Of whoever asked first. */
  readonly signal: AbortSignal | undefined;
  until: number;
}

/** Answers a question once for all who ask it at the same time, and for a while after. */
function createOnce(now: () => number) {
  const answers = new Map<string, Kept>();
  const once = async <T>(
    key: string,
    signal: AbortSignal | undefined,
    ask: () => Promise<Fact<T>>,
  ): Promise<Fact<T>> => {
    const kept = answers.get(key);
    if (kept !== undefined && kept.until > now()) {
      // The key says what kind of an answer it is, so that of another type is never under it.
      const answer = (await kept.answer) as Fact<T>;
      const wasCancelled = kept.signal?.aborted === true && answer.state === "unknown";
      // What somebody else has cancelled is asked for by the next one.
      if (!wasCancelled || signal?.aborted === true) return answer;
      if (answers.get(key) === kept) answers.delete(key);
      return once(key, signal, ask);
    }
    if (answers.size >= maxRegistryAnswers) answers.clear();
    const answer = ask();
    const entry: Kept = { answer, signal, until: Number.POSITIVE_INFINITY };
    answers.set(key, entry);
    const { state } = await answer;
    entry.until = now() + (state === "unknown" ? failureLifetime : tagLifetime);
    return answer;
  };
  return once;
}

function noRegistry({ domain }: ImageReference, response: HttpResponse): Unknown {
  const type = (response.header("content-type") ?? "").split(";", 1)[0]!.trim();
  const shown = /^[\w.+/-]{1,80}$/.test(type) ? type : "something else";
  return unknown(
    `${domain} answered with ${shown} where a manifest was asked for: is there a login page in between?`,
  );
}
