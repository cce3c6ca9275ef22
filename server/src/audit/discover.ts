import { isCheckedKind, kindOfPath } from "../documents/kind";
import { maxAuditFiles, maxFolderDepth, maxFolderEntries } from "../limits";
import type { DirectoryEntry, Files } from "../platform/ports";
import type { ConfigFiles, Configured } from "./configFiles";
import { readContained } from "./contained";
import { type Gitignore, parseGitignore } from "./gitignore";
import { isWithin, joinPath, parentOf } from "./paths";
import type { AuditedLanguage } from "./result";

/** A file to check. */
export interface FoundFile {
  /** Absolute, as the folders and links spell it. */
  readonly path: string;
  /** Absolute, with every link followed: what is read. */
  readonly realPath: string;
  readonly kind: AuditedLanguage;
  readonly configured: Configured;
}

export interface Discovery {
  readonly files: readonly FoundFile[];
  /** Those that are not taken here. */
  readonly others: readonly FoundFile[];
  /** The real paths of all files that were found, whether or not they are taken here. */
  readonly seen: ReadonlySet<string>;
  /** Files whose names say that they matter, but which are not looked at. */
  readonly skipped: readonly Unseen[];
  /** Folders that were not looked into. */
  readonly notChecked: readonly Unseen[];
  /** `false` where a limit or the caller ended the walk. */
  readonly complete: boolean;
}

/** A path, absolute, and why nothing is said about it. */
export interface Unseen {
  readonly path: string;
  readonly reason: string;
}

