import type { ComposeDocument } from "../documents/compose/model";
import { parseCompose } from "../documents/compose/parse";
import { joinRelative, type Neighbours, type NeighbourText } from "../documents/neighbours";
import { maxFileBytes, maxNeighbourLength, maxNeighbours } from "../limits";
import type { Files } from "../platform/ports";
import { isWithin, joinPath, nameOf, parentOf } from "./paths";

/** Reads the files that others name, each once. */
export interface NeighbourReader {
  /**
   * @param path absolute
   * @param boundary the folder beyond which nothing is read, absolute and with every link followed
   */
  textOf(path: string, boundary: string): Promise<NeighbourText>;
  /** Whether the file at a path has been looked for. */
  knows(path: string): boolean;
}

export function createNeighbourReader(files: Files): NeighbourReader {
  const known = new Map<string, Promise<NeighbourText>>();
  const paths = new Set<string>();
  return {
    knows: (path) => paths.has(path),
    textOf(path, boundary) {
      const key = JSON.stringify([path, boundary]);
      const text = known.get(key) ?? read(files, path, boundary);
      known.set(key, text);
      paths.add(path);
      return text;
    },
  };
}

async function read(files: Files, path: string, boundary: string): Promise<NeighbourText> {
  if (!isWithin(boundary, path)) return { state: "unknown", reason: "it lies beyond what is checked" };
  const result = await files.read(path, maxFileBytes);
  if (result.state === "absent") return result;
  if (result.state === "failed") return { state: "unknown", reason: result.reason };
  const real = await files.realPath(path);
  if (real === undefined || !isWithin(boundary, real))
    return { state: "unknown", reason: "the link leads out of what is checked" };
  return { state: "known", value: result.text };
}

/** Where a document stands, and what its configuration says of the files beside it. */
export interface Standing {
  /** Absolute. */
  readonly path: string;
  readonly boundary: string;
  readonly overrides: readonly string[];
}

/**
 * The files that a Compose file names, and those that these name in turn: the model itself says which it looks for.
 * @param before what was collected for an earlier text of the same document: returned again where nothing is missing
 */
export async function collectNeighbours(
  reader: NeighbourReader,
  text: string,
  standing: Standing,
  before?: Neighbours,
): Promise<{ readonly neighbours: Neighbours; readonly document: ComposeDocument }> {
  const look = (neighbours: Neighbours): Look & { readonly document: ComposeDocument } => {
    const document = parseCompose(text, neighbours);
    return { asked: document.project.asked, document };
  };
  const { neighbours, seen } = await collectAsked(reader, look, standing, before);
  return { neighbours, document: seen.document };
}

/** What a Compose file looks for, given the files that are known. */
export interface Look {
  readonly asked: Iterable<string>;
}

/** {@link collectNeighbours} for whoever knows without the model what is looked for. */
export async function collectAsked<T extends Look>(
  reader: NeighbourReader,
  look: (neighbours: Neighbours) => T,
  { path, boundary, overrides }: Standing,
  before?: Neighbours,
): Promise<{ readonly neighbours: Neighbours; readonly seen: T }> {
  const folder = parentOf(path) ?? "/";
  const fresh: Neighbours = { name: nameOf(path), overrides, texts: new Map(), complete: false };
  let neighbours = before === undefined || before.texts.size >= maxNeighbours ? fresh : before;
  for (;;) {
    const seen = look(neighbours);
    const missing = [...seen.asked].filter((asked) => !neighbours.texts.has(asked));
    if (missing.length === 0) return { neighbours, seen };
    const texts = new Map(neighbours.texts);
    let length = lengthOf(texts);
    for (const asked of missing) {
      const found = await textFor(asked, texts.size, length);
      if (found.state === "known") length += found.value.length;
      texts.set(asked, found);
    }
    neighbours = { ...neighbours, texts };
  }

  async function textFor(asked: string, count: number, length: number): Promise<NeighbourText> {
    if (count >= maxNeighbours)
      return { state: "unknown", reason: `more than ${maxNeighbours} other files are named` };
    const found = await reader.textOf(absolute(folder, asked), boundary);
    if (found.state !== "known" || length + found.value.length <= maxNeighbourLength) return found;
    return { state: "unknown", reason: "the files that are read together are too long" };
  }
}

function lengthOf(texts: Neighbours["texts"]): number {
  let length = 0;
  for (const text of texts.values()) if (text.state === "known") length += text.value.length;
  return length;
}

/** The absolute path of a relative one. */
export function absolute(folder: string, path: string): string {
  let at = folder;
  let rest = joinRelative("", path) ?? path;
  while (rest === ".." || rest.startsWith("../")) {
    at = parentOf(at) ?? at;
    rest = rest.slice(3);
  }
  return rest === "" ? at : joinPath(at, rest);
}
