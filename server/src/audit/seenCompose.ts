import { type NamedFile, secretFilesOf } from "../documents/compose/builds";
import { parseCompose } from "../documents/compose/parse";
import type { Neighbours } from "../documents/neighbours";
import type { ResultCache } from "../platform/ports";

/** What a Compose file says of other files. */
export interface SeenCompose {
  /** Relative to its folder. */
  readonly asked: readonly string[];
  readonly secretFiles: readonly Pick<NamedFile, "path" | "kind">[];
}

/** Reads it out of the model, or asks a cache first: reading Compose files is a third of a run that checks nothing anew. */
export function seenIn(text: string, neighbours: Neighbours, cache: ResultCache | undefined): SeenCompose {
  const { name, overrides, texts, complete } = neighbours;
  const key = cache?.keyOf(["what it names", JSON.stringify([name, overrides, [...texts], complete]), text]);
  const kept = key === undefined ? undefined : cache?.get(key);
  if (kept !== undefined) return JSON.parse(kept) as SeenCompose;
  const document = parseCompose(text, neighbours);
  const seen: SeenCompose = {
    asked: [...document.project.asked],
    secretFiles: secretFilesOf(document).map(({ path, kind }) => ({ path, kind })),
  };
  if (key !== undefined) cache?.put(key, JSON.stringify(seen));
  return seen;
}