export interface DiscoverInput {
  /** Absolute. */
  readonly folder: string;
  /** The folder that no link may lead out of, and up to which configurations count: absolute, links followed. */
  readonly boundary: string;
  readonly files: Files;
  readonly configs: ConfigFiles;
  readonly useGitignore: boolean;
  /** Asked once for each file that is found: those of other shards are known but not taken. */
  owns?(path: string): boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Folders listed at the same time. */
const width = 32;

/** Folders that hold what others wrote or tools made: never looked into, whatever `.gitignore` says. */
const skippedFolders: ReadonlySet<string> = new Set([".git", ".hg", ".svn", "node_modules"]);

/**
 * Finds the files to check below a folder. Links to folders are not followed: what they lead to within the boundary
 * is found in its own place, and what lies beyond is not ours to read.
 */
export async function discover(input: DiscoverInput): Promise<Discovery> {
  const walk: Walk = {
    input,
    files: [],
    others: [],
    skipped: [],
    notChecked: [],
    seen: new Set(),
    links: [],
    entries: 0,
    complete: true,
  };
  const start: Folder = {
    path: input.folder,
    depth: 0,
    ignores: input.useGitignore ? await ignoresAbove(input) : [],
  };
  let level: Folder[] = [start];
  while (level.length > 0 && mayGoOn(walk)) {
    const next: Folder[] = [];
    for (let at = 0; at < level.length && mayGoOn(walk); at += width) {
      const batch = level.slice(at, at + width);
      const listings = await Promise.all(batch.map((folder) => list(walk, folder)));
      for (const [index, entries] of listings.entries())
        next.push(...(await enter(walk, batch[index]!, entries)));
    }
    level = next;
  }
  // After the walk, so that a file is known by its own name rather than by a link's.
  for (const link of walk.links) await followLink(walk, link);
  const { files, others, seen, skipped, notChecked, complete } = walk;
  return { files, others, seen, skipped, notChecked, complete };
}

interface Walk {
  readonly input: DiscoverInput;
  readonly files: FoundFile[];
  readonly others: FoundFile[];
  readonly skipped: Unseen[];
  readonly notChecked: Unseen[];
  /** Real paths, so that a file with several names is checked once. */
  readonly seen: Set<string>;
  readonly links: Link[];
  entries: number;
  complete: boolean;
}

interface Link extends Pick<FoundFile, "path" | "configured"> {
  /** `undefined` for a link whose name says nothing and that leads to a folder. */
  readonly kind: AuditedLanguage | undefined;
}

interface Folder {
  readonly path: string;
  readonly depth: number;
  /** From the outermost to the innermost. */
  readonly ignores: readonly { readonly folder: string; readonly rules: Gitignore }[];
}

function mayGoOn(walk: Walk): boolean {
  const { input, files } = walk;
  const limit =
    files.length >= maxAuditFiles
      ? `more than ${maxAuditFiles} files`
      : walk.entries >= maxFolderEntries
        ? `more than ${maxFolderEntries} entries`
        : undefined;
  if (limit !== undefined && walk.complete) {
    walk.notChecked.push({
      path: input.folder,
      reason: `the folder has ${limit}: the rest was not looked at`,
    });
  }
  if (limit !== undefined || input.signal?.aborted === true) walk.complete = false;
  return walk.complete;
}

async function list(walk: Walk, folder: Folder): Promise<readonly DirectoryEntry[]> {
  try {
    const entries = await walk.input.files.list(folder.path);
    return [...entries].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    walk.notChecked.push({ path: folder.path, reason: `the folder could not be read: ${reason}` });
    return [];
  }
}

/** Takes what matters from a folder's entries. Returns the folders below it to look into. */
async function enter(walk: Walk, folder: Folder, entries: readonly DirectoryEntry[]): Promise<Folder[]> {
  const { input } = walk;
  walk.entries += entries.length;
  const ignores = [...folder.ignores];
  if (input.useGitignore && entries.some((entry) => entry.name === ".gitignore")) {
    ignores.push(...(await ignoresOf(input, folder.path, ".gitignore", folder.path)));
  }
  const inside: Folder = { ...folder, ignores };
  const configured = await input.configs.of(folder.path, input.boundary);
  const below: Folder[] = [];
  for (const entry of entries) {
    const path = joinPath(folder.path, entry.name);
    if (entry.kind === "directory") {
      if (skippedFolders.has(entry.name) || isIgnored(inside, path, true) || configured.isExcluded(path))
        continue;
      if (folder.depth < maxFolderDepth) below.push({ path, depth: folder.depth + 1, ignores });
      else walk.notChecked.push({ path, reason: `the folder is more than ${maxFolderDepth} levels deep` });
    } else {
      take(walk, inside, configured, entry, path);
    }
  }
  return below;
}

function take(walk: Walk, folder: Folder, configured: Configured, entry: DirectoryEntry, path: string): void {
  const byName = configured.kindOf(path) ?? kindOfPath(path);
  const kind = isCheckedKind(byName) || byName === "configuration" ? byName : undefined;
  if (kind === undefined && entry.target !== "directory") return;
  if (isIgnored(folder, path, false) || configured.isExcluded(path)) return;
  if (entry.kind === "link") walk.links.push({ path, kind, configured });
  else if (entry.kind !== "file") walk.skipped.push({ path, reason: "it is not a regular file" });
  else if (kind !== undefined) addFile(walk, { path, realPath: path, kind, configured });
}

function addFile(walk: Walk, file: FoundFile): void {
  if (walk.seen.has(file.realPath)) return;
  walk.seen.add(file.realPath);
  (walk.input.owns?.(file.path) === false ? walk.others : walk.files).push(file);
}

async function followLink(walk: Walk, { path, kind, configured }: Link): Promise<void> {
  const { files, boundary } = walk.input;
  const realPath = await files.realPath(path);
  if (realPath === undefined) {
    if (kind !== undefined) walk.skipped.push({ path, reason: "the link leads nowhere" });
  } else if (!isWithin(boundary, realPath)) {
    if (kind === undefined)
      walk.notChecked.push({ path, reason: "the link leads to a folder outside the audited one" });
    else walk.skipped.push({ path, reason: "the link leads out of the audited folder" });
  } else if (kind !== undefined) addFile(walk, { path, realPath, kind, configured });
}

function isIgnored(folder: Folder, path: string, isFolder: boolean): boolean {
  for (let at = folder.ignores.length - 1; at >= 0; at--) {
    const { folder: base, rules } = folder.ignores[at]!;
    const decision = rules.decides(path.slice(base.length + (base.endsWith("/") ? 0 : 1)), isFolder);
    if (decision !== undefined) return decision;
  }
  return false;
}

/** What `.gitignore` files above the folder say, and `.git/info/exclude` of the repository it is in. */
async function ignoresAbove(input: DiscoverInput): Promise<Folder["ignores"]> {
  const above: string[] = [];
  for (
    let at: string | undefined = input.folder;
    at !== undefined && isWithin(input.boundary, at);
    at = parentOf(at)
  ) {
    above.unshift(at);
  }
  const found: Folder["ignores"][number][] = [];
  for (const folder of above) {
    found.push(...(await ignoresOf(input, folder, ".git/info/exclude", folder)));
    if (folder !== input.folder) found.push(...(await ignoresOf(input, folder, ".gitignore", folder)));
  }
  return found;
}

async function ignoresOf(
  input: DiscoverInput,
  folder: string,
  name: string,
  base: string,
): Promise<Folder["ignores"]> {
  const read = await readContained(input.files, joinPath(folder, name), input.boundary);
  return read.state === "read" ? [{ folder: base, rules: parseGitignore(read.text) }] : [];
}
