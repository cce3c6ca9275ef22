import type { DirectoryEntry, Files, ReadResult } from "./ports";

/** Files among which one path has a text that the disk does not have. */
export function withText<F extends Files>(files: F, path: string, text: ReadResult): F {
  const slash = path.lastIndexOf("/");
  const [folder, name] = [path.slice(0, slash) || "/", path.slice(slash + 1)];
  return {
    ...files,
    // Its own path, whether or not a file of that name exists: what was given is not what the disk has.
    realPath: (other) => (other === path ? Promise.resolve(path) : files.realPath(other)),
    read: (other, maxBytes) => (other === path ? Promise.resolve(text) : files.read(other, maxBytes)),
    list: async (other): Promise<readonly DirectoryEntry[]> => {
      const entries = await files.list(other);
      if (other !== folder || text.state === "absent" || entries.some((entry) => entry.name === name))
        return entries;
      return [...entries, { name, kind: "file" }];
    },
  };
}
