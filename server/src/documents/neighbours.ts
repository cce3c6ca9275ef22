import { maxPathParts } from "../limits";

/** What is known of another file: its text, that there is none, or why it could not be read. */
export type NeighbourText =
  | { readonly state: "known"; readonly value: string }
  | { readonly state: "absent" }
  | { readonly state: "unknown"; readonly reason: string };

/**
 * Other files that a document names or that belong to it. Paths are relative to the document's folder, with `/` and
 * without needless parts: `compose.override.yaml`, `../base.yaml`.
 */
export interface Neighbours {
  /** The document's own file name; `undefined` where it is no file, so that nothing lies beside it. */
  readonly name: string | undefined;
  /** Names of Compose files that the configuration says are merged over the base beside them. */
  readonly overrides: readonly string[];
  readonly texts: ReadonlyMap<string, NeighbourText>;
  /** Whether no other file exists than those in `texts`; else nothing is known of others. */
  readonly complete: boolean;
}

/** What is known of the file at a path; `undefined` where it has not been looked for. */
export function textAt({ texts, complete }: Neighbours, path: string): NeighbourText | undefined {
  return texts.get(path) ?? (complete ? { state: "absent" } : undefined);
}

/** For a text without a file. */
export const noNeighbours: Neighbours = { name: undefined, overrides: [], texts: new Map(), complete: false };

/**
 * The path of a file as a document in `folder` names it.
 * @param folder relative to the document's folder; empty for that folder itself
 * @returns undefined for an absolute path, a home directory, an address, or one with a character that no such path has
 */
export function joinRelative(folder: string, path: string): string | undefined {
  if (path === "" || /^[/~\\]|^[A-Za-z][A-Za-z0-9+.-]{0,30}:|[\0\uFFFF]|^git@/.test(path)) return undefined;
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts[parts.length - 1] !== "..") parts.pop();
    else parts.push(part);
  }
  return parts.length > maxPathParts ? undefined : parts.join("/");
}

/** The folder that holds a relative path; empty for the document's own. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}
