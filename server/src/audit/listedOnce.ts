import { maxRememberedEntries } from "../limits";
import type { DirectoryEntry, Files } from "../platform/ports";

/**
 * Files whose folders are listed once: the search for files comes by nearly every folder that is looked at again as a
 * part of build contexts. For one run, since it does not see what changes meanwhile.
 */
export function listedOnce(files: Files): Files {
  const known = new Map<string, readonly DirectoryEntry[]>();
  let left = maxRememberedEntries;
  return {
    ...files,
    async list(path) {
      const before = known.get(path);
      if (before !== undefined) return before;
      const entries = await files.list(path);
      if (entries.length < left) {
        left -= entries.length + 1;
        known.set(path, entries);
      }
      return entries;
    },
  };
}
