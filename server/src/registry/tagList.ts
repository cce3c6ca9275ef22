import type { ImageReference } from "../documents/imageReference";
import type { Fact } from "../engine/facts";
import { maxManifestBytes, maxTagPages } from "../limits";
import type { Exchange } from "./exchange";
import { listOf, parseJson } from "./json";
import { unknown } from "./unknown";

/**
 * All tags of a repository (https://distribution.github.io/distribution/spec/api/#listing-image-tags). Where a registry
 * hands them out in pages, the next one is asked for by the last tag, so that no address of its making is followed.
 */
export async function listTags(
  exchange: Exchange["ask"],
  reference: ImageReference,
  signal: AbortSignal | undefined,
): Promise<Fact<readonly string[]>> {
  const tags: string[] = [];
  let what = "tags/list";
  for (let page = 0; page < maxTagPages; page++) {
    const answer = await exchange(reference, { method: "GET", what, maxBytes: maxManifestBytes, signal });
    if (answer.state !== "known") return answer;
    const root = parseJson(answer.value.body);
    const names = listOf(root, "tags").filter((tag): tag is string => isTag(tag));
    tags.push(...names);
    const hasMore = /;\s{0,9}rel="?next"?/.test((answer.value.header("link") ?? "").slice(0, 2_000));
    const last = names.at(-1);
    if (!hasMore || last === undefined) return { state: "known", value: tags };
    what = `tags/list?n=1000&last=${encodeURIComponent(last)}`;
  }
  return unknown(`${reference.domain} has more tags of ${reference.familiar} than are looked at`);
}

function isTag(tag: unknown): boolean {
  return typeof tag === "string" && /^\w[\w.-]{0,127}$/.test(tag);
}
