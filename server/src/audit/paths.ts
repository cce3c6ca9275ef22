/**
 * Paths as the audit knows them: absolute, with `/`, without a slash at the end but for the root itself; or URIs in
 * the browser, which look alike in what matters here.
 */

/** A path below a folder. */
export function joinPath(folder: string, name: string): string {
  return folder.endsWith("/") ? folder + name : `${folder}/${name}`;
}

/** The folder that holds a path, or `undefined` for a root. */
export function parentOf(path: string): string | undefined {
  const slash = path.lastIndexOf("/");
  if (slash < 0 || path === "/" || /^[A-Za-z]:\/?$/.test(path) || path.endsWith("://")) return undefined;
  if (slash === 0) return "/";
  const parent = path.slice(0, slash);
  return /^[A-Za-z]:$/.test(parent) ? `${parent}/` : parent;
}

/** What follows the last `/`. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Whether a path is a folder or lies below it. */
export function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}

/** The path from a folder to a path, with `..` where it leaves the folder; the path itself where nothing is shared. */
export function relativePath(folder: string, path: string): string {
  if (path === folder) return ".";
  if (isWithin(folder, path)) return path.slice(folder.endsWith("/") ? folder.length : folder.length + 1);
  const from = folder.split("/");
  const to = path.split("/");
  let shared = 0;
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) shared++;
  // One shared part is the empty name before the first slash, or a drive: then the whole path reads better.
  if (shared <= 1 && folder !== "/") return path;
  return [...from.slice(shared).map(() => ".."), ...to.slice(shared)].join("/");
}

/**
 * A path with `.`, `..` and `/` from a folder on.
 * @returns `undefined` where it leads beyond the root
 */
export function resolvePath(folder: string, relative: string): string | undefined {
  let at: string | undefined = folder;
  for (const part of relative.split("/")) {
    if (part === "" || part === ".") continue;
    at = part === ".." ? parentOf(at) : joinPath(at, part);
    if (at === undefined) return undefined;
  }
  return at;
}

/** Orders what has a path by it: by UTF-16 code units, so that every machine comes to the same. */
export function comparePaths(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
