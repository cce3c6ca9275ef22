import type { ContextNames, Fact, IgnoreFile } from "../engine/facts";
import { secretFileSeverity } from "../knowledge/secretFileNames";
import { maxContextDepth, maxContextEntries, maxContextNames } from "../limits";
import type { DirectoryEntry, Files } from "../platform/ports";
import { isWithin, joinPath, nameOf, parentOf, relativePath } from "./paths";

/** Lists build contexts, each folder once: a new one is needed to see what has changed since. */
export interface Contexts {
  /**
   * The sensitive names below a folder, relative to it.
   * @param folder absolute
   * @param boundary the folder beyond which nothing is looked at, absolute and with every link followed
   */
  namesIn(folder: string, boundary: string): Promise<Fact<ContextNames>>;
}

/** For files that have no build context: lists nothing. */
export const noContexts: Contexts = {
  namesIn: async () => unknown("only a Dockerfile has a build context"),
};

/** Whether a file or folder may be one of those that are looked for, by its path or URI. */
export function isContextName(path: string): boolean {
  if (/\/(?:node_modules|\.git|\.venv)\//.test(path)) return false;
  return nameOf(path) === ".git" || secretFileSeverity(path) !== undefined;
}

export function createContexts(files: Files): Contexts {
  const known = new Map<string, Promise<Fact<ContextNames>>>();
  return {
    namesIn(folder, boundary) {
      const key = JSON.stringify([folder, boundary]);
      const names = known.get(key) ?? listNames(files, folder, boundary);
      known.set(key, names);
      return names;
    },
  };
}

/**
 * The sensitive names in the build context of a Dockerfile.
 *
 * No Dockerfile says which folder its context is. What lies beside or below it is in the context in any case, since a
 * context holds its Dockerfile as a rule. What lies beside an ignore file further up counts too where the folders in
 * between are named for builds (`docker/`), and so are no contexts of their own.
 *
 * @param path of the Dockerfile, absolute
 * @param dockerignore the ignore file that applies to it
 */
export async function findContextNames(
  contexts: Contexts,
  path: string,
  boundary: string,
  dockerignore: Fact<IgnoreFile>,
): Promise<Fact<ContextNames>> {
  const folder = parentOf(path);
  if (dockerignore.state === "unknown") return dockerignore;
  if (folder === undefined) return unknown("the folder of the document is not known");
  if (dockerignore.state === "absent" || dockerignore.value.path === ".dockerignore")
    return contexts.namesIn(folder, boundary);
  if (dockerignore.value.path === `${nameOf(path)}.dockerignore` && folder === boundary)
    return contexts.namesIn(folder, boundary);
  const top = folderOfIgnoreFile(folder, dockerignore.value.path);
  if (top === undefined) return unknown("which folder is the build context cannot be told");
  const between = relativePath(top, folder);
  if (between.split("/").every((name) => buildFolder.test(name))) return contexts.namesIn(top, boundary);
  const names = await contexts.namesIn(folder, boundary);
  if (names.state !== "known") return names;
  const { paths, complete } = names.value;
  return { state: "known", value: { paths: paths.map((one) => joinPath(between, one)), complete } };
}

/** Folders for what is needed to build and to run, and for kinds of it. */
const buildFolder =
  /^\.?(?:docker|dockerfiles?|containers?|containerfiles?|build|ci|deploy|deployments?|infra|infrastructure|ops|devops|packaging|prod|production|staging|dev|development|local)$/i;

/** Folders that hold what others wrote or tools made. */
const foreignFolders: ReadonlySet<string> = new Set(
  (
    ".git .hg .svn node_modules bower_components vendor third_party Pods .venv venv site-packages .tox __pycache__ " +
    ".terraform .yarn .pnpm-store .gradle .cache"
  ).split(" "),
);

/** @param ignoreFile relative to the folder; `undefined` where it does not lie above it */
function folderOfIgnoreFile(folder: string, ignoreFile: string): string | undefined {
  const parts = ignoreFile.split("/");
  if (parts.pop() !== ".dockerignore" || parts.some((part) => part !== "..")) return undefined;
  return parts.reduce<string | undefined>((at) => (at === undefined ? at : parentOf(at)), folder);
}

interface Folder {
  readonly path: string;
  /** Relative to the context, with a slash at the end; empty for the context itself. */
  readonly prefix: string;
}

/** Goes down level by level, so that what a limit leaves out is what lies deepest. Links are not followed. */
async function listNames(files: Files, folder: string, boundary: string): Promise<Fact<ContextNames>> {
  const real = await files.realPath(folder);
  if (real === undefined || !isWithin(boundary, real))
    return unknown("its folder lies beyond what is checked");
  const found: { paths: string[]; complete: boolean } = { paths: [], complete: true };
  let left = maxContextEntries;
  let level: Folder[] = [{ path: folder, prefix: "" }];
  for (let depth = 1; depth <= maxContextDepth; depth++) {
    const next: Folder[] = [];
    for (const at of level) {
      let entries: readonly DirectoryEntry[];
      try {
        entries = left > 0 ? await files.list(at.path) : [];
      } catch (error) {
        if (depth === 1) return unknown(error instanceof Error ? error.message : String(error));
        found.complete = false;
        continue;
      }
      if (entries.length >= left) found.complete = false;
      const seen = entries.slice(0, left);
      left -= seen.length;
      next.push(...look(at, seen, found.paths));
    }
    level = next;
  }
  if (level.length > 0 || found.paths.length > maxContextNames) found.complete = false;
  const paths = found.paths.sort().slice(0, maxContextNames);
  return { state: "known", value: { paths, complete: found.complete } };
}

/** Takes the sensitive names among the entries of a folder. Returns the folders in it to look into. */
function look(at: Folder, entries: readonly DirectoryEntry[], paths: string[]): readonly Folder[] {
  // What a virtual environment of Python holds was installed, whatever its folder is called.
  if (at.prefix !== "" && entries.some(({ name }) => name === "pyvenv.cfg")) return [];
  const below: Folder[] = [];
  for (const { name, kind } of entries) {
    const path = at.prefix + name;
    if (kind === "directory" ? name === ".git" : kind === "file" && secretFileSeverity(path) !== undefined)
      paths.push(path);
    if (kind !== "directory") continue;
    if (!foreignFolders.has(name)) below.push({ path: joinPath(at.path, name), prefix: `${path}/` });
  }
  return below;
}

function unknown(reason: string): { readonly state: "unknown"; readonly reason: string } {
  return { state: "unknown", reason };
}
