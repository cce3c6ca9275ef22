import type { Fact, GitState } from "../engine/facts";
import { maxGitIndexBytes } from "../limits";
import type { Files } from "../platform/ports";
import { readContained } from "./contained";
import { type GitIndex, parseGitIndex } from "./gitIndex";
import { parseGitignore } from "./gitignore";
import { isWithin, joinPath, parentOf, relativePath } from "./paths";

/** Tells what git does with files, without running it: each file and each index is looked at once. */
export interface Repositories {
  /**
   * @param path absolute; it is never opened
   * @param boundary the folder beyond which nothing is read, absolute and with every link followed
   */
  stateOf(path: string, boundary: string): Promise<Fact<GitState>>;
}

interface Repository {
  readonly top: string;
  readonly index: GitIndex;
}

export function createRepositories(files: Files): Repositories {
  const known = new Map<string, Promise<Fact<Repository>>>();

  const repositoryOf = (folder: string, boundary: string): Promise<Fact<Repository>> => {
    const key = JSON.stringify([folder, boundary]);
    const found = known.get(key) ?? find(folder, boundary);
    known.set(key, found);
    return found;
  };

  const find = async (folder: string, boundary: string): Promise<Fact<Repository>> => {
    const git = joinPath(folder, ".git");
    const real = await files.realPath(git);
    if (real === undefined) {
      const parent = parentOf(folder);
      if (parent !== undefined && isWithin(boundary, parent)) return repositoryOf(parent, boundary);
      return unknown("no git repository is in the folder that is checked");
    }
    if (real !== git) return unknown("its repository lies elsewhere");
    const index = await files.readBytes(joinPath(git, "index"), maxGitIndexBytes);
    if (index.state === "absent") {
      // A work tree of another repository has a file of this name, which says where that is.
      const isFile =
        (await files.read(git, 1)).state === "read" ||
        (await files.realPath(joinPath(git, "HEAD"))) === undefined;
      return isFile
        ? unknown("its repository lies elsewhere")
        : { state: "known", value: { top: folder, index: { names: new Set() } } };
    }
    if (index.state === "failed") return unknown(`git's index was not read: ${index.reason}`);
    const parsed = parseGitIndex(index.bytes);
    if (parsed === undefined) return unknown("git's index has a form that is not known");
    return { state: "known", value: { top: folder, index: parsed } };
  };

  const states = new Map<string, Promise<Fact<GitState>>>();
  const judge = async (path: string, boundary: string): Promise<Fact<GitState>> => {
    const folder = parentOf(path);
    const real = await files.realPath(path);
    if (real === undefined) return { state: "absent" };
    if (folder === undefined || !isWithin(boundary, real)) return unknown("it lies beyond what is checked");
    const repository = await repositoryOf(folder, boundary);
    if (repository.state !== "known") return repository;
    const { top, index } = repository.value;
    const name = relativePath(top, path);
    if (index.names.has(name)) return { state: "known", value: "tracked" };
    if (isLeftOut(index, name)) return unknown("git's index is sparse there");
    const ignored = await isIgnored(files, top, name, boundary);
    return { state: "known", value: ignored ? "ignored" : "untracked" };
  };
  return {
    stateOf: (path, boundary) => {
      const key = JSON.stringify([path, boundary]);
      const state = states.get(key) ?? judge(path, boundary);
      states.set(key, state);
      return state;
    },
  };
}

/** Whether a folder above stands in a sparse index in place of what it holds. */
function isLeftOut({ names }: GitIndex, name: string): boolean {
  for (let slash = name.indexOf("/"); slash >= 0; slash = name.indexOf("/", slash + 1))
    if (names.has(name.slice(0, slash + 1))) return true;
  return false;
}

/** Whether a path or a folder above it is ignored; what the nearest file says of each counts. */
async function isIgnored(files: Files, top: string, name: string, boundary: string): Promise<boolean> {
  const parts = name.split("/");
  const ignores: { readonly folder: string; readonly gitignore: ReturnType<typeof parseGitignore> }[] = [];
  for (let depth = 0; depth < parts.length; depth++) {
    const folder = depth === 0 ? top : joinPath(top, parts.slice(0, depth).join("/"));
    for (const file of depth === 0 ? [".git/info/exclude", ".gitignore"] : [".gitignore"]) {
      const read = await readContained(files, joinPath(folder, file), boundary);
      if (read.state === "read") ignores.unshift({ folder, gitignore: parseGitignore(read.text) });
    }
    const path = joinPath(top, parts.slice(0, depth + 1).join("/"));
    const isFolder = depth + 1 < parts.length;
    for (const { folder: at, gitignore } of ignores) {
      const decided = gitignore.decides(relativePath(at, path), isFolder);
      if (decided === true) return true;
      if (decided === false) break;
    }
  }
  return false;
}

function unknown(reason: string): { readonly state: "unknown"; readonly reason: string } {
  return { state: "unknown", reason };
}
