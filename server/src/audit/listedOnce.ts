import { maxRememberedEntries } from "../limits";
import type { DirectoryEntry, Files } from "../platform/ports";
import { nameOf, parentOf } from "./paths";

interface Listing {
  readonly entries: readonly DirectoryEntry[];
  /** In lower case, each between slashes: as one text they take a fraction of what a set of them would. */
  readonly names: string;
}

/**
 * Files whose folders are listed once: the search for files comes by nearly every folder that is looked at again as a
 * part of build contexts. What a listing does not name is not asked of the disk either: for each checked file a dozen
 * others are looked for beside it and above it, of which hardly one is there. For one run, since it does not see what
 * changes meanwhile: whoever makes these files before an audit shares them with it.
 */
export function listedOnce(files: Files): Files {
  if (made.has(files)) return files;
  const known = new Map<string, Listing>();
  let left = maxRememberedEntries;
  const isAbsent = (path: string): boolean => {
    const listing = known.get(parentOf(path) ?? "");
    // A disk may not tell cases apart, or write a letter with an accent in another way.
    return (
      listing !== undefined &&
      isAscii.test(path) &&
      !listing.names.includes(`/${nameOf(path).toLowerCase()}/`)
    );
  };
  const listed: Files = {
    ...files,
    async list(path) {
      const before = known.get(path);
      if (before !== undefined) return before.entries;
      const entries = await files.list(path);
      if (entries.length < left) {
        left -= entries.length + 1;
        known.set(path, { entries, names: `/${entries.map(({ name }) => name).join("/")}/`.toLowerCase() });
      }
      return entries;
    },
    read: async (path, maxBytes) => (isAbsent(path) ? { state: "absent" } : files.read(path, maxBytes)),
    realPath: async (path) => (isAbsent(path) ? undefined : files.realPath(path)),
  };
  made.add(listed);
  return listed;
}

const made = new WeakSet<Files>();

const isAscii = /^[\x20-\x7e]*$/;
