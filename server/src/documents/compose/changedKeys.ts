import type { YamlNode } from "../yaml/tree";

/** A map with the text that it stands in, and where its last lines end. */
interface Written {
  readonly body: YamlNode;
  readonly text: string;
  readonly end: number;
}

/** The keys of a map that are written otherwise than before, or that are new or gone; `undefined` where it cannot be told. */
export function changedKeys(before: Written, after: Written): ReadonlySet<string> | undefined {
  if (before.body.tag !== after.body.tag) return undefined;
  const old = writtenKeys(before);
  const now = writtenKeys(after);
  if (old === undefined || now === undefined) return undefined;
  const changed = new Set<string>();
  for (const [key, text] of now) if (old.get(key) !== text) changed.add(key);
  for (const key of old.keys()) if (!now.has(key)) changed.add(key);
  // What it takes over may be any key.
  return changed.has("<<") ? undefined : changed;
}

/** Each key's text, from its first character to the next key. */
function writtenKeys({ body, text, end }: Written): ReadonlyMap<string, string> | undefined {
  if (body.kind !== "map") return undefined;
  const keys = new Map<string, string>();
  for (let at = 0; at < body.pairs.length; at++) {
    const { key } = body.pairs[at]!;
    if (key.kind !== "scalar") return undefined;
    keys.set(key.value, text.slice(key.span.start, body.pairs[at + 1]?.key.span.start ?? end));
  }
  return keys;
}
